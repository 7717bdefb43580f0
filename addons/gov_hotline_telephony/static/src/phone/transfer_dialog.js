import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const DELAY = 200;

/**
 * «Перевести»: to whom, why (practice 23), at once or after a word with them. `target` and `cause`:
 * what is known already, so that a transfer to the agency on the screen is two clicks.
 */
export class TransferDialog extends Component {
    static template = "gov_hotline_telephony.TransferDialog";
    static components = { Dialog };
    static props = {
        phone: Object,
        target: { type: Object, optional: true },
        cause: { type: String, optional: true },
        close: Function,
    };

    setup() {
        this.phone = useState(this.props.phone);
        this.orm = useService("orm");
        const { target = false, cause = "" } = this.props;
        this.state = useState({ text: "", rows: [], active: 0, causes: [], note: "" });
        Object.assign(this.state, { target, cause, tried: false });
        this.lookSoon = useDebounced(() => this.look(), DELAY);
        const root = useRef("root");
        useEffect(
            (target) => root.el.querySelector(`[name=${target ? "cause" : "target"}]`)?.focus(),
            () => [Boolean(this.state.target)]
        );
        // The call may end while one chooses: there is nothing to transfer then.
        useEffect(
            (call) => {
                if (!call) {
                    this.props.close();
                }
            },
            () => [this.phone.call]
        );
        onWillStart(() => Promise.all([this.look(), this.loadCauses()]));
    }

    get title() {
        const { who, phone } = this.phone.call || {};
        return _t("Transfer the call: %(who)s", { who: who || phone || "" });
    }

    async loadCauses() {
        const args = [["redirect_cause"], ["selection"]];
        const { redirect_cause: field } = await this.orm.call("hotline.call", "fields_get", args);
        this.state.causes = field.selection;
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.lookSoon();
    }

    /** An answer that comes late is dropped. */
    async look() {
        const text = this.state.text.trim();
        const rows = await this.phone.targets(text);
        if (text === this.state.text.trim()) {
            Object.assign(this.state, { rows, active: 0 });
        }
    }

    /** Of people; the hours of an agency are in its note. */
    freeText({ key, free, off }) {
        if (off) {
            return _t("off the line");
        }
        if (typeof free !== "boolean" || key.startsWith("agency:")) {
            return "";
        }
        return free ? _t("free") : _t("busy");
    }

    onKeydown(ev) {
        const { rows, active } = this.state;
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        if (step && rows.length) {
            ev.preventDefault();
            this.state.active = (active + step + rows.length) % rows.length;
        } else if (ev.key === "Enter" && rows[active]) {
            ev.preventDefault();
            this.take(rows[active]);
        }
    }

    take(target) {
        this.state.target = target;
    }

    /** Why it cannot be transferred yet. */
    get problem() {
        if (!this.state.target) {
            return _t("Choose to whom.");
        }
        return this.state.cause ? "" : _t("Choose why: without a cause no call is transferred.");
    }

    async transfer(how) {
        this.state.tried = true;
        if (this.problem) {
            return;
        }
        const { target, cause, note } = this.state;
        if (await this.phone.transfer(target.key, how, cause, note.trim())) {
            this.props.close();
        }
    }
}
