import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

/**
 * The emergencies of this body, one a call, for supervisors alone: `session.hotline_alarms` are those
 * that wait when the page opens, "gov_hotline.alarm" tells of each press, taking and taking back.
 */
export const alarmService = {
    dependencies: ["action", "bus_service", "orm"],

    start(env, { action, bus_service: bus, orm }) {
        const state = reactive({ alarms: session.hotline_alarms || [] });

        function put(alarm) {
            const isSame = (one) => one.call_id === alarm.call_id;
            if (state.alarms.some(isSame)) {
                state.alarms = state.alarms.map((one) => (isSame(one) ? alarm : one));
            } else if (alarm.state === "raised") {
                state.alarms = [alarm, ...state.alarms];
            }
        }

        function dismiss(callId) {
            state.alarms = state.alarms.filter((one) => one.call_id !== callId);
        }

        async function take(alarmId) {
            const [taken] = await orm.call("hotline.alarm", "action_take", [[alarmId]]);
            put(taken);
        }

        async function openCall(alarm) {
            await action.doAction({
                type: "ir.actions.act_window",
                res_model: "hotline.call",
                res_id: alarm.call_id,
                views: [[false, "form"]],
            });
        }

        if (session.hotline_alarms) {
            // What is meant for the operator of the call is shown at the workplace.
            bus.subscribe("gov_hotline.alarm", (alarm) => !alarm.mine && put(alarm));
            bus.start();
        }
        return { state, put, take, dismiss, openCall };
    },
};

registry.category("services").add("gov_hotline.alarms", alarmService);
