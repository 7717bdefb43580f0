import { _t } from "@web/core/l10n/translation";
import { WarningDialog } from "@web/core/errors/error_dialogs";
import { RPCError, rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const REASON_NEEDED = "odoo.addons.gov_hotline.models.reasons.ReasonNeededError";

// error of the server → the call it refused: the wizard runs that very act again
const refused = new WeakMap();

rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
    if (detail.error instanceof RPCError && detail.error.exceptionName === REASON_NEEDED) {
        refused.set(detail.error, detail.data.params);
    }
});

/** Only a button's act can be run again: a method on records, without further arguments. */
export function isAct(call) {
    return Boolean(call?.method?.startsWith("action_") && call.args?.length === 1);
}

/** `warnings`: [[key, words]]; each asks for its own reason. */
export function reasonWizard(call, warnings) {
    return {
        type: "ir.actions.act_window",
        name: _t("A written reason is needed"),
        res_model: "hotline.reason.wizard",
        views: [[false, "form"]],
        target: "new",
        context: {
            default_res_model: call.model,
            default_res_ids: JSON.stringify([call.args[0]].flat()),
            default_method: call.method,
            default_line_ids: warnings.map(([key, warning]) => [0, 0, { key, warning }]),
        },
    };
}

/**
 * An act refused for want of a reason, from whichever button: ask it and go on.
 * Anything else (a drop in kanban, a save) shows the refusal as words.
 */
export function reasonHandler(env, error, originalError) {
    const call = refused.get(originalError);
    if (!isAct(call)) {
        return false;
    }
    error.unhandledRejectionEvent?.preventDefault();
    const reload = () =>
        env.services.action.doAction({ type: "ir.actions.client", tag: "soft_reload" });
    const warnings = originalError.data.context?.hotline_warnings || [];
    env.services.action.doAction(reasonWizard(call, warnings), { onClose: reload });
    return true;
}

registry.category("error_handlers").add("hotline_reason", reasonHandler, { sequence: 90 });
registry.category("error_dialogs").add(REASON_NEEDED, WarningDialog);
