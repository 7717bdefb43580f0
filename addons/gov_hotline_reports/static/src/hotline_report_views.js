import { Domain } from "@web/core/domain";
import { registry } from "@web/core/registry";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

/** What the rows of each analysis were counted from, and its field that leads to the rows. */
const BEHIND = {
    "hotline.report.case": ["helpdesk.ticket", "report_case_ids"],
    "hotline.report.question": ["hotline.question", "report_question_ids"],
    "hotline.report.assignment": ["hotline.assignment", "report_assignment_ids"],
    "hotline.report.call": ["hotline.call", "report_call_ids"],
    "hotline.report.shift": ["hotline.operator.state", "report_shift_ids"],
};

/** A total opens the records it was counted from, not the lines of the report. */
export function openBehind(actionService, model, name, domain, newWindow) {
    const [resModel, rows] = BEHIND[model];
    return actionService.doAction(
        {
            type: "ir.actions.act_window",
            name,
            res_model: resModel,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [[rows, "any", new Domain(domain).toList()]],
            target: "current",
        },
        { newWindow }
    );
}

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
