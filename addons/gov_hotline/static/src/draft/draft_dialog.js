import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { spacedCode } from "../workplace/talk/registered_summary";

/** A draft appeal: its number and, once, its code in large print; how the citizen confirms it. */
export class DraftSummary extends Component {
    static template = "gov_hotline.DraftSummary";
    static props = { draft: Object, renew: { type: Function, optional: true } };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get code() {
        return spacedCode(this.props.draft.code || "");
    }

    async print() {
        const args = [[this.props.draft.ticket_id]];
        const action = await this.orm.call("helpdesk.ticket", "action_print_draft", args);
        await this.action.doAction(action);
    }
}

export class DraftDialog extends Component {
    static template = "gov_hotline.DraftDialog";
    static components = { Dialog, DraftSummary };
    static props = {
        draft: Object,
        closeCall: { type: Function, optional: true },
        close: Function,
    };

    async closeCall() {
        await this.props.closeCall();
        this.props.close();
    }
}

/** From the form of the case: show what is read out, then come back to the form. */
function showDraft(env, action) {
    return new Promise((resolve) => {
        env.services.dialog.add(
            DraftDialog,
            { draft: action.params.draft },
            { onClose: () => resolve({ type: "ir.actions.act_window_close" }) }
        );
    });
}

registry.category("actions").add("gov_hotline.draft_dialog", showDraft);
