import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { callStripItems, popItems } from "../phone/phone_registries";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** What the lamp says of each state; the first word is its colour. */
const STATUS = {
    insecure: [
        "danger",
        _t(
            "The browser gives the microphone only to a page opened by https. Tell the administrator."
        ),
    ],
    elsewhere: ["success", _t("The telephone is in another tab of this browser.")],
    connecting: ["warning", _t("Connecting to the telephone exchange…")],
    registered: ["success", _t("The browser's telephone is ready.")],
    failed: [
        "danger",
        _t("The telephone exchange refused this number or password. Tell the administrator."),
    ],
    no_mic: [
        "danger",
        _t("There is no microphone, or the browser may not use it: allow it beside the address."),
    ],
};

function useSoftphone(component) {
    component.softphone = useService("gov_hotline.softphone");
    component.state = useState(component.softphone.state);
}

/** How the browser's telephone is: a lamp among the others, its words on hover and on click. */
export class SoftphoneLamp extends Component {
    static template = "gov_hotline_telephony.SoftphoneLamp";
    static components = { Dropdown };
    static props = {};

    setup() {
        useSoftphone(this);
    }

    get colour() {
        return STATUS[this.state.status][0];
    }

    get words() {
        return STATUS[this.state.status][1];
    }
}

/** «Answer» and «Decline» of the browser's telephone, beside who is calling. */
export class SoftphoneAnswer extends Component {
    static template = "gov_hotline_telephony.SoftphoneAnswer";
    static props = { call: { type: [Object, Boolean] } };

    setup() {
        useSoftphone(this);
        useHotkey("alt+control+a", () => this.press("answer"), {
            bypassEditableProtection: true,
            isAvailable: () => this.state.ringing,
        });
    }

    press(act) {
        this.softphone.press(act);
    }
}

/** Microphone and keys during the talk. */
export class SoftphoneTools extends Component {
    static template = "gov_hotline_telephony.SoftphoneTools";
    static components = { Dropdown };
    static props = { call: { type: [Object, Boolean] } };

    setup() {
        useSoftphone(this);
        this.keys = KEYS;
        useHotkey("alt+control+m", () => this.toggleMicrophone(), {
            bypassEditableProtection: true,
            isAvailable: () => this.state.talking,
        });
    }

    toggleMicrophone() {
        this.softphone.press("mute", !this.state.muted);
    }

    send(tone) {
        this.softphone.press("key", tone);
    }
}

/**
 * A ring or a talk that is no citizen's call on this page, so neither pop nor strip shows it: a
 * colleague asks, or the supervisor listens in.
 */
export class SoftphoneBar extends Component {
    static template = "gov_hotline_telephony.SoftphoneBar";
    static components = { SoftphoneAnswer, SoftphoneTools };
    static props = {};

    setup() {
        useSoftphone(this);
        this.phone = useState(useService("gov_hotline.phone"));
        this.pop = useState(useService("gov_hotline.call_pop").state);
    }

    get isShown() {
        const { ringing, talking } = this.state;
        const isOnPage = this.phone.running || this.phone.dialling;
        return !isOnPage && ((ringing && !this.pop.ringing.length) || talking);
    }

    get words() {
        const { ringing, who } = this.state;
        if (!who) {
            return ringing ? _t("Rings at you") : _t("Talk");
        }
        return ringing ? _t("Rings at you: %s", who) : _t("You talk with: %(name)s", { name: who });
    }

    hangUp() {
        this.softphone.press("hangUp");
    }
}

callStripItems.add("gov_hotline.softphone", { Component: SoftphoneTools }, { sequence: 5 });
popItems.add("gov_hotline.softphone", { Component: SoftphoneAnswer }, { sequence: 5 });
registry
    .category("systray")
    .add("gov_hotline.softphone", { Component: SoftphoneLamp }, { sequence: 95 });
registry.category("main_components").add("gov_hotline.SoftphoneBar", { Component: SoftphoneBar });
