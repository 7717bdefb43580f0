import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const MODEL = "hotline.account";

/**
 * Readings of the meters of one account, by keyboard: a number, Enter goes to the next meter, Enter
 * on the last one hands in. What is asked again stays with its question.
 */
export class ReadingsDialog extends Component {
    static template = "gov_hotline.ReadingsDialog";
    static components = { Dialog };
    static props = {
        accountId: Number,
        callId: { type: [Number, Boolean], optional: true },
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.rows = useRef("rows");
        this.state = useState({ account: {}, lines: [], busy: false });
        onWillStart(() => this.load());
        onMounted(() => this.focus(0));
    }

    async load() {
        const account = await this.orm.call(MODEL, "get_readings_form", [[this.props.accountId]]);
        this.state.account = account;
        this.state.on = account.today;
        this.state.lines = account.meters.map((meter) => ({
            meter,
            value: "",
            reason: "",
            corrects: false,
            result: false,
        }));
    }

    get filled() {
        return this.state.lines.filter((line) => line.value.trim() && !this.isTaken(line));
    }

    get taken() {
        return this.state.lines.filter((line) => this.isTaken(line)).length;
    }

    isTaken(line) {
        return Boolean(line.result && line.result.accepted);
    }

    focus(index) {
        const inputs = this.rows.el ? [...this.rows.el.querySelectorAll("input[data-value]")] : [];
        const next = inputs.slice(index).find((input) => !input.disabled);
        if (next) {
            next.focus();
        }
        return Boolean(next);
    }

    onInput(line, value) {
        Object.assign(line, { value, result: false, reason: "" });
    }

    async onKeydown(ev, index) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            if (!this.focus(index + 1)) {
                await this.submit();
            }
        }
    }

    async submit() {
        const lines = this.filled;
        if (this.state.busy || !lines.length) {
            return;
        }
        this.state.busy = true;
        try {
            const results = await this.orm.call(MODEL, "submit_readings", [
                [this.props.accountId],
                lines.map((line) => ({
                    meter: line.meter.id,
                    value: line.value,
                    on: this.state.on,
                    reason: line.reason,
                    corrects: line.corrects && line.meter.last_id,
                })),
                this.props.callId || false,
            ]);
            lines.forEach((line, index) => (line.result = results[index]));
        } finally {
            this.state.busy = false;
        }
        if (lines.every((line) => this.isTaken(line))) {
            this.confirm();
            this.props.close();
        }
    }

    /** What was taken, to be read to the caller: it stays till it is closed. */
    confirm() {
        const taken = this.state.lines.filter((line) => this.isTaken(line));
        this.notification.add(taken.map((line) => line.result.receipt).join("\n"), {
            title: _t("Readings are taken"),
            type: "success",
            autocloseDelay: 20000, // as long as it takes to read it out
            className: "o_hotline_receipt",
        });
    }

    rowClass(line) {
        if (!line.result) {
            return "";
        }
        return line.result.accepted ? "text-success" : "text-danger";
    }
}

/** From the card of the account. */
function showReadings(env, action) {
    return new Promise((resolve) => {
        env.services.dialog.add(
            ReadingsDialog,
            { accountId: action.params.account_id },
            { onClose: () => resolve({ type: "ir.actions.client", tag: "soft_reload" }) }
        );
    });
}

registry.category("actions").add("gov_hotline.readings", showReadings);
