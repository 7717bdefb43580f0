import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";

/**
 * The calls that ring at this operator. The server sends "gov_hotline.call_ringing" to one user and
 * "gov_hotline.call_ring_over" when the ring ended or was answered in another tab.
 */
export const callPopService = {
    dependencies: ["action", "bus_service", "orm"],

    start(env, { action, bus_service: bus, orm }) {
        const state = reactive({ ringing: [] });

        function dismiss(callId) {
            state.ringing = state.ringing.filter((call) => call.call_id !== callId);
        }

        /** Open the call; `partnerId`: who of the people on the number is calling. */
        async function answer(callId, partnerId = false) {
            dismiss(callId);
            const screen = await orm.call("hotline.call", "action_answer", [[callId], partnerId]);
            await action.doAction(screen);
        }

        bus.subscribe("gov_hotline.call_ringing", (call) => {
            dismiss(call.call_id);
            state.ringing = [...state.ringing, call];
        });
        bus.subscribe("gov_hotline.call_ring_over", ({ call_id: callId }) => dismiss(callId));
        bus.start();
        return { state, answer, dismiss };
    },
};

registry.category("services").add("gov_hotline.call_pop", callPopService);
