import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

/** A total opens the appeals it was counted from, not the lines of the report. */
function openAppeals(renderer, domain, newWindow) {
    return renderer.actionService.doAction(
        {
            type: "ir.actions.act_window",
            name: renderer.model.metaData.title,
            res_model: "helpdesk.ticket",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["report_case_ids", "any", new Domain(domain).toList()]],
            target: "current",
        },
        { newWindow }
    );
}

export class HotlineReportPivotRenderer extends PivotRenderer {
    openView(domain, _views, _context, newWindow) {
        return openAppeals(this, domain, newWindow);
    }
}

export class HotlineReportGraphRenderer extends GraphRenderer {
    openView(domain, _views, _context, newWindow) {
        return openAppeals(this, domain, newWindow);
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
