import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The journal of one case, read when its tab is opened and not before (X5). */
export class CaseJournal extends Component {
    static template = "gov_hotline.CaseJournal";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.newest = new KeepLast();
        this.state = useState({ page: null });
        // read anew with the case: whatever was done on the form may have left a line
        useRecordObserver((record) => record.data && this.load(record.resId, 0));
    }

    async load(id, offset) {
        const asked = this.orm.silent.call("helpdesk.ticket", "case_journal", [[id], offset]);
        this.state.page = await this.newest.add(asked);
    }

    turn(step) {
        const { offset, limit } = this.state.page;
        return this.load(this.props.record.resId, Math.max(0, offset + step * limit));
    }

    get pagerWords() {
        const { offset, rows, total } = this.state.page;
        const last = offset + rows.length;
        return _t("%(first)s–%(last)s of %(total)s", { first: offset + 1, last, total });
    }

    async openAll() {
        const { resModel, resId } = this.props.record;
        return this.action.doAction(
            await this.orm.call(resModel, "action_case_journal", [[resId]])
        );
    }
}

registry.category("view_widgets").add("hotline_case_journal", { component: CaseJournal });
