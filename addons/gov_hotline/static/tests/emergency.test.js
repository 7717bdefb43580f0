import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, edit, press, queryAllTexts, queryText } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    getService,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { session } from "@web/session";
import { AlarmBar } from "@gov_hotline/emergency/alarm_bar";
import { Workplace } from "@gov_hotline/workplace/workplace_action";
import { call, state } from "./workplace_data";

describe.current.tags("desktop");
defineMailModels();

const CARDS = [
    { id: 1, name: "112", lines: ["What?", "Where?", "Wait."], phone: "112", agency_name: "112" },
    { id: 2, name: "Child", lines: ["Who?", "Well?", "Now."], phone: "8 800", agency_name: "Help" },
].map((card) => ({ ...card, alarm: true, hold: true, disposition_id: 2 }));

function pressed(cardId, values = {}) {
    return { id: 31, card_id: cardId, taken_by: "", transferred: false, ...values };
}

async function mountWorkplace(answers) {
    onRpc("hotline.workplace", "*", ({ method, args }) => {
        const answer = { whose: [], get_state: state({ cards: CARDS }), ...answers }[method];
        return typeof answer === "function" ? answer(...args) : (answer ?? true);
    });
    return await mountWithCleanup(Workplace, { props: { action: {}, actionId: 1 } });
}

test("by keyboard out of a field: the alarm, three lines, the number, then the transfer", async () => {
    await mountWorkplace({
        start_call: ({ phone }) => {
            expect.step(`call ${phone}`);
            return call();
        },
        press_emergency: (callId, cardId) => {
            expect.step(`alarm ${callId} ${cardId}`);
            return call({ emergency: pressed(cardId) });
        },
        transfer_emergency: (alarmId) => {
            expect.step(`transfer ${alarmId}`);
            const emergency = pressed(2, { transferred: true });
            return { call: call({ emergency }), done: false, words: "Dial 8 800" };
        },
    });
    await click("input[name=phone]");
    await edit("8 913");
    await press(["ctrl", "alt", "2"]);
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["call 8 913", "alarm 7 2"]);
    expect(queryAllTexts(".o_hotline_emergency li")).toEqual(["Who?", "Well?", "Now."]);
    expect(queryText(".o_hotline_emergency .o_hotline_big")).toBe("8 800");
    expect("button[name=transfer_emergency]").toBeFocused();
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["transfer 31"]);
    expect(queryText(".o_hotline_emergency")).toInclude("Dial 8 800");
    expect("button[name=undo_emergency]").toHaveCount(0);
});

test("a slip is taken back; what was typed stays", async () => {
    await mountWorkplace({
        get_state: state({ cards: CARDS, call: call({ group: "consultation" }) }),
        press_emergency: (_callId, cardId) => call({ emergency: pressed(cardId) }),
        undo_emergency: (alarmId) => {
            expect.step(`undo ${alarmId}`);
            return call({ emergency: false });
        },
    });
    await click("textarea[name=question]");
    await edit("No heat");
    await click(".o_hotline_card:eq(0)");
    await animationFrame();
    await click("button[name=undo_emergency]");
    await animationFrame();
    expect.verifySteps(["undo 31"]);
    expect(".o_hotline_emergency").toHaveCount(0);
    expect("textarea[name=question]").toHaveValue("No heat");
});

test("the supervisor's bar: who, what, take it; who took it", async () => {
    const alarm = {
        id: 31,
        call_id: 7,
        number: "2026-7",
        causes: [{ name: "Child", fresh: false }],
        operator: "Zoya",
        at: "2026-11-23 07:04:00",
        state: "raised",
        taken_by: "",
        transferred: false,
    };
    patchWithCleanup(session, { hotline_alarms: [alarm] });
    onRpc("hotline.alarm", "action_take", ({ args }) => {
        expect.step(`take ${args[0]}`);
        return [{ ...alarm, state: "taken", taken_by: "Klim" }];
    });
    await makeMockEnv();
    await mountWithCleanup(AlarmBar, { noMainContainer: true });
    expect(queryText(".o_hotline_alarm")).toInclude("Child");
    expect(queryText(".o_hotline_alarm")).toInclude("Zoya");
    await click("button[name=take_alarm]");
    await animationFrame();
    expect.verifySteps(["take 31"]);
    expect(queryText(".o_hotline_alarm")).toInclude("Klim");
    const { put } = getService("gov_hotline.alarms");
    const causes = [...alarm.causes, { name: "112", fresh: true }];
    put({ ...alarm, id: 32, causes, taken_by: "Klim" });
    await animationFrame();
    expect(".o_hotline_alarm").toHaveCount(1);
    expect(queryText(".o_hotline_alarm .fs-4")).toBe("Child → 112new cause");
    expect(queryText(".o_hotline_alarm")).toInclude("Klim");
    expect("button[name=take_alarm]").toHaveCount(1);
    put({ ...alarm, id: 33, call_id: 8, number: "2026-8" });
    await animationFrame();
    expect(".o_hotline_alarm").toHaveCount(2);
    put({ ...alarm, id: 32, causes, state: "taken", taken_by: "Klim" });
    await animationFrame();
    await click("button[name=dismiss_alarm]");
    await animationFrame();
    expect(queryText(".o_hotline_alarm")).toInclude("2026-8");
});

test("the operator sees who has taken the call, whichever button was pressed last", async () => {
    const emergency = pressed(1, { causes: ["Child", "112"] });
    const workplace = await mountWorkplace({
        get_state: state({ cards: CARDS, call: call({ emergency }) }),
    });
    expect(queryText(".o_hotline_causes")).toInclude("Child → 112");
    workplace.model.onAlarm({ id: 30, call_id: 8, taken_by: "Other" });
    workplace.model.onAlarm({ id: 30, call_id: 7, taken_by: "Klim" });
    await animationFrame();
    expect(queryText(".o_hotline_alarm_told")).toInclude("Klim");
});
