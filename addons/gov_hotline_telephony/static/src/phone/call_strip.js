import { Component, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { EmergencyDialog } from "@gov_hotline/workplace/emergency/emergency_dialog";
import { CALL_LINKED } from "@gov_hotline/workplace/workplace_registries";
import { LinkDialog } from "./link_dialog";
import { PhoneClock } from "./phone_clock";
import { callStripItems } from "./phone_registries";
import { consultWords, phaseWords } from "./phone_words";
import { TransferDialog } from "./transfer_dialog";

/** Ctrl+Alt and a sign: what it does, and when it can. */
const KEYS = {
    h: {
        act: ({ phone }) => phone.toggleHold(),
        can: ({ phone }) => phone.may("hold") || phone.may("unhold"),
    },
    p: {
        act: (strip) => strip.openTransfer(),
        can: ({ phone, isChoosing }) => phone.may("transfer") && !isChoosing,
    },
    c: { act: ({ phone }) => phone.complete(), can: ({ phone }) => phone.may("complete") },
    x: { act: ({ phone }) => phone.cancel(), can: ({ phone }) => phone.may("cancel") },
    k: { act: ({ phone }) => phone.conference(), can: ({ phone }) => phone.may("conference") },
    e: { act: ({ phone }) => phone.hangup(), can: ({ phone }) => phone.may("hangup") },
    b: { act: (strip) => strip.callAgain(), can: ({ phone }) => phone.outcome?.phone },
    g: { act: (strip) => strip.openCard(), can: ({ card }) => card },
    f: { act: (strip) => strip.openLink(), can: ({ call, isLinking }) => call && !isLinking },
    w: { act: ({ phone }) => phone.finishWrapUp(), can: ({ isDone }) => isDone },
};
/** As on the workplace, whose own keys come first; 0 asks which emergency it is. */
for (const place of [0, 1, 2, 3, 4]) {
    KEYS[place] = {
        act: (strip) => strip.openEmergency(place),
        can: ({ isTalk, closeEmergency }) => isTalk && !closeEmergency,
    };
}

/** The running call below every view: cards change, the talk and what one does with it stay. */
export class CallStrip extends Component {
    static template = "gov_hotline_telephony.CallStrip";
    static components = { PhoneClock };
    static props = {};

    setup() {
        this.phone = useState(useService("gov_hotline.phone"));
        this.pop = useService("gov_hotline.call_pop");
        this.dialog = useService("dialog");
        useBus(this.env.bus, CALL_LINKED, ({ detail }) => this.phone.linked(detail));
        this.useKeys();
    }

    /** Out of any field and over any dialog: who talks has no hand for the mouse. */
    useKeys() {
        for (const [sign, { act, can }] of Object.entries(KEYS)) {
            useHotkey(`alt+control+${sign}`, () => act(this), {
                bypassEditableProtection: true,
                global: true,
                isAvailable: () => !this.phone.busy && Boolean(can(this)),
            });
        }
    }

    get call() {
        return this.phone.running;
    }

    /** Somebody is on the line: a ring is no emergency yet. */
    get isTalk() {
        return Boolean(this.call) && this.call.phase !== "ringing";
    }

    /** The call whose card opens: the one that runs, or the last while its wrap-up goes on. */
    get card() {
        const { running, outcome, last } = this.phone;
        const callId = running ? running.call_id : (outcome || last || {}).callId;
        return callId || false;
    }

    get isShown() {
        const { running, outcome, dialling } = this.phone;
        return Boolean(running || outcome || dialling || this.isWrapUp);
    }

    get isWrapUp() {
        return this.phone.isWrapUp && Boolean(this.phone.last);
    }

    /** The talk is over and nothing but its card is left to do. */
    get isDone() {
        return this.isWrapUp && !this.phone.outcome && !this.call;
    }

    get who() {
        const { running, dialling, outcome, last } = this.phone;
        return (running || dialling || outcome || last || {}).who || this.number;
    }

    get number() {
        const { running, dialling, outcome, last } = this.phone;
        return (running || dialling || outcome || last || {}).phone || _t("Hidden number");
    }

    get words() {
        const { running, dialling, outcome } = this.phone;
        if (running) {
            return phaseWords(running);
        }
        if (dialling) {
            return _t("Your telephone rings: pick it up");
        }
        if (outcome) {
            return outcome.dropped ? _t("The connection broke off") : outcome.words;
        }
        return _t("The talk is over");
    }

    /** Why the telephone rings by itself; of a dropped call that what was typed is kept. */
    get note() {
        const { outcome, running } = this.phone;
        if (running) {
            return running.why || "";
        }
        return outcome && outcome.dropped ? _t("What you typed is kept.") : "";
    }

    get consultText() {
        return this.phone.consult ? consultWords(this.phone.consult) : "";
    }

    /** Two are connected; out of three one goes and the two stay. */
    get completeLabel() {
        const isJoined = this.phone.consult.phase === "joined";
        return isJoined ? _t("Leave the two together") : _t("Connect them");
    }

    get againLabel() {
        return this.phone.outcome.dropped ? _t("Call back") : _t("Call again");
    }

    get items() {
        return callStripItems.getAll();
    }

    may(act) {
        return this.phone.may(act);
    }

    openTransfer() {
        this.isChoosing = true;
        const onClose = () => (this.isChoosing = false);
        return this.dialog.add(TransferDialog, { phone: this.phone }, { onClose });
    }

    /** The appeal of the running call; in the wrap-up it is chosen on the card. */
    openLink() {
        const { call_id: callId, who } = this.call;
        const onClose = () => (this.isLinking = false);
        this.isLinking = true;
        return this.dialog.add(LinkDialog, { callId, who }, { onClose });
    }

    callAgain() {
        const { phone, callId, who } = this.phone.outcome;
        return this.phone.dial(phone, callId, who);
    }

    /** The emergency scripts of the running call, over any screen; one is pressed at its place. */
    openEmergency(place = 0) {
        const { call_id: callId, who } = this.call;
        const onClose = () => (this.closeEmergency = false);
        this.closeEmergency = this.dialog.add(EmergencyDialog, { callId, who, place }, { onClose });
    }

    /** The card has the buttons and the panel itself. */
    openCard() {
        if (this.closeEmergency) {
            this.closeEmergency();
        }
        return this.pop.openCard(this.card);
    }

    closeOutcome() {
        this.phone.outcome = false;
    }
}

registry.category("main_components").add("gov_hotline.CallStrip", { Component: CallStrip });
