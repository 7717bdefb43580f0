import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * Questions → addressees → answers of a case as one table. Acts of an addressee stand in its line;
 * what is blocked is grey and tells the reason on hover.
 */
export class HotlineLedger extends Component {
    static template = "gov_hotline.Ledger";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ busy: false });
    }

    get groups() {
        return this.props.record.data.ledger || [];
    }

    hasDetails(row) {
        return Boolean(row.note || row.answers.length);
    }

    levelClass(row) {
        return { danger: "text-danger", warning: "text-warning-emphasis" }[row.level] || "";
    }

    badgeClass(row) {
        const colours = {
            accepted: "text-bg-success",
            answered: "text-bg-info",
            returned: "text-bg-warning",
            withdrawn: "text-bg-light text-muted",
        };
        return colours[row.state] || "text-bg-light border";
    }

    open(row) {
        return this.follow({
            type: "ir.actions.act_window",
            res_model: "hotline.assignment",
            res_id: row.id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    follow(action) {
        return this.action.doAction(action, { onClose: () => this.props.record.load() });
    }

    async run(row, act) {
        if (act.blocked || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.perform(row, act.method);
        } finally {
            this.state.busy = false;
        }
    }

    async perform(row, method) {
        if (!(await this.props.record.save())) {
            return;
        }
        const result = await this.orm.call("hotline.assignment", method, [[row.id]]);
        if (result && result.type) {
            await this.follow(result);
        } else {
            await this.props.record.load();
        }
    }
}

registry.category("view_widgets").add("hotline_ledger", {
    component: HotlineLedger,
    fieldDependencies: [{ name: "ledger", type: "json", readonly: true }],
});
