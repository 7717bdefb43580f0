import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, edit, queryValue } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { getMockEnv, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { OPEN_CALL, Workplace } from "@gov_hotline/workplace/workplace_action";
import { answerWorkplace, call, mountWorkplace, state } from "./workplace_data";

describe.current.tags("desktop");
defineMailModels();

const OTHER = call({ id: 8, number: "2026-000008", phone: { display: "+7 8", kind: "number" } });

function turn(callId, gently = false) {
    const detail = { callId, gently };
    getMockEnv().bus.trigger(OPEN_CALL, detail);
    return detail;
}

test("B2: an open workplace turns to the call; what was typed in the other is kept first", async () => {
    await mountWorkplace({
        get_state: state({ call: call({ group: "consultation" }) }),
        save_call: (callId, { question }) => {
            expect.step(`save ${callId} ${question}`);
            return true;
        },
        open_call: (callId) => {
            expect.step(`open ${callId}`);
            return OTHER;
        },
    });
    await click("textarea[name=question]");
    await edit("No heat");
    await turn(8).taken;
    await animationFrame();
    expect.verifySteps(["save 7 No heat", "open 8"]);
    expect(queryValue("input[name=phone]")).toBe("+7 8");
});

test("B2: gently: a talk on the screen stays, an empty workplace takes the call", async () => {
    await mountWorkplace({ get_state: state({ call: call() }), open_call: OTHER });
    expect(turn(8, true).taken).toBe(undefined);
    expect(queryValue("input[name=phone]")).toBe("+7 913 555-01-01");
});

test("B2: gently, and no talk on the screen: the call is there", async () => {
    await mountWorkplace({ get_state: state(), open_call: OTHER });
    await turn(8, true).taken;
    await animationFrame();
    expect(queryValue("input[name=phone]")).toBe("+7 8");
});

test("B2: the workplace opens with the call it was asked for, not with the newest", async () => {
    answerWorkplace({
        get_state: state({ call: call(), open_calls: [{ id: 7 }, { id: 8 }] }),
        open_call: OTHER,
    });
    const action = { params: { call_id: 8 } };
    await mountWithCleanup(Workplace, { props: { action, actionId: 1 } });
    expect(queryValue("input[name=phone]")).toBe("+7 8");
});

test("B2: a call closed since is not opened again by a reload", async () => {
    answerWorkplace({ get_state: state({ call: call(), open_calls: [{ id: 7 }] }) });
    const action = { params: { call_id: 8 } };
    await mountWithCleanup(Workplace, { props: { action, actionId: 1 } });
    expect(queryValue("input[name=phone]")).toBe("+7 913 555-01-01");
});
