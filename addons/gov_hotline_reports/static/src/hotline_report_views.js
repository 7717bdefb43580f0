import { openBehind } from "@gov_hotline_reports/behind/behind";
import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

function openTotal(renderer, domain, newWindow) {
    const { resModel, title } = renderer.model.metaData;
    return openBehind(renderer.actionService, resModel, title, domain, newWindow);
}

const NONE = "—";
/** What a share is of, and what days over the date are counted of. */
const OF = {
    in_term: [["judged", "=", 1]],
    discipline: [["judged", "=", 1]],
    solved: [["judged", "=", 1]],
    level: [["offered", "=", 1]],
    lost_share: [["offered", "=", 1]],
    kept_share: ["|", ["kept", "=", 1], ["broken", "=", 1]],
    days_late: [["days_late", ">", 0]],
};

/** The rows that a measure counts; each other whole number is 1 or 0 of a row, but of the shifts. */
export function countedBy(model, measure, field) {
    if (measure in OF) {
        return OF[measure];
    }
    const isFlag = field && field.type === "integer" && model !== "hotline.report.shift";
    return isFlag && measure !== "__count" ? [[measure, "=", 1]] : [];
}

export class HotlineReportPivotRenderer extends PivotRenderer {
    /** An average of nothing is not nought: 0 % of no answers would be read as all of them late. */
    getFormattedValue(cell) {
        const empty = cell.value === false || cell.value === null || cell.value === undefined;
        return empty ? { value: NONE } : super.getFormattedValue(cell);
    }

    /** A figure opens what it counts, not its whole group. */
    onOpenView(cell, newWindow) {
        this.clicked = cell.measure;
        return super.onOpenView(cell, newWindow);
    }

    openView(domain, _views, _context, newWindow) {
        const { measures, resModel } = this.model.metaData;
        const counted = countedBy(resModel, this.clicked, measures[this.clicked]);
        return openTotal(this, Domain.and([domain, counted]).toList(), newWindow);
    }
}

export class HotlineReportGraphRenderer extends GraphRenderer {
    /** Appeals and calls are whole: no «20,00» at the axis. */
    formatValue(value, allIntegers = true, formatType = "") {
        return super.formatValue(value, allIntegers || Number.isInteger(value), formatType);
    }

    openView(domain, _views, _context, newWindow) {
        return openTotal(this, domain, newWindow);
    }
}

registry.category("views").add("hotline_report_pivot", {
    ...pivotView,
    Renderer: HotlineReportPivotRenderer,
});
registry.category("views").add("hotline_report_graph", {
    ...graphView,
    Renderer: HotlineReportGraphRenderer,
});
