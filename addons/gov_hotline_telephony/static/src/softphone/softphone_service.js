import { reactive } from "@odoo/owl";
import { loadJS } from "@web/core/assets";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { effect } from "@web/core/utils/reactive";
import { session } from "@web/session";
import { SoftphoneLine } from "./softphone_line";
import { SoftphoneRing } from "./softphone_ring";
import { SoftphoneTabs } from "./softphone_tabs";

const ACTS = ["answer", "reject", "hangUp", "mute", "key"];
const SILENT = { status: "off", ringing: false, talking: false, muted: false, who: "" };

/** The library, loaded only where somebody telephones by the browser. */
export const softphoneLibrary = {
    async load() {
        await loadJS("/gov_hotline_telephony/static/lib/jssip/jssip.js");
        return window.JsSIP.default || window.JsSIP;
    },
};

/**
 * The operator's telephone in the browser, when the extension signed in with is of kind "browser";
 * a supervisor's own one always.
 *
 * `state.status`: "off", "insecure" (no https), "elsewhere" (another tab is the telephone),
 * "connecting", "registered", "failed", "no_mic". `state.who`: whom the PBX names as the other side.
 */
export class Softphone {
    constructor(orm, phone) {
        Object.assign(this, { orm, phone, line: null, tabs: null, wanted: false });
        this.ring = new SoftphoneRing();
        this.state = reactive({ ...SILENT });
    }

    /** Follow the telephone that the operator signed in with; false: none. */
    follow(extension) {
        const wanted = extension && extension.kind === "browser" ? extension.id : false;
        if (wanted !== this.wanted) {
            this.stop();
            this.wanted = wanted;
            wanted && this.begin(wanted);
        }
    }

    begin(wanted) {
        if (!window.isSecureContext) {
            this.state.status = "insecure";
            return;
        }
        this.state.status = "elsewhere";
        this.tabs = new SoftphoneTabs({
            owner: () => this.register(wanted),
            heard: (message) => this.heard(message),
        });
        this.tabs.send({ ask: true });
    }

    stop() {
        this.line?.stop();
        this.ring.stop();
        this.tabs?.leave();
        Object.assign(this, { line: null, tabs: null, wanted: false });
        Object.assign(this.state, SILENT);
    }

    /** Without an answer of the server the lamp is red; the page itself is not broken. */
    async settings() {
        try {
            return await this.orm.silent.call("hotline.handset", "softphone_settings", []);
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            return {};
        }
    }

    /** Become the telephone of this browser. The secret stays in this function's hands. */
    async register(wanted) {
        const settings = await this.settings();
        const JsSIP = settings.ws && (await softphoneLibrary.load());
        if (wanted !== this.wanted) {
            return;
        }
        if (!settings) {
            this.stop(); // off the line meanwhile
        } else if (!settings.ws) {
            this.told({ status: "failed" });
        } else {
            this.line = new SoftphoneLine(JsSIP, settings, (change) => this.told(change));
            this.line.start();
        }
    }

    told(change) {
        Object.assign(this.state, change);
        this.tabs?.send({ state: { ...this.state } });
        if (!this.state.ringing) {
            this.ring.stop();
        } else if (this.isOwnCall()) {
            this.line.answer(); // whoever pressed «call» has the telephone at the ear
        } else {
            this.ring.start();
        }
    }

    isOwnCall() {
        return Boolean(this.phone.dialling || this.phone.call.direction === "out");
    }

    /** What another tab says: its state, a question for it, a button pressed there. */
    heard({ state, act, ask, value }) {
        if (state && !this.tabs.isOwner) {
            const status = state.status === "registered" ? "elsewhere" : state.status;
            Object.assign(this.state, state, { status });
        } else if (ask && this.tabs.isOwner) {
            this.tabs.send({ state: { ...this.state } });
        } else if (ACTS.includes(act) && this.tabs.isOwner) {
            this.line?.[act](value);
        }
    }

    /** Press a button of the telephone, in whichever tab it is. */
    press(act, value) {
        if (this.tabs?.isOwner) {
            this.line?.[act](value);
        } else {
            this.tabs?.send({ act, value });
        }
    }
}

export const softphoneService = {
    dependencies: ["orm", "gov_hotline.phone"],
    start(env, { orm, "gov_hotline.phone": phone }) {
        const softphone = new Softphone(orm, phone);
        // An own telephone is the page's before the operator comes on the line with it; a
        // supervisor listens in by the own one off the line too.
        const id = session.hotline_listens?.extension;
        const ear = id ? { id, kind: "browser" } : false;
        const follow = ({ extension, isOnLine }) => softphone.follow(isOnLine ? extension : ear);
        effect(follow, [phone]);
        return softphone;
    },
};

registry.category("services").add("gov_hotline.softphone", softphoneService);
