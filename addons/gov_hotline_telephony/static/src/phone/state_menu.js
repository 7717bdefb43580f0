import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { workplaceHead } from "@gov_hotline/workplace/workplace_registries";
import { PhoneClock } from "./phone_clock";
import { extensionWords, STATE_CLASSES, stateWords } from "./phone_words";

/** «Ждут: 3 · дольше всех 02:10» */
export class QueueFact extends Component {
    static template = "gov_hotline_telephony.QueueFact";
    static components = { PhoneClock };
    static props = { "*": true };

    setup() {
        this.phone = useState(useService("gov_hotline.phone"));
    }
}

/** «На линии ▾»: the operator's own state; where one has no telephone there is nothing. */
export class StateMenu extends Component {
    static template = "gov_hotline_telephony.StateMenu";
    static components = { Dropdown, DropdownItem, PhoneClock, QueueFact };
    static props = {};

    setup() {
        this.phone = useState(useService("gov_hotline.phone"));
        this.dropdown = useDropdownState();
        useHotkey("alt+control+s", () => this.toggle(), {
            bypassEditableProtection: true,
            global: true,
            isAvailable: () => this.phone.hasPhone,
        });
    }

    toggle() {
        return this.dropdown.isOpen ? this.dropdown.close() : this.dropdown.open();
    }

    get presence() {
        return this.phone.presence;
    }

    get words() {
        if (!this.phone.pbx.online) {
            return _t("No connection");
        }
        const { state, words } = this.presence; // of a pause: the name of its reason
        return words || stateWords(state);
    }

    get dotClass() {
        return this.phone.pbx.online ? STATE_CLASSES[this.presence.state] : "bg-danger";
    }

    get isPaused() {
        return this.presence.state === "paused";
    }

    /** While it rings or one talks the server allows no other state. */
    get isInCall() {
        return ["ringing", "talking"].includes(this.presence.state);
    }

    /** How long a pause lasts is a fact for its owner; a wrap-up has no stop-watch (C2). */
    get clock() {
        return this.isPaused && this.presence.begun;
    }

    get offlineWords() {
        const { online, words } = this.phone.pbx;
        return online ? "" : words || _t("The telephone exchange does not answer.");
    }

    extensionText(extension) {
        const words = extensionWords(extension);
        return extension.registered === false
            ? _t("%(phone)s: not connected", { phone: words })
            : words;
    }

    /** Where one may sit down: off the line the own telephone too. */
    get others() {
        const { extension, extensions, isOnLine } = this.phone;
        return extensions.filter((one) => !isOnLine || one.id !== extension.id);
    }
}

registry
    .category("systray")
    .add("gov_hotline.StateMenu", { Component: StateMenu }, { sequence: 101 });
workplaceHead.add("gov_hotline.queue", { Component: QueueFact }, { sequence: 5 });
