import { describe, expect, test } from "@odoo/hoot";
import { isAct, reasonWizard } from "@gov_hotline/acts/reason";

describe.current.tags("headless");

test("only a button's act is run again with a reason", () => {
    expect(isAct({ model: "hotline.answer", method: "action_give", args: [[5]] })).toBe(true);
    expect(isAct({ model: "hotline.answer", method: "write", args: [[5], {}] })).toBe(false);
    expect(isAct({ model: "helpdesk.ticket", method: "action_override", args: [[5], "X"] })).toBe(
        false
    );
    expect(isAct(undefined)).toBe(false);
});

test("the wizard is told the act, its records and the warnings", () => {
    const call = { model: "hotline.answer", method: "action_give", args: [[5, 6]] };
    const { context, res_model, target } = reasonWizard(call, [
        ["A x", "а"],
        ["B y", "б"],
    ]);
    expect(res_model).toBe("hotline.reason.wizard");
    expect(target).toBe("new");
    expect(context).toEqual({
        default_res_model: "hotline.answer",
        default_res_ids: "[5,6]",
        default_method: "action_give",
        default_line_ids: [
            [0, 0, { key: "A x", warning: "а" }],
            [0, 0, { key: "B y", warning: "б" }],
        ],
    });
});
