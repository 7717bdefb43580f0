import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { endWithStatus, notifyEnd } from "../status/status_acts";
import { StatusDialog } from "../status/status_dialog";
import { StatusWords } from "../status/status_words";

/** The status of a case of the citizen on the line: compare who is calling, then tell it. */
export class StatusPanel extends Component {
    static template = "gov_hotline.StatusPanel";
    static components = { StatusWords };
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.dialog = useService("dialog");
        this.notification = useService("notification");
    }

    get status() {
        return this.model.status;
    }

    ask() {
        this.dialog.add(StatusDialog, { model: this.model });
    }

    tell() {
        const { id, external_id } = this.status;
        return this.end("tell_status", ...(external_id ? [false, external_id] : [id]));
    }

    refuse() {
        return this.end("refuse_status");
    }

    async end(method, ...args) {
        const done = await endWithStatus(this.model, method, ...args);
        if (done) {
            notifyEnd(this.notification, done);
        }
    }
}
