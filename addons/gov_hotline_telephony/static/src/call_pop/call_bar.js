import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const EDITABLE = "input, textarea, select, [contenteditable='true']";
const NOBODYS_NUMBERS = {
    hidden: _t("Hidden number"),
    internal: _t("Internal number"),
    shared: _t("Shared number"),
    service: _t("Service number"),
    vip: _t("VIP number"),
    emergency: _t("Emergency service"),
};

/** One ringing call. Several people on the number: nobody is chosen for the operator. */
export class RingingCall extends Component {
    static template = "gov_hotline_telephony.RingingCall";
    static props = { call: Object };

    setup() {
        this.pop = useService("gov_hotline.call_pop");
        this.open = useRef("open");
        // Enter opens the call, but never out of a field the operator is typing in.
        useEffect(
            (button) => {
                if (button && !document.activeElement?.matches(EDITABLE)) {
                    button.focus();
                }
            },
            () => [this.open.el]
        );
    }

    get people() {
        return this.props.call.people;
    }

    get only() {
        return this.people.length === 1 ? this.people[0] : false;
    }

    get kindLabel() {
        return NOBODYS_NUMBERS[this.props.call.kind] || "";
    }

    /** Who is calling, as far as the number tells. */
    get who() {
        const { phone } = this.props.call;
        if (this.only) {
            return this.only.name;
        }
        return [phone, this.kindLabel].filter(Boolean).join(" · ") || _t("Unknown number");
    }

    openCases(person) {
        return person.open ? _t("open cases: %s", person.open) : _t("no open cases");
    }

    answer(person) {
        return this.pop.answer(this.props.call.call_id, person ? person.id : false);
    }

    dismiss() {
        this.pop.dismiss(this.props.call.call_id);
    }
}

/** The bar over whatever is open. */
export class CallBar extends Component {
    static template = "gov_hotline_telephony.CallBar";
    static components = { RingingCall };
    static props = {};

    setup() {
        this.state = useState(useService("gov_hotline.call_pop").state);
    }
}

registry.category("main_components").add("gov_hotline.CallBar", { Component: CallBar });
