import { useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { ControlPanel } from "@web/search/control_panel/control_panel";
import { calendarView } from "@web/views/calendar/calendar_view";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";
import { COUNTERS, DeskSearchModel } from "./desk_search";

const DANGER = ["today", "overdue", "decision_today"];

/** The counters of what burns, above the list, the kanban and the calendar alike. */
export class DeskControlPanel extends ControlPanel {
    static template = "gov_hotline.DeskControlPanel";

    setup() {
        super.setup();
        this.deskOrm = useService("orm");
        this.counts = useState({ values: {} });
        this.newest = new KeepLast();
        COUNTERS.forEach((name, index) => this.useCounterKey(name, `alt+${index + 1}`));
        useBus(this.env.searchModel, "update", () => this.count());
        this.count();
    }

    /** The sections of the main menu claim the same keys in the page: a registered key goes first. */
    useCounterKey(name, hotkey) {
        const find = () => this.counters.find(({ item }) => item.name === name);
        useHotkey(hotkey, () => this.choose(find()), {
            bypassEditableProtection: true,
            isAvailable: () => Boolean(find()),
            withOverlay: () => this.root.el?.querySelector(`[data-counter=${name}]`),
        });
    }

    /** Ask for the numbers; the list does not wait for them. */
    async count() {
        const domain = this.env.searchModel.countedDomain;
        const asked = this.deskOrm.silent.call("helpdesk.ticket", "desk_counts", [domain]);
        this.counts.values = await this.newest.add(asked);
    }

    get counters() {
        const { searchModel } = this.env;
        return searchModel.counterItems.map((item) => ({
            item,
            chosen: searchModel.isChosen(item),
            count: this.counts.values[item.name] ?? "…",
            burns: Boolean(DANGER.includes(item.name) && this.counts.values[item.name]),
        }));
    }

    choose({ item }) {
        this.env.searchModel.choose(item);
    }
}

/** A line of the month is a few words long: the number and whose the case is. */
export class DeskCalendarModel extends CalendarModel {
    normalizeRecord(raw) {
        const { number, applicant_short } = raw;
        const title = [number, applicant_short].filter(Boolean).join(" ");
        return { ...super.normalizeRecord(raw), title };
    }
}

const desk = { ControlPanel: DeskControlPanel, SearchModel: DeskSearchModel };
const views = registry.category("views");
views.add("hotline_desk_list", { ...listView, ...desk });
views.add("hotline_desk_kanban", { ...kanbanView, ...desk });
views.add("hotline_desk_calendar", { ...calendarView, ...desk, Model: DeskCalendarModel });
