import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";

/** What to say first, and where to transfer: 112, threat, child, crisis. */
export class ScriptCardDialog extends Component {
    static template = "gov_hotline.ScriptCardDialog";
    static components = { Dialog };
    static props = { card: Object, transfer: Function, close: Function };

    async transfer() {
        await this.props.transfer();
        this.props.close();
    }
}
