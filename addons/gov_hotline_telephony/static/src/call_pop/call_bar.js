import { Component, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { LinkDialog } from "../phone/link_dialog";
import { popItems } from "../phone/phone_registries";

const EDITABLE = "input, textarea, select, [contenteditable='true']";
const SHOWN = 3;
const DIGITS = 9;
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
    static props = { call: Object, isFirst: Boolean };

    setup() {
        this.pop = useService("gov_hotline.call_pop");
        this.dialog = useService("dialog");
        this.open = useRef("open");
        // Enter opens the call, but never out of a field the operator is typing in.
        useEffect(
            (button, isFirst) => {
                if (button && isFirst && !document.activeElement?.matches(EDITABLE)) {
                    button.focus();
                }
            },
            () => [this.open.el, this.props.isFirst]
        );
        this.useKeys();
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
    }

    /** Who stands in an empty field, as the workplace waits, types nothing yet: Enter opens too. */
    onKeydown(ev) {
        const isIdle = ev.target.matches?.("input") && !ev.target.value;
        if (ev.key === "Enter" && isIdle && this.props.isFirst && !this.isChoice) {
            ev.preventDefault();
            ev.stopPropagation();
            this.answer(this.only);
        }
    }

    /** With Ctrl+Alt out of a field too; a plain digit of the list only where nobody types. */
    useKeys() {
        const everywhere = { global: true, bypassEditableProtection: true };
        const key = (hotkey, act, can, options) =>
            useHotkey(hotkey, act, {
                ...options,
                isAvailable: () => this.props.isFirst && can(),
            });
        key(
            "alt+control+o",
            () => this.answer(this.only),
            () => !this.isChoice,
            everywhere
        );
        key(
            "alt+control+n",
            () => this.answer(),
            () => this.people.length > 0,
            everywhere
        );
        key(
            "alt+control+f",
            () => this.link(),
            () => !this.isChoice,
            everywhere
        );
        for (let digit = 1; digit <= DIGITS; digit++) {
            key(
                `${digit}`,
                () => this.answer(this.people[digit - 1]),
                () => this.isChoice && digit <= this.people.length,
                { global: true }
            );
        }
    }

    get items() {
        return popItems.getAll();
    }

    get people() {
        return this.props.call.people;
    }

    get isChoice() {
        return this.people.length > 1;
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

    /** What the caller may ask about: [{label, text}], nothing that is empty. */
    get facts() {
        const { cases = [], accounts = [], objects = [], open, address } = this.only || {};
        const named = cases.map(({ number, state }) => `${number} ${state.toLowerCase()}`);
        const more = open > cases.length ? [_t("%s more", open - cases.length)] : [];
        return [
            { label: _t("Appeals"), text: [...named, ...more].join(", ") },
            { label: _t("Acc."), text: accounts.join(", ") },
            { label: _t("Objects"), text: objects.filter((one) => one !== address).join("; ") },
        ].filter(({ text }) => text);
    }

    answer(person) {
        return this.pop.answer(this.props.call.call_id, person ? person.id : false);
    }

    /** Open the call and choose the appeal it is about: one key for who asks «how is it going?». */
    async link() {
        const { call_id: callId } = this.props.call;
        const { dialog } = this; // the pop goes with the answer
        const who = this.only ? this.only.name : "";
        await this.answer(this.only);
        dialog.add(LinkDialog, { callId, who });
    }

    dismiss() {
        this.pop.putAway(this.props.call.call_id);
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

    /** The longest ringing ones: many at once must not cover the screen. */
    get shown() {
        return this.state.ringing.slice(0, SHOWN);
    }

    get moreText() {
        const more = this.state.ringing.length - SHOWN;
        return more > 0 ? _t("More calls ring: %s", more) : "";
    }
}

registry.category("main_components").add("gov_hotline.CallBar", { Component: CallBar });
