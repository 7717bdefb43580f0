import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { workplaceTransfers } from "@gov_hotline/workplace/workplace_registries";
import { PhoneModel } from "./phone_model";

/**
 * The operator's telephone: its state from `hotline.handset.look()` and the bus. Where the session
 * has none (`session.hotline_phone`), nothing is asked and nothing is shown.
 */
export const phoneService = {
    dependencies: ["bus_service", "gov_hotline.call_pop", "notification", "orm"],

    start(env, services) {
        const { bus_service: bus, notification, orm } = services;
        const tell = (words, type) => notification.add(words, { type });
        const phone = PhoneModel.create(orm, tell);
        if (session.hotline_phone) {
            listen(phone, bus, services["gov_hotline.call_pop"]);
            // The server transfers an emergency itself; how it ended is told like any other.
            workplaceTransfers.add(
                "gov_hotline.phone",
                () => {
                    phone.awaited = "blind";
                },
                { force: true }
            );
            browser.setTimeout(() => look(phone));
        }
        return phone;
    },
};

/** A page without the server's word of the phone is a page without a phone, not a broken one. */
async function look(phone) {
    try {
        await phone.look();
    } catch (error) {
        phone.fail(error);
    }
}

function listen(phone, bus, pop) {
    const told = {
        phone_call: (call) => onCall(phone, pop, call),
        presence: (presence) => phone.onPresence(presence),
        command: (command) => phone.onCommand(command),
        queue: (queue) => phone.onQueue(queue),
    };
    for (const [name, take] of Object.entries(told)) {
        bus.subscribe(`gov_hotline.${name}`, take);
    }
    bus.addEventListener("BUS:RECONNECT", () => look(phone));
    bus.start();
}

/** What was answered by picking up the phone opens where no other talk is on the screen (B2). */
async function onCall(phone, pop, call) {
    const before = phone.call;
    phone.onCall(call);
    const isNew = before.call_id !== call.call_id || before.phase === "ringing";
    if (call.phase === "talking" && isNew) {
        await pop.lifted(call.call_id);
    } else if (call.phase !== "ringing") {
        pop.dismiss(call.call_id);
    }
}

registry.category("services").add("gov_hotline.phone", phoneService);
