import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useActs } from "../acts/use_acts";

/**
 * Questions → addressees → answers of a case as one table. Acts of an addressee stand in its line;
 * what is blocked is grey and tells the reason on hover.
 */
export class HotlineLedger extends Component {
    static template = "gov_hotline.Ledger";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    setup() {
        this.doing = useActs(this);
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
        return this.doing.follow({
            type: "ir.actions.act_window",
            res_model: "hotline.assignment",
            res_id: row.id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    run(row, act) {
        return this.doing.run(act, { resModel: "hotline.assignment", resId: row.id });
    }
}

registry.category("view_widgets").add("hotline_ledger", {
    component: HotlineLedger,
    fieldDependencies: [{ name: "ledger", type: "json", readonly: true }],
});
