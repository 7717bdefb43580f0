import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, edit, press, queryAllTexts, queryText } from "@odoo/hoot-dom";
import { Deferred, advanceTime, mockDate } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { contains, defineMailModels, start, startServer } from "@mail/../tests/mail_test_helpers";
import {
    contains as find,
    makeMockEnv,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import { workplaceTransfers } from "@gov_hotline/workplace/workplace_registries";
import { answerHandset, look, readyPhone, talk } from "./phone_data";

describe.current.tags("desktop");
defineMailModels();

class Page extends Component {
    static template = xml`<input name="typed"/>`;
    static props = {};
}

/** A page with the strip below it, and what was asked of the handset. */
async function open(answers = {}) {
    const asked = [];
    const write =
        (name) =>
        (...args) => {
            asked.push([name, ...args]);
            return { command_id: 9 };
        };
    const acts = ["dial", "hold", "unhold", "hangup", "complete", "cancel", "conference"];
    const written = Object.fromEntries(acts.map((name) => [name, write(name)]));
    answerHandset({ ...written, ...answers });
    await makeMockEnv();
    const phone = await readyPhone();
    await mountWithCleanup(Page);
    return { phone, asked };
}

function buttons() {
    return queryAllTexts(".o_hotline_strip button:not([name=close_outcome], [name=link])");
}

test("nothing is asked and nothing shown where the session has no telephone", async () => {
    onRpc("hotline.handset", "*", ({ method }) => expect.step(method));
    await makeMockEnv();
    await mountWithCleanup(Page);
    await advanceTime(1000);
    expect(".o_hotline_strip").toHaveCount(0);
    expect.verifySteps([]);
});

test("E9: who talks, how long by the server's clock, and only what may be done", async () => {
    mockDate("2020-01-01 00:00:00");
    const { phone } = await open();
    phone.onCall(talk());
    await animationFrame();
    expect(queryText(".o_hotline_strip_who")).toBe("Иванова М. П.");
    expect(queryText(".o_hotline_strip_number")).toBe("+7 913 555-01-01");
    expect(queryText(".o_hotline_clock")).toBe("04:12");
    expect(buttons()).toEqual([
        "Put on hold",
        "Transfer…",
        "Open the card",
        "Emergency",
        "End the call",
    ]);
    await advanceTime(2000);
    await animationFrame();
    expect(queryText(".o_hotline_clock")).toBe("04:14");
});

test("a call that rings at the operator is the pop's; one dialled is the strip's", async () => {
    const { phone } = await open();
    phone.onCall(talk({ phase: "ringing", may: [] }));
    await animationFrame();
    expect(".o_hotline_strip").toHaveCount(0);
    phone.onCall(talk({ phase: "ringing", direction: "out", may: ["hangup"] }));
    await animationFrame();
    expect(queryText(".o_hotline_strip_words")).toBe("Calling");
    phone.onCall(talk({ phase: "ringing", direction: "out", own_rings: true, may: ["hangup"] }));
    await animationFrame();
    expect(queryText(".o_hotline_strip_words")).toBe("Lift your telephone");
    expect(buttons()).toEqual(["Open the card", "End the call"]);
});

test("keys out of a field: hold and back, conference, hang up; the focus stays", async () => {
    const { phone, asked } = await open();
    phone.onCall(talk({ may: ["hold", "conference", "hangup"] }));
    await click("input[name=typed]");
    await press(["ctrl", "alt", "h"]);
    await animationFrame();
    phone.onCall(talk({ phase: "held", may: ["unhold", "conference", "hangup"] }));
    await animationFrame();
    expect(queryText(".o_hotline_strip_words")).toBe("On hold");
    await press(["ctrl", "alt", "h"]);
    await press(["ctrl", "alt", "k"]);
    await animationFrame();
    await press(["ctrl", "alt", "e"]);
    await animationFrame();
    expect(asked.map(([name]) => name)).toEqual(["hold", "unhold", "conference", "hangup"]);
    expect(asked[0]).toEqual(["hold", 5]);
    expect("input[name=typed]").toBeFocused();
});

test("a consultation: with whom, then «Connect them» or back to the caller", async () => {
    const { phone, asked } = await open();
    const consult = { to: "Петров", phase: "ringing" };
    phone.onCall(talk({ phase: "held", consult, may: ["cancel"] }));
    await animationFrame();
    expect(queryText(".o_hotline_consult")).toBe("Calling: Петров");
    expect("button[name=complete]").toHaveCount(0);
    phone.onCall(talk({ consult: { ...consult, phase: "talking" }, may: ["complete", "cancel"] }));
    await animationFrame();
    expect(queryText(".o_hotline_consult")).toBe("You talk with: Петров");
    await click("button[name=complete]");
    await animationFrame();
    await press(["ctrl", "alt", "x"]);
    await animationFrame();
    expect(asked).toEqual([
        ["complete", 5],
        ["cancel", 5],
    ]);
});

test("B6: three talk: who goes leaves the two together", async () => {
    const { phone } = await open();
    const consult = { to: "Петров", phase: "joined" };
    phone.onCall(talk({ consult, may: ["complete", "hangup"] }));
    await animationFrame();
    expect(queryText(".o_hotline_consult")).toBe("All three talk: you and Петров");
    expect(queryText("button[name=complete]")).toBe("Leave the two together");
    expect("button[name=conference]").toHaveCount(0);
    expect("button[name=cancel]").toHaveCount(0);
});

test("E9: a dropped call keeps the draft and offers the call-back, linked to it", async () => {
    const { phone, asked } = await open();
    phone.onCall(talk());
    phone.onCall({ call_id: 5, phase: "over", dropped: true });
    await animationFrame();
    expect(queryText(".o_hotline_strip_words")).toBe("The connection broke off");
    expect(queryText(".o_hotline_strip")).toInclude("What you typed is kept.");
    await press(["ctrl", "alt", "b"]);
    await animationFrame();
    expect(asked).toEqual([["dial", "+7 913 555-01-01", 5]]);
    expect(queryText(".o_hotline_strip_words")).toBe("Your telephone rings: pick it up");
});

test("B1: one key, an appeal of the caller's or any other as one types: the call is about it", async () => {
    const cases = [{ kind: "case", id: 3, title: "И-3/2026", subtitle: "Иванова, In work" }];
    const typed = [{ kind: "case", id: 4, title: "И-4/2026", subtitle: "Орлов, In work" }];
    onRpc("hotline.workplace", "cases_to_link", ({ args: [callId, text] }) => {
        expect.step([callId, text]);
        return text ? typed : cases;
    });
    onRpc("hotline.workplace", "link_case", ({ args: [callId, id] }) => {
        expect.step(`link ${callId} ${id}`);
        return { id, number: `И-${id}/2026` };
    });
    const { phone } = await open();
    phone.onCall(talk());
    await click("input[name=typed]");
    await press(["ctrl", "alt", "f"]);
    await animationFrame();
    expect("input[name=case]").toBeFocused();
    expect(queryAllTexts(".o_hotline_link_row strong")).toEqual(["И-3/2026"]);
    await press("Enter");
    await animationFrame();
    expect(".o_hotline_link").toHaveCount(0);
    expect(queryText(".o_hotline_strip")).toInclude("И-3/2026");
    await click("button[name=link]");
    await animationFrame();
    await edit("orlov", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(queryAllTexts(".o_hotline_link_row strong")).toEqual(["И-4/2026"]);
    await press("Enter");
    await animationFrame();
    expect(queryText(".o_hotline_strip")).toInclude("И-4/2026");
    expect.verifySteps([[5, ""], "link 5 3", [5, ""], [5, "orlov"], "link 5 4"]);
});

test("what the server refuses to link is said in the dialog", async () => {
    onRpc("hotline.workplace", "cases_to_link", () => [
        { kind: "case", id: 3, title: "И-3/2026", subtitle: "" },
    ]);
    onRpc("hotline.workplace", "link_case", () => {
        throw makeServerError({ type: "odoo.exceptions.UserError", message: "A case was made" });
    });
    const { phone } = await open();
    phone.onCall(talk());
    await animationFrame();
    await click("button[name=link]");
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect(".o_hotline_link [role=alert]").toHaveText("A case was made");
    expect(".o_hotline_link").toHaveCount(1);
});

test("E9: a page that opens hears the last minute once more: what is over does not come up", async () => {
    const LATE = 1e9; // newer than any message of this test
    const ring = { call_id: 8, phone: "+7 8", kind: "number", line: "", people: [] };
    const answer = new Deferred();
    answerHandset({ look: () => answer });
    const pyEnv = await startServer();
    const env = await start();
    env.bus.addEventListener("GOV_HOTLINE:OPEN_CALL", () => expect.step("opened"));
    const [partner] = pyEnv["res.partner"].read(serverState.partnerId);
    const send = (type, payload) =>
        pyEnv["bus.bus"]._sendone(partner, `gov_hotline.${type}`, payload);
    send("call_ringing", { ...ring, call_id: 5 });
    send("phone_call", talk({ phase: "ringing" }));
    send("phone_call", talk());
    await advanceTime(1000);
    expect(".o_hotline_ringing").toHaveCount(0);
    answer.resolve({ ...look(), heard: LATE, ringing: [ring] });
    await contains(".o_hotline_ringing", { text: "+7 8" });
    await advanceTime(1000);
    expect(".o_hotline_ringing").toHaveCount(1);
    expect(".o_hotline_strip").toHaveCount(0);
    expect.verifySteps([]);
});

test("E9: what comes while the page asks the server is told after its answer", async () => {
    const answer = new Deferred();
    answerHandset({ look: () => answer });
    const pyEnv = await startServer();
    await start();
    const [partner] = pyEnv["res.partner"].read(serverState.partnerId);
    pyEnv["bus.bus"]._sendone(partner, "gov_hotline.phone_call", talk());
    await advanceTime(1000);
    expect(".o_hotline_strip").toHaveCount(0);
    answer.resolve({ ...look(), heard: 0, ringing: [] });
    await contains(".o_hotline_strip_words", { text: "Talk" });
});

test("B2: why the citizen was not reached stands in the strip, with «Call again»", async () => {
    const { phone, asked } = await open();
    phone.onCall({ ...talk(), direction: "out", phase: "ringing" });
    phone.onCall({ call_id: 5, phase: "over", dropped: false, words: "The number is busy." });
    await animationFrame();
    expect(queryText(".o_hotline_strip_words")).toBe("The number is busy.");
    await press(["ctrl", "alt", "b"]);
    await animationFrame();
    expect(asked).toEqual([["dial", "+7 913 555-01-01", 5]]);
});

test("the end of another call changes nothing; the end of this one ends the strip", async () => {
    const { phone } = await open();
    phone.onCall(talk());
    phone.onCall({ call_id: 4, phase: "over", dropped: false });
    await animationFrame();
    expect(".o_hotline_strip").toHaveCount(1);
    phone.onCall({ call_id: 5, phase: "over", dropped: false });
    await animationFrame();
    expect(".o_hotline_strip").toHaveCount(0);
});

test("C2: in the wrap-up the card and «Done» stay, and no clock runs", async () => {
    const { phone } = await open({ finish_wrap_up: () => expect.step("done") });
    phone.onCall(talk());
    phone.onCall({ call_id: 5, phase: "over", dropped: false });
    phone.onPresence({ state: "wrap_up", since: "2026-11-22 09:05:00" });
    await animationFrame();
    expect(queryText(".o_hotline_strip_words")).toBe("The talk is over");
    expect(".o_hotline_clock").toHaveCount(0);
    expect(buttons()).toEqual(["Open the card", "Done, to the line"]);
    await click("button[name=finish_wrap_up]");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["done"]);
    expect(".o_hotline_strip").toHaveCount(0);
});

test("«Open the card»: the workplace with this call", async () => {
    mockService("action", {
        loadAction: async (action) => ({ tag: action }),
        doAction: ({ tag, params }) => expect.step([tag, params.call_id]),
    });
    const { phone } = await open();
    phone.onCall(talk());
    await animationFrame();
    await click("button[name=open_card]");
    await animationFrame();
    expect.verifySteps([["gov_hotline.hotline_workplace_action", 5]]);
});

test("B2: what is answered by lifting the handset opens gently; its pop goes", async () => {
    answerHandset();
    const pyEnv = await startServer();
    const env = await start();
    await readyPhone();
    env.bus.addEventListener("GOV_HOTLINE:OPEN_CALL", ({ detail }) => {
        expect.step([detail.callId, detail.gently]);
    });
    const [partner] = pyEnv["res.partner"].read(serverState.partnerId);
    const send = (type, payload) =>
        pyEnv["bus.bus"]._sendone(partner, `gov_hotline.${type}`, payload);
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return {};
    });
    const people = [{ id: 11, name: "Иванова М. П.", address: "", open: 0 }];
    send("call_ringing", { call_id: 5, phone: "+7 9", kind: "number", line: "", people });
    send("phone_call", talk({ phase: "ringing" }));
    await contains(".o_hotline_ringing");
    send("phone_call", talk());
    await contains(".o_hotline_strip");
    await contains(".o_hotline_ringing", { count: 0 });
    send("phone_call", talk({ phase: "held", may: ["unhold"] }));
    await contains(".o_hotline_strip_words", { text: "On hold" });
    send("phone_call", talk());
    await contains(".o_hotline_strip_words", { text: "Talk" });
    expect.verifySteps([
        [[5], 11],
        [5, true],
    ]);
});

