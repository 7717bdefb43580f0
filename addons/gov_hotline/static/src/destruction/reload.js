import { Component, onWillDestroy } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const EVERY = 2000; // ms

/** Shows how far a background job is: loads the form anew while nobody edits it. */
export class Reload extends Component {
    static template = "gov_hotline.Reload";
    static props = { ...standardWidgetProps };

    setup() {
        const timer = setInterval(() => this.load(), EVERY);
        onWillDestroy(() => clearInterval(timer));
    }

    async load() {
        const { record } = this.props;
        const { state, is_running } = record.data;
        if ((is_running || state === "running") && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("hotline_reload", { component: Reload });
