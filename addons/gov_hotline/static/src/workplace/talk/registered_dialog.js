import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { RegisteredSummary } from "./registered_summary";

/** Shown at once after registration: what is read out to the caller. */
export class RegisteredDialog extends Component {
    static template = "gov_hotline.RegisteredDialog";
    static components = { Dialog, RegisteredSummary };
    static props = { registered: Object, closeCall: Function, close: Function };

    async closeCall() {
        await this.props.closeCall();
        this.props.close();
    }
}
