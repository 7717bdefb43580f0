import { Component, onWillStart, useState } from "@odoo/owl";
import { openBehind } from "@gov_hotline_reports/behind/behind";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const NONE = "—";
// A share opens all that it is of: here those it counts stand apart
const GROUPED = { lost_share: { group_by: ["fate"] } };

/** «Показатели»: the own day, the line, the region. Each figure opens what it was counted from. */
export class HotlineDashboard extends Component {
    static template = "gov_hotline_reports.Dashboard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        const { page, period } = this.props.state || {};
        this.state = useState({ told: null, period: period || "month" });
        this.display = { controlPanel: {} };
        // Back from the records of a figure: the same page of the same period
        useSetupAction({
            getLocalState: () => ({ page: this.told.page, period: this.state.period }),
        });
        onWillStart(() => this.read(page));
    }

    get told() {
        return this.state.told;
    }

    get pages() {
        const names = { head: _t("Region"), supervisor: _t("Line"), operator: _t("My day") };
        return this.told.pages.map((code) => ({ code, name: names[code] }));
    }

    get periods() {
        const names = {
            day: _t("Day"),
            week: _t("Week"),
            month: _t("Month"),
            quarter: _t("Quarter"),
        };
        return Object.entries(names).map(([code, name]) => ({ code, name }));
    }

    get daysWords() {
        return this.days([this.told.first, this.told.last]);
    }

    /** What the figures stand beside; the own day has its heading for it. */
    get besideWords() {
        const [, before, year] = this.told.spans;
        return before && _t("beside %s and %s", this.days(before), this.days(year));
    }

    days(span) {
        const [first, last] = span.map((day) => formatDate(deserializeDate(day)));
        return first === last ? first : `${first}–${last}`;
    }

    get heads() {
        return this.isOwn
            ? [_t("Today"), _t("Yesterday")]
            : [_t("Now"), _t("Before"), _t("A year ago")];
    }

    get isEmpty() {
        const { numbers, trend } = this.told;
        return (
            !this.tables.length &&
            ![
                ...numbers.map((one) => one.values[0]),
                ...trend.map((one) => one.received + one.processed),
            ].some(Boolean)
        );
    }

    get most() {
        const { trend } = this.told;
        return Math.max(1, ...trend.map((one) => Math.max(one.received, one.processed)));
    }

    get hasWords() {
        return this.told.problems.length + this.told.achievements.length > 0;
    }

    get isOwn() {
        return this.told.page === "operator";
    }

    get tables() {
        return this.told.tables.filter((table) => table.rows.length);
    }

    async read(page = this.told && this.told.page, period = this.state.period) {
        const told = await this.orm.call("hotline.report.dashboard", "look", [page, period]);
        Object.assign(this.state, { told, period });
    }

    shown(value, share) {
        if (value === null || value === undefined || value === false) {
            return NONE;
        }
        const text = share ? `${(value * 100).toFixed(1)} %` : String(value);
        return text.replace(".", ",");
    }

    before(one) {
        const shown = this.shown(one.values[1], one.share);
        return this.isOwn ? _t("yesterday: %s", shown) : _t("before: %s", shown);
    }

    yearAgo(one) {
        return one.values.length > 2
            ? _t("a year ago: %s", this.shown(one.values[2], one.share))
            : "";
    }

    /** Red only for what is overdue. */
    look(one) {
        return one.code === "overdue" ? (one.values[0] ? "text-danger" : "text-success") : "";
    }

    shade(value, most) {
        return value ? `background: rgba(60, 110, 159, ${0.12 + (0.68 * value) / most})` : "";
    }

    light(value, most) {
        return value / most > 0.6 ? "text-white" : "";
    }

    width(row, table) {
        const most = Math.max(1, ...table.rows.map((one) => one.values[0]));
        return `width: ${Math.round((100 * row.values[0]) / most)}%`;
    }

    tall(value) {
        return Math.round((120 * value) / this.most);
    }

    open(name, drill, code) {
        return drill && openBehind(this.action, drill[0], name, drill[1], false, GROUPED[code]);
    }
}

registry.category("actions").add("hotline_report_dashboard", HotlineDashboard);
