import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { debounce } from "@web/core/utils/timing";
import { session } from "@web/session";
import { workplaceTransfers } from "@gov_hotline/workplace/workplace_registries";
import { PhoneModel } from "./phone_model";

const LOOK_DELAY = 500;

/**
 * The operator's telephone: its state from `hotline.handset.look()` and the bus. Where the session
 * has none (`session.hotline_phone`), nothing is asked and nothing is shown.
 */
export const phoneService = {
    dependencies: [
        "bus_service",
        "gov_hotline.call_pop",
        "gov_hotline.news",
        "notification",
        "orm",
    ],

    start(env, services) {
        const { bus_service: bus, notification, orm } = services;
        const tell = (words, type) => notification.add(words, { type });
        const phone = PhoneModel.create(orm, tell);
        if (session.hotline_phone) {
            const parts = { phone, bus };
            parts.pop = services["gov_hotline.call_pop"];
            parts.news = services["gov_hotline.news"];
            listen(parts);
            // The server transfers an emergency itself; how it ended is told like any other.
            workplaceTransfers.add(
                "gov_hotline.phone",
                () => {
                    phone.awaited = "blind";
                },
                { force: true }
            );
            parts.news.wait();
            browser.setTimeout(() => look(parts));
        } else if (session.hotline_listens) {
            const take = (command) => phone.onCommand(command); // how listening in ended
            bus.subscribe("gov_hotline.command", services["gov_hotline.news"].taker(take));
            bus.start();
        }
        return phone;
    },
};

/** A page without the server's word of the phone is a page without a phone, not a broken one. */
async function look({ phone, pop, news }) {
    let known = {};
    try {
        known = await phone.look();
        pop.known(known.ringing || []);
    } catch (error) {
        phone.fail(error);
    } finally {
        news.answered(known.heard);
    }
}

function listen(parts) {
    const { phone, bus, pop, news } = parts;
    const told = {
        phone_call: (call) => onCall(phone, pop, call),
        presence: (presence) => phone.onPresence(presence),
        command: (command) => phone.onCommand(command),
        queue: (queue) => phone.onQueue(queue),
    };
    for (const [name, take] of Object.entries(told)) {
        bus.subscribe(`gov_hotline.${name}`, news.taker(take));
    }
    const lookAnew = () => {
        news.wait();
        return look(parts);
    };
    news.onOld = debounce(lookAnew, LOOK_DELAY);
    bus.addEventListener("BUS:RECONNECT", lookAnew);
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
