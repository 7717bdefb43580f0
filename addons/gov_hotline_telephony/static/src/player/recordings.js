import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Dossier } from "@gov_hotline/dossier/dossier";
import { RecordingPlayer } from "./recording_player";

/** The recordings of a call or of a case: those that the user may hear. */
export class Recordings extends Component {
    static template = "gov_hotline_telephony.Recordings";
    static components = { RecordingPlayer };
    static props = { model: String, resId: Number };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ recordings: [] });
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
    }

    async load({ model, resId }) {
        this.state.recordings = await this.orm.call(model, "recordings", [[resId]]);
    }

    begun(one) {
        return formatDateTime(deserializeDateTime(one.begun));
    }

    isFault(one) {
        return ["missing", "empty"].includes(one.state);
    }
}

export class RecordingsWidget extends Component {
    static template = "gov_hotline_telephony.RecordingsWidget";
    static components = { Recordings };
    static props = { ...standardWidgetProps };
}

registry.category("view_widgets").add("hotline_player", { component: RecordingsWidget });

export class RecordingsDialog extends Component {
    static template = "gov_hotline_telephony.RecordingsDialog";
    static components = { Dialog, Recordings };
    static props = { callId: Number, close: Function };
}

patch(Dossier.prototype, {
    setup() {
        super.setup();
        this.dialog = useService("dialog");
    },
    listen(row) {
        this.dialog.add(RecordingsDialog, { callId: row.id });
    },
});
