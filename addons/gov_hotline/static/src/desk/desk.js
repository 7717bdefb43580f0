import { useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { calendarView } from "@web/views/calendar/calendar_view";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";
import { DeskSearchModel } from "./desk_search";

const DANGER = ["today", "overdue", "decision_today"];

/** The counters of what burns, above the list, the kanban and the calendar alike. */
export class DeskControlPanel extends ControlPanel {
    static template = "gov_hotline.DeskControlPanel";

    setup() {
        super.setup();
        this.deskOrm = useService("orm");
        this.counts = useState({ values: {} });
        this.newest = new KeepLast();
        useBus(this.env.searchModel, "update", () => this.count());
        this.count();
    }

    /** Ask for the numbers; the list does not wait for them. */
    async count() {
        const domain = this.env.searchModel.countedDomain;
        const asked = this.deskOrm.silent.call("helpdesk.ticket", "desk_counts", [domain]);
        this.counts.values = await this.newest.add(asked);
    }

    get counters() {
        const { searchModel } = this.env;
        return searchModel.counterItems.map((item, index) => ({
            item,
            chosen: searchModel.isChosen(item),
            count: this.counts.values[item.name] ?? "…",
            burns: Boolean(DANGER.includes(item.name) && this.counts.values[item.name]),
            hotkey: String(index + 1),
        }));
    }

    choose({ item }) {
        this.env.searchModel.choose(item);
    }
}

const desk = { ControlPanel: DeskControlPanel, SearchModel: DeskSearchModel };
const views = registry.category("views");
views.add("hotline_desk_list", { ...listView, ...desk });
views.add("hotline_desk_kanban", { ...kanbanView, ...desk });
views.add("hotline_desk_calendar", { ...calendarView, ...desk });
