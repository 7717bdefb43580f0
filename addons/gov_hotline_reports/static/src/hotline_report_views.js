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

export class HotlineReportPivotRenderer extends PivotRenderer {
    openView(domain, _views, _context, newWindow) {
        return openTotal(this, domain, newWindow);
    }
}

export class HotlineReportGraphRenderer extends GraphRenderer {
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
