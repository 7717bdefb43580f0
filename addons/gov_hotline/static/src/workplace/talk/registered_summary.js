import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** «418207» as «418 207»: read out in two halves. */
export function spacedCode(code) {
    return code.replace(/(\d{3})(?=\d)/g, "$1\u00a0");
}

/** Number and code of the case in large print, the due date and how it was counted. */
export class RegisteredSummary extends Component {
    static template = "gov_hotline.RegisteredSummary";
    static props = { registered: Object };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get code() {
        return spacedCode(this.props.registered.access_code);
    }

    async print() {
        const { ticket_id } = this.props.registered;
        const action = await this.orm.call("helpdesk.ticket", "action_print_card", [[ticket_id]]);
        await this.action.doAction(action);
    }
}
