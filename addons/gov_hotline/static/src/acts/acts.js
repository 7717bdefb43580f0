import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * The next lawful step as the only primary button; every other act under «More».
 * What is blocked is grey and tells the reason (with the article) on hover.
 */
export class HotlineActs extends Component {
    static template = "gov_hotline.Acts";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    get acts() {
        return this.props.record.data.acts || [];
    }

    get primary() {
        return this.acts.find((act) => act.primary) || this.acts.find((act) => act.step);
    }

    get others() {
        return this.acts.filter((act) => act !== this.primary);
    }

    async run(act) {
        if (act.blocked || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.perform(act.method);
        } finally {
            this.state.busy = false;
        }
    }

    async perform(method) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const result = await this.orm.call(record.resModel, method, [[record.resId]]);
        const reload = () => record.load();
        if (result && result.type) {
            await this.action.doAction(result, { onClose: reload });
        }
        if (!result || result.tag === "display_notification" || !result.type) {
            await reload();
        }
    }
}

registry.category("view_widgets").add("hotline_acts", {
    component: HotlineActs,
    fieldDependencies: [{ name: "acts", type: "json", readonly: true }],
});
