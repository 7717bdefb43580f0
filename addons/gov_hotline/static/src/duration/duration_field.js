import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { timerText } from "../workplace/head_bar/call_timer";

/** Whole seconds as people read them: «02:10», «1:02:10»; nothing for none. */
export function durationText(seconds) {
    return seconds ? timerText(Math.round(seconds)) : "";
}

/** Read alone: durations are measured, nobody types them. */
export class DurationField extends Component {
    static template = "gov_hotline.DurationField";
    static props = { ...standardFieldProps };

    get text() {
        return durationText(this.props.record.data[this.props.name]);
    }
}

registry.category("formatters").add("hotline_duration", durationText);
registry.category("fields").add("hotline_duration", {
    component: DurationField,
    supportedTypes: ["integer"],
    listViewWidth: 80,
});
