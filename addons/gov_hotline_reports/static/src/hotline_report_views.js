import { openBehind } from "@gov_hotline_reports/behind/behind";
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

export class HotlineReportPivotRenderer extends PivotRenderer {
    /** An average of nothing is not nought: 0 % of no answers would be read as all of them late. */
    getFormattedValue(cell) {
        const empty = cell.value === false || cell.value === null || cell.value === undefined;
        return empty ? { value: NONE } : super.getFormattedValue(cell);
    }

    openView(domain, _views, _context, newWindow) {
        return openTotal(this, domain, newWindow);
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
