import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { OPEN_CALL } from "@gov_hotline/workplace/workplace_action";

/**
 * The calls that ring at this operator. The server sends "gov_hotline.call_ringing" to one user and
 * "gov_hotline.call_ring_over" when the ring ended or was answered in another tab.
 */
export const callPopService = {
    dependencies: ["action", "bus_service", "gov_hotline.news", "orm"],

    start(env, { action, bus_service: bus, "gov_hotline.news": news, orm }) {
        const state = reactive({ ringing: [] });
        const seen = new Set(); // calls that were opened or put away while they ring

        function dismiss(callId) {
            state.ringing = state.ringing.filter((call) => call.call_id !== callId);
        }

        function putAway(callId) {
            seen.add(callId);
            dismiss(callId);
        }

        function ring(call) {
            seen.delete(call.call_id);
            dismiss(call.call_id);
            state.ringing = [...state.ringing, call];
        }

        /** What rings now, as the server says; nothing else does. */
        function known(calls) {
            state.ringing = calls.filter((call) => !seen.has(call.call_id));
        }

        /** Let an open workplace turn to the call; return whether one did. */
        async function turn(callId, gently = false) {
            const detail = { callId, gently };
            env.bus.trigger(OPEN_CALL, detail);
            await detail.taken;
            return Boolean(detail.taken);
        }

        /** Open the call; `partnerId`: who of the people on the number is calling. */
        async function answer(callId, partnerId = false) {
            putAway(callId);
            const screen = await orm.call("hotline.call", "action_answer", [[callId], partnerId]);
            if (!(await turn(callId))) {
                await action.doAction(screen);
            }
        }

        /**
         * The handset was lifted: the only person on the number is who calls, as with Enter; the
         * call comes on the screen where no other talk is.
         */
        async function lifted(callId) {
            const rang = state.ringing.find((call) => call.call_id === callId);
            dismiss(callId);
            if (rang && rang.people.length === 1) {
                const args = [[callId], rang.people[0].id];
                await orm.call("hotline.call", "action_answer", args);
            }
            await turn(callId, true);
        }

        /** Open the workplace with an own call that is not closed. */
        async function openCard(callId) {
            if (!(await turn(callId))) {
                const workplace = "gov_hotline.hotline_workplace_action";
                const screen = await action.loadAction(workplace);
                await action.doAction({ ...screen, params: { call_id: callId } });
            }
        }

        /** The dossier beside whatever is open; the phone rings on. */
        function openDossier(person) {
            return action.doAction({
                type: "ir.actions.act_window",
                name: person.name,
                context: { form_view_ref: "gov_hotline.res_partner_view_form" },
                res_model: "res.partner",
                res_id: person.id,
                views: [[false, "form"]],
                target: "new",
            });
        }

        const over = ({ call_id: callId }) => dismiss(callId);
        bus.subscribe("gov_hotline.call_ringing", news.taker(ring));
        bus.subscribe("gov_hotline.call_ring_over", news.taker(over));
        bus.start();
        return { state, answer, dismiss, known, lifted, openCard, openDossier, putAway };
    },
};

registry.category("services").add("gov_hotline.call_pop", callPopService);
