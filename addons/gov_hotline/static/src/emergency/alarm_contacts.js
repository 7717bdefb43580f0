import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** On a call with an alarm: telephone and address whole, if the server opens them; it notes so. */
export class AlarmContacts extends Component {
    static template = "gov_hotline.AlarmContacts";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ contacts: false });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps(({ record }) => this.load(record));
    }

    async load({ resId, data }) {
        const key = data.emergency_id && resId;
        if (key !== this.key) {
            this.key = key;
            this.state.contacts = key
                ? await this.orm.call("hotline.call", "alarm_contacts", [[resId]])
                : false;
        }
    }
}

registry.category("view_widgets").add("hotline_alarm_contacts", { component: AlarmContacts });
