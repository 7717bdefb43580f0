import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { BoardClock } from "./board_clock";

// Who is needed first: whoever may be helped or asked, then who is free.
export const ORDER = ["ringing", "talking", "wrap_up", "paused", "ready"];

/** Who is on the line, by state: for how long, on which call; listening in where it is allowed. */
export class BoardOperators extends Component {
    static template = "gov_hotline_telephony.BoardOperators";
    static components = { BoardClock };
    static props = {
        operators: Array,
        words: Object,
        shift: Number,
        supervises: Boolean,
        open: Function,
        act: Function,
    };

    get groups() {
        return ORDER.map((state) => ({
            state,
            words: this.props.words[state],
            operators: this.props.operators.filter((one) => one.state === state),
        })).filter(({ operators }) => operators.length);
    }

    /** Nobody listens in on a telephone that only rings, and on the own talk. */
    mayJoin(operator) {
        return this.props.supervises && operator.state === "talking" && operator.call_id;
    }

    note({ reason, call, line }) {
        const named = call ? _t("call %s", call) : "";
        return [reason, named, line].filter(Boolean).join(" · ");
    }

    opens({ name, call }) {
        return call
            ? _t("%(name)s: open the call %(call)s", { name, call })
            : _t("%(name)s: states of today", { name });
    }
}
