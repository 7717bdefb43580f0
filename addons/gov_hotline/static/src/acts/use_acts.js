import { status, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * Acts of a widget on a form: one at a time, after the form was saved; what the server answers is
 * followed, and the form shows how things stand then.
 */
export function useActs(component) {
    const action = useService("action");
    const dialog = useService("dialog");
    const orm = useService("orm");
    const state = useState({ busy: false });
    const notification = useService("notification");
    // an act may have opened the screen anew: then nothing is left here to read again
    const reload = () => status(component) !== "destroyed" && component.props.record.load();

    /** Open what the server or the widget names; the form is read again once it is closed. */
    function follow(next) {
        return action.doAction(next, { onClose: reload });
    }

    async function perform(target, method) {
        if (!(await component.props.record.save())) {
            return;
        }
        const result = await orm.call(target.resModel, method, [[target.resId]]);
        if (result?.type) {
            await follow(result);
        }
        if (!result?.type || (result.tag === "display_notification" && !result.params?.next)) {
            await reload();
        }
    }

    /** Ask what the act wants asked; true where nothing stands in its way. */
    function isAgreed(act) {
        if (!act.ask) {
            return true;
        }
        return new Promise((resolve) => {
            dialog.add(
                ConfirmationDialog,
                {
                    title: act.label,
                    body: act.ask,
                    confirmLabel: act.label,
                    confirm: () => resolve(true),
                    cancelLabel: _t("Not yet"),
                    cancel: () => resolve(false),
                },
                { onClose: () => resolve(false) }
            );
        });
    }

    /** Do `act` of the `target` {resModel, resId}; a blocked one tells why, one at a time. */
    async function run(act, target) {
        if (act.blocked) {
            notification.add(act.blocked, { title: act.label, type: "warning" });
        }
        if (act.blocked || state.busy) {
            return;
        }
        state.busy = true;
        try {
            if (await isAgreed(act)) {
                await perform(target, act.method);
            }
        } finally {
            state.busy = false;
        }
    }

    return { follow, run, state };
}
