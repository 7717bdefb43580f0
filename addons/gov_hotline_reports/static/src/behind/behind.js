import { Domain } from "@web/core/domain";

/** What the rows of each analysis were counted from, and its field that leads to the rows. */
const BEHIND = {
    "hotline.report.case": ["helpdesk.ticket", "report_case_ids"],
    "hotline.report.question": ["hotline.question", "report_question_ids"],
    "hotline.report.assignment": ["hotline.assignment", "report_assignment_ids"],
    "hotline.report.call": ["hotline.call", "report_call_ids"],
    "hotline.report.shift": ["hotline.operator.state", "report_shift_ids"],
};

/**
 * A total opens the records it was counted from, not the lines of the report. A date that had to
 * be kept is a term or a control date: of both there is no other list than the analysis itself.
 */
export function openBehind(actionService, model, name, domain, newWindow, context = {}) {
    const [resModel, rows] = BEHIND[model] || [model];
    const own = new Domain(domain).toList();
    return actionService.doAction(
        {
            type: "ir.actions.act_window",
            name,
            res_model: resModel,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: rows ? [[rows, "any", own]] : own,
            target: "current",
            context,
        },
        { newWindow }
    );
}
