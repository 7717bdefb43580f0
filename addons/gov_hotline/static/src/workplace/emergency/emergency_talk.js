import { reactive } from "@odoo/owl";
import { EmergencyActs } from "./emergency_acts";

/** The emergency of a call while the operator looks at another screen than the workplace. */
export class EmergencyTalk extends EmergencyActs {
    /** A reactive one: what the bus tells must write through the proxy to be seen. */
    static create(orm) {
        return reactive(new EmergencyTalk(orm));
    }

    async load(callId) {
        Object.assign(this, await this.rpc("emergency_state", callId));
    }

    showCall(call) {
        this.call = call;
    }

    /** Nothing is typed here. */
    async save() {}
}
