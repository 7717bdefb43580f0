import { WorkplaceFacts } from "../workplace_facts";
import { workplaceTransfers } from "../workplace_registries";

export const MODEL = "hotline.workplace";

/** What the emergency buttons do; the server alarms the supervisors and writes the trace. */
export class EmergencyActs extends WorkplaceFacts {
    /** @param {{ call: Function }} orm the ORM service */
    constructor(orm) {
        super();
        this.orm = orm;
    }

    rpc(method, ...args) {
        return this.orm.call(MODEL, method, args);
    }

    /** Run one thing at a time: a second click does nothing. */
    async once(act) {
        if (this.busy) {
            return;
        }
        this.busy = true;
        try {
            return await act();
        } finally {
            this.busy = false;
        }
    }

    /** The last standing emergency of this call with its script, or false. */
    get emergency() {
        const { emergency } = this.call || {};
        const card = emergency && this.cards.find((one) => one.id === emergency.card_id);
        return card ? { ...emergency, card } : false;
    }

    /** Without a call one is opened: first the alarm, then the questions. */
    async pressEmergency(cardId) {
        return this.once(async () => {
            if (!this.call) {
                const vals = { phone: this.typedPhone, line_id: this.lineId };
                this.showCall(await this.rpc("start_call", vals));
            }
            const { emergency } = await this.rpc("press_emergency", this.call.id, cardId);
            this.call.emergency = emergency;
        });
    }

    /** Return what to tell the operator: the number to dial, until telephony transfers by itself. */
    async transferEmergency() {
        return this.once(async () => {
            await this.save();
            const { card, id } = this.emergency;
            for (const transfer of workplaceTransfers.getAll()) {
                await transfer(this, card);
            }
            const { call, words } = await this.rpc("transfer_emergency", id);
            this.showCall(call);
            this.told = { alarm: id, words };
        });
    }

    async undoEmergency() {
        return this.once(async () => {
            const { emergency } = await this.rpc("undo_emergency", this.emergency.id);
            this.call.emergency = emergency;
        });
    }

    /** Somebody took the alarms of this call. */
    onAlarm(alarm) {
        const { emergency, id } = this.call || {};
        if (emergency && id === alarm.call_id) {
            emergency.taken_by = alarm.taken_by;
        }
    }
}
