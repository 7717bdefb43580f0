import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { SimilarList } from "./similar_list";

const SHOWN = 2; // the rest unfolds: the case itself stays on the first screen

/** On the case: similar earlier ones, each linked by one click. Nothing is blocked by them. */
export class SimilarWidget extends Component {
    static template = "gov_hotline.SimilarWidget";
    static components = { Dropdown, DropdownItem, SimilarList };
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ busy: false, isUnfolded: false });
    }

    get cases() {
        return this.props.record.data.similar_cases || [];
    }

    get shown() {
        return this.state.isUnfolded ? this.cases : this.cases.slice(0, SHOWN);
    }

    get folded() {
        return this.cases.length - this.shown.length;
    }

    get unfoldLabel() {
        return _t("%s more", this.folded);
    }

    get labels() {
        return {
            repeat: _t("Link as a repeat"),
            duplicate: _t("Link as a duplicate"),
            resubmission: _t("Filed again"),
            same_text: _t("Same text"),
        };
    }

    others(one) {
        return Object.keys(this.labels).filter((kind) => kind !== one.kind);
    }

    async link(one, kind) {
        const { record } = this.props;
        this.state.busy = true;
        try {
            if (await record.save()) {
                await this.orm.call(record.resModel, "action_link", [[record.resId], one.id, kind]);
                await record.load();
            }
        } finally {
            this.state.busy = false;
        }
    }

    open(one) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "helpdesk.ticket",
            res_id: one.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("hotline_similar", {
    component: SimilarWidget,
    fieldDependencies: [{ name: "similar_cases", type: "json", readonly: true }],
});
