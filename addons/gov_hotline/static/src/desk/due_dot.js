import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LEVELS = { "1_late": "danger", "2_today": "warning", "3_soon": "warning" };

/** ● in the colour of the time left; its words on hover and for a screen reader. */
export class DueDot extends Component {
    static template = "gov_hotline.DueDot";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get level() {
        return LEVELS[this.value] || "ok";
    }

    get words() {
        const { selection } = this.props.record.fields[this.props.name];
        return selection.find(([value]) => value === this.value)?.[1] || "";
    }
}

registry.category("fields").add("hotline_due_dot", {
    component: DueDot,
    supportedTypes: ["selection"],
    listViewWidth: 24,
});
