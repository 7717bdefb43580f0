import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { CALL_LINKED } from "@gov_hotline/workplace/workplace_registries";

const DELAY = 200;
const WORKPLACE = "hotline.workplace";

/** «К обращению»: the appeal a call is about: the caller's own at once, others as one types. */
export class LinkDialog extends Component {
    static template = "gov_hotline_telephony.LinkDialog";
    static components = { Dialog };
    static props = {
        callId: Number,
        who: { type: String, optional: true },
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ text: "", found: "", rows: [], active: 0, problem: "" });
        this.lookSoon = useDebounced(() => this.look(), DELAY);
        const input = useRef("text");
        useEffect(
            () => input.el.focus(),
            () => []
        );
        onWillStart(() => this.look());
    }

    get title() {
        const { who } = this.props;
        return who
            ? _t("Which appeal is the call about: %(who)s", { who })
            : _t("Which appeal is the call about");
    }

    get nothing() {
        return this.state.found
            ? _t("No appeal is found by this.")
            : _t("The caller has no appeals yet: type a number or whose it is.");
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.lookSoon();
    }

    /** An answer that comes late is dropped. */
    async look() {
        const text = this.state.text.trim();
        const args = [this.props.callId, text];
        const rows = await this.orm.silent.call(WORKPLACE, "cases_to_link", args);
        if (text === this.state.text.trim()) {
            Object.assign(this.state, { rows, found: text, active: 0 });
        }
    }

    async onKeydown(ev) {
        const { rows, active } = this.state;
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step && rows.length) {
            ev.preventDefault();
            this.state.active = (active + step + rows.length) % rows.length;
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            await this.onEnter();
        }
    }

    /** What is marked is taken; words not answered yet are looked for first, nothing is guessed. */
    async onEnter() {
        const { rows, active, text, found } = this.state;
        if (text.trim() !== found) {
            await this.look();
        } else if (rows[active]) {
            await this.take(rows[active]);
        }
    }

    /** What the server refuses is said here: another one may be chosen. */
    async take(row) {
        const { callId, close } = this.props;
        try {
            const linked = await this.orm.call(WORKPLACE, "link_case", [callId, row.id]);
            this.env.bus.trigger(CALL_LINKED, { callId, linked });
            close();
        } catch (error) {
            if (!(error instanceof RPCError) || !error.data) {
                throw error;
            }
            this.state.problem = error.data.message;
        }
    }
}
