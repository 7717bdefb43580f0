import { Component, onMounted, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { LIVE, REST, rested, TICK } from "../live_list/live_list";
import { BoardClock } from "./board_clock";
import { BoardOperators } from "./board_operators";
import { share, tiles } from "./board_words";

const CHOSEN = "gov_hotline.board.line";

/** «Табло смены»: what goes on at the lines now. It reads itself anew when the server says so. */
export class Board extends Component {
    static template = "gov_hotline_telephony.Board";
    static components = { BoardClock, BoardOperators, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ board: null, shift: 0, line: this.remembered, lostAt: "" });
        const reading = rested(() => this.read(), REST);
        const bus = useService("bus_service");
        let clock;
        onWillStart(() => this.read());
        onMounted(() => {
            bus.addChannel(LIVE);
            bus.subscribe(LIVE, reading.ask);
            // What becomes late does so without a message.
            clock = browser.setInterval(reading.ask, TICK);
        });
        onWillUnmount(() => {
            bus.unsubscribe(LIVE, reading.ask);
            browser.clearInterval(clock);
            reading.stop();
        });
        useBus(bus, "BUS:RECONNECT", reading.ask);
    }

    get remembered() {
        const kept = browser.localStorage.getItem(CHOSEN);
        return kept === null ? null : Number(kept);
    }

    /** What was read last stays on the screen while the server is away, and says since when. */
    async read() {
        try {
            const board = await this.orm.silent.call("hotline.board", "look", []);
            const now = deserializeDateTime(board.now);
            Object.assign(this.state, { board, shift: now.toMillis() - Date.now(), lostAt: "" });
        } catch (error) {
            if (!this.state.board) {
                throw error;
            }
            this.state.lostAt ||= deserializeDateTime(this.state.board.now).toFormat("HH:mm:ss");
        }
    }

    get board() {
        return this.state.board;
    }

    get dayWords() {
        return _t("Calls of today, %s", formatDate(deserializeDate(this.board.day)));
    }

    get lostWords() {
        return _t("The server does not answer. The figures are those of %s.", this.state.lostAt);
    }

    /** The chosen line; none for all, also when the remembered one is gone. */
    get line() {
        return this.board.lines.find(({ id }) => id === this.state.line) || null;
    }

    get row() {
        return this.line || this.board.total;
    }

    /** All lines have one aim in words only where they share it. */
    get aims() {
        const [first, ...others] = (this.line ? [this.line] : this.board.lines).map(
            ({ aims }) => aims
        );
        const alike = ({ seconds, level, lost }) =>
            seconds === first.seconds && level === first.level && lost === first.lost;
        return first && others.every(alike) ? first : null;
    }

    get tiles() {
        return tiles(this.row, this.aims);
    }

    get operators() {
        const { line } = this;
        const serves = ({ lines }) => !line || !lines || lines.includes(line.id);
        return this.board.operators.filter(serves);
    }

    share(value) {
        return share(value);
    }

    lateWords({ callbacks_late: late }) {
        return _t("(late: %s)", late);
    }

    freeWords({ operators }) {
        const all = Object.values(operators).reduce((sum, count) => sum + count, 0);
        return all ? _t("%(free)s of %(all)s", { free: operators.ready, all }) : "—";
    }

    choose(line) {
        this.state.line = line;
        if (line === null) {
            browser.localStorage.removeItem(CHOSEN);
        } else {
            browser.localStorage.setItem(CHOSEN, line);
        }
    }

    async open(what, line = this.line ? this.line.id : null) {
        const opened = await this.orm.call("hotline.board", "open", [what, line]);
        return this.action.doAction(opened);
    }

    openOperator({ call_id, user_id, name }) {
        if (call_id) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "hotline.call",
                res_id: call_id,
                views: [[false, "form"]],
            });
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "hotline.operator.state",
            views: [[false, "list"]],
            domain: [["user_id", "=", user_id]],
        });
    }

    async act(method, operator) {
        const told = await this.orm.call("hotline.operator.state", method, [[operator.id]]);
        return told && this.action.doAction(told);
    }
}

registry.category("actions").add("gov_hotline.board", Board);