test("an emergency is transferred by the server: its end is told on this page", async () => {
    const { phone } = await open();
    await workplaceTransfers.get("gov_hotline.phone")();
    phone.onCommand({ command_id: 77, kind: "blind", state: "failed", words: "Busy" });
    await animationFrame();
    expect(".o_notification").toHaveText("Busy");
    phone.onCommand({ command_id: 78, kind: "blind", state: "failed", words: "Of another page" });
    await animationFrame();
    expect(".o_notification").toHaveCount(1);
});

test("after a reload the running call is there again", async () => {
    await open({ look: look({ call: talk() }) });
    await animationFrame();
    await find(".o_hotline_strip_who").click();
    expect(queryText(".o_hotline_strip_who")).toBe("Иванова М. П.");
});

test("after a reload the card to be finished is there again, with its button", async () => {
    const presence = { state: "wrap_up", words: "", reason: "", since: "2026-11-22 09:05:00" };
    const last = { call_id: 5, phone: "+7 913 555-01-01", who: "" };
    let seen = look({ presence, last });
    await open({
        look: () => seen,
        finish_wrap_up: () => {
            expect.step("done");
            seen = look();
        },
    });
    expect(".o_hotline_strip_who").toHaveText("+7 913 555-01-01");
    expect("button[name=open_card]").toHaveCount(1);
    await click("button[name=finish_wrap_up]");
    await animationFrame();
    expect.verifySteps(["done"]);
    expect(".o_hotline_strip").toHaveCount(0);
});
