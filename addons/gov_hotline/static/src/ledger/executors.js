import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LEVELS = { danger: "text-danger", warning: "text-warning-emphasis" };

/** Who executes a question: name, control date, state. The whole name is told on hover. */
export class HotlineExecutors extends Component {
    static template = "gov_hotline.Executors";
    static props = { ...standardFieldProps };

    get executors() {
        return this.props.record.data[this.props.name] || [];
    }

    hint(executor) {
        return [executor.name, executor.person, executor.due].filter(Boolean).join(", ");
    }

    levelClass(executor) {
        return LEVELS[executor.level] || "text-muted";
    }
}

registry.category("fields").add("hotline_executors", {
    component: HotlineExecutors,
    supportedTypes: ["json"],
});
