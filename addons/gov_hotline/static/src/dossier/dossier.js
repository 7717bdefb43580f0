import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const NO_FILTERS = { text: "", year: false, state: "", topic: false, mark: "" };
const LEVELS = {
    danger: "text-danger",
    warning: "o_hotline_amber",
    done: "text-muted",
};
const BADGES = {
    danger: "text-bg-danger",
    warning: "text-bg-warning",
    info: "text-bg-info",
    light: "text-bg-light border",
};
// Places of a row stay where they are from page to page.
const WIDTHS = {
    appeals: [14, 11, 39, 19, 17],
    stopped: [12, 40, 14, 16, 18],
    answers: [15, 25, 32, 16, 12],
    executors: [15, 25, 30, 14, 16],
    additions: [14, 14, 40, 16, 16],
    calls: [15, 30, 25, 15, 15],
    receptions: [15, 30, 25, 16, 14],
    tasks: [15, 35, 15, 18, 17],
    external: [14, 11, 39, 19, 17],
};
const EVENLY = [20, 20, 20, 20, 20];

/** «Личное дело»: counts, filters and every section of one person, each by pages (B7). */
export class Dossier extends Component {
    static template = "gov_hotline.Dossier";
    static props = { partnerId: Number };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ head: null, sections: [], filters: { ...NO_FILTERS } });
        this.searchSoon = useDebounced(() => this.load(), 350);
        onWillStart(() => this.load());
        onWillUpdateProps(({ partnerId }) => {
            if (partnerId !== this.props.partnerId) {
                Object.assign(this.state.filters, NO_FILTERS);
                return this.load(partnerId);
            }
        });
    }

    async load(partnerId = this.props.partnerId) {
        const call = this.orm.call("hotline.dossier", "get_dossier", [
            partnerId,
            { ...this.state.filters },
        ]);
        Object.assign(this.state, await this.keepLast.add(call));
    }

    get shown() {
        return this.state.sections.filter((one) => one.total || one.key === "appeals");
    }

    get isFiltered() {
        return Object.values(this.state.filters).some(Boolean);
    }

    get states() {
        return [
            ["", _t("Any state")],
            ["open", _t("Being considered")],
            ["overdue", _t("Overdue")],
            ["closed", _t("Ended cases")],
            ["draft", _t("Drafts")],
        ];
    }

    /** The counts on top; a click narrows the dossier to them, another one widens it again. */
    get counters() {
        const { head } = this.state;
        return [
            { name: _t("Appeals"), count: head.total, filter: {} },
            { name: _t("Being considered"), count: head.open, filter: { state: "open" } },
            {
                name: _t("Overdue"),
                count: head.overdue,
                filter: { state: "overdue" },
                level: "text-danger",
            },
            { name: _t("Repeats"), count: head.repeat, filter: { mark: "repeat" } },
            {
                name: _t("Collective appeals"),
                count: head.collective,
                filter: { mark: "collective" },
            },
            { name: _t("Drafts"), count: head.draft, filter: { state: "draft" } },
        ].filter((one, index) => index === 0 || one.count);
    }

    isOn({ filter }) {
        const wanted = { ...NO_FILTERS, ...filter };
        return ["state", "mark"].every((name) => this.state.filters[name] === wanted[name]);
    }

    toggle(counter) {
        const filter = this.isOn(counter) ? {} : counter.filter;
        return this.set({ state: "", mark: "", ...filter });
    }

    set(values) {
        Object.assign(this.state.filters, values);
        return this.load();
    }

    reset() {
        return this.set(NO_FILTERS);
    }

    type(text) {
        this.state.filters.text = text;
        this.searchSoon();
    }

    async turn(section, step) {
        const offset = Math.max(0, section.offset + step * section.limit);
        const page = await this.keepLast.add(
            this.orm.call("hotline.dossier", "get_section", [
                this.props.partnerId,
                section.key,
                { ...this.state.filters },
                offset,
            ])
        );
        const index = this.state.sections.findIndex((one) => one.key === section.key);
        this.state.sections[index] = page;
    }

    pagerWords({ offset, rows, total }) {
        return _t("%(first)s–%(last)s of %(total)s", {
            first: offset + 1,
            last: offset + rows.length,
            total,
        });
    }

    levelClass(level) {
        return LEVELS[level] || "";
    }

    badgeClass(level) {
        return BADGES[level] || BADGES.light;
    }

    width(section, index) {
        return `width: ${(WIDTHS[section.key] || EVENLY)[index]}%`;
    }

    /** From a talk's dialog the record opens in a dialog: the talk stays where it is. */
    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
            target: this.env.inDialog ? "new" : "current",
        });
    }

    async print() {
        const action = await this.orm.call("res.partner", "action_print_dossier", [
            [this.props.partnerId],
            { ...this.state.filters },
        ]);
        return this.action.doAction(action);
    }
}

/** The dossier on the form of a citizen. */
export class DossierWidget extends Component {
    static template = "gov_hotline.DossierWidget";
    static components = { Dossier };
    static props = { ...standardWidgetProps };
}

registry.category("view_widgets").add("hotline_dossier", { component: DossierWidget });
