import { expect, test } from "@odoo/hoot";
import { animationFrame, press, queryAllTexts } from "@odoo/hoot-dom";
import {
    click,
    contains,
    defineMailModels,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {
    getMockEnv,
    getService,
    mockService,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";

defineMailModels();

const IVANOVA = {
    id: 11,
    name: "Иванова М. П.",
    address: "ул. Ленина, 15",
    open: 2,
    cases: [{ number: "И-401/2026", state: "In work" }],
    accounts: ["4410-0093"],
    objects: ["ул. Ленина, 15", "двор"],
};
const IVANOV = { id: 12, name: "Иванов П. С.", address: "ул. Ленина, 15", open: 0 };
const SCREEN = { type: "ir.actions.client", tag: "some_screen" };

/** Open the web client; return what sends a message of the server to this user. */
async function open() {
    const pyEnv = await startServer();
    mockService("action", { doAction: (action) => expect.step(action.tag) });
    await start();
    const [partner] = pyEnv["res.partner"].read(serverState.partnerId);
    return (type, payload) => pyEnv["bus.bus"]._sendone(partner, `gov_hotline.${type}`, payload);
}

function call(more) {
    return { call_id: 5, phone: "+7 913 555-01-01", kind: "number", line: "", people: [], ...more };
}

test("E9: one person on the number: name, open cases, Enter opens", async () => {
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return SCREEN;
    });
    const send = await open();
    send("call_ringing", call({ people: [IVANOVA] }));
    await contains(".o_hotline_who", { text: "Иванова М. П." });
    await contains(".o_hotline_open_cases", { text: "open cases: 2" });
    await animationFrame();
    expect(".o_hotline_ringing [name='open']").toBeFocused();
    await press("Enter");
    await contains(".o_hotline_ringing", { count: 0 });
    await animationFrame();
    expect.verifySteps([[[5], 11], "some_screen"]);
});

test("E9: what she may ask about: appeals, accounts, objects; her address is told once", async () => {
    const send = await open();
    send("call_ringing", call({ people: [IVANOVA] }));
    await contains(".o_hotline_pop_fact", { count: 3 });
    expect(queryAllTexts(".o_hotline_pop_fact")).toEqual([
        "Appeals: И-401/2026 in work, 1 more",
        "Acc.: 4410-0093",
        "Objects: двор",
    ]);
});

test("E9: «Dossier» opens beside what is on the screen; it rings on", async () => {
    const pyEnv = await startServer();
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id, action.target]),
    });
    await start();
    const [partner] = pyEnv["res.partner"].read(serverState.partnerId);
    const ring = call({ people: [IVANOVA] });
    pyEnv["bus.bus"]._sendone(partner, "gov_hotline.call_ringing", ring);
    await click(".o_hotline_ringing [name='dossier']");
    expect.verifySteps([["res.partner", 11, "new"]]);
    await contains(".o_hotline_ringing", { count: 1 });
});

test("B1: one key opens the call and asks which appeal it is about", async () => {
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return SCREEN;
    });
    onRpc("hotline.workplace", "cases_to_link", ({ args }) => {
        expect.step(args);
        return [{ kind: "case", id: 3, title: "И-401/2026", subtitle: "Иванова" }];
    });
    const send = await open();
    send("call_ringing", call({ people: [IVANOVA] }));
    await contains(".o_hotline_ringing");
    await press(["ctrl", "alt", "f"]);
    await contains(".o_hotline_link_row", { text: "И-401/2026Иванова" });
    await contains(".o_hotline_ringing", { count: 0 });
    expect.verifySteps([[[5], 11], "some_screen", [5, ""]]);
});

test("E9: keys out of a field: Ctrl+Alt+O opens the card, Ctrl+Alt+N a new one", async () => {
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return SCREEN;
    });
    const send = await open();
    const input = document.createElement("input");
    document.querySelector(".o-main-components-container").append(input);
    input.value = "8 91";
    input.focus();
    send("call_ringing", call({ people: [IVANOVA] }));
    send("call_ringing", call({ call_id: 6, people: [IVANOVA] }));
    await contains(".o_hotline_ringing", { count: 2 });
    await press("Enter");
    await contains(".o_hotline_ringing", { count: 2 });
    await press(["ctrl", "alt", "o"]);
    await contains(".o_hotline_ringing", { count: 1 });
    await press(["ctrl", "alt", "n"]);
    await contains(".o_hotline_ringing", { count: 0 });
    await animationFrame();
    expect.verifySteps([[[5], 11], "some_screen", [[6], false], "some_screen"]);
});

test("E9: Enter in an empty field, as the workplace waits, opens the call and not the field", async () => {
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return SCREEN;
    });
    const send = await open();
    const input = document.createElement("input");
    input.addEventListener("keydown", () => expect.step("the field's own Enter"));
    document.querySelector(".o-main-components-container").append(input);
    input.focus();
    send("call_ringing", call({ people: [IVANOVA] }));
    await contains(".o_hotline_ringing");
    await press("Enter");
    await contains(".o_hotline_ringing", { count: 0 });
    await animationFrame();
    expect.verifySteps([[[5], 11], "some_screen"]);
});

test("E9: a digit chooses of several; in a field it is only typed", async () => {
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return SCREEN;
    });
    const send = await open();
    const input = document.createElement("input");
    document.querySelector(".o-main-components-container").append(input);
    input.focus();
    send("call_ringing", call({ people: [IVANOVA, IVANOV] }));
    await contains(".o_hotline_ringing [name='choose']", { count: 2 });
    await press("2");
    await contains(".o_hotline_ringing [name='choose']", { count: 2 });
    input.blur();
    await press("2");
    await contains(".o_hotline_ringing", { count: 0 });
    await animationFrame();
    expect.verifySteps([[[5], 12], "some_screen"]);
});

test("E9: many calls at once: three bars and how many more", async () => {
    const send = await open();
    for (let id = 1; id <= 20; id++) {
        send("call_ringing", call({ call_id: id }));
    }
    await contains(".o_hotline_more_ringing", { text: "More calls ring: 17" });
    await contains(".o_hotline_ringing", { count: 3 });
});

test("E9: an open workplace turns to the call and stays; nothing is opened anew", async () => {
    onRpc("hotline.call", "action_answer", () => SCREEN);
    const send = await open();
    getService("gov_hotline.call_pop");
    const { bus } = getMockEnv();
    bus.addEventListener("GOV_HOTLINE:OPEN_CALL", ({ detail }) => {
        expect.step(`turn to ${detail.callId}`);
        detail.taken = Promise.resolve();
    });
    send("call_ringing", call({ people: [IVANOVA] }));
    await click(".o_hotline_ringing [name='open']");
    await contains(".o_hotline_ringing", { count: 0 });
    await animationFrame();
    expect.verifySteps(["turn to 5"]);
});

test("E9: «New» opens the call without the person", async () => {
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return SCREEN;
    });
    const send = await open();
    send("call_ringing", call({ people: [IVANOVA] }));
    await click(".o_hotline_ringing [name='new']");
    await contains(".o_hotline_ringing", { count: 0 });
    await animationFrame();
    expect.verifySteps([[[5], false], "some_screen"]);
});

test("E9: several people: their list with addresses, nothing chosen", async () => {
    onRpc("hotline.call", "action_answer", ({ args }) => {
        expect.step(args);
        return SCREEN;
    });
    const send = await open();
    send("call_ringing", call({ people: [IVANOVA, IVANOV] }));
    await contains(".o_hotline_ringing [name='choose']", { count: 2 });
    await contains(".o_hotline_who", { text: "+7 913 555-01-01" });
    await contains(".o_hotline_ringing [name='open']", { count: 0 });
    expect(queryAllTexts("[name='choose'] strong")).toEqual(["Иванова М. П.", "Иванов П. С."]);
    await click(":nth-child(2 of li) > [name='choose']");
    await animationFrame();
    expect.verifySteps([[[5], 12], "some_screen"]);
});

test("E9: a hidden or shared number has no name", async () => {
    const send = await open();
    send("call_ringing", call({ phone: "", kind: "hidden" }));
    await contains(".o_hotline_who", { text: "Hidden number" });
    send("call_ringing", call({ call_id: 6, kind: "shared" }));
    await contains(".o_hotline_who", { text: "+7 913 555-01-01 · Shared number" });
    await contains(".o_hotline_ringing", { count: 2 });
});

test("E9: the bar goes when the ring is over, or by hand", async () => {
    const send = await open();
    send("call_ringing", call());
    send("call_ringing", call({ call_id: 6 }));
    await contains(".o_hotline_ringing", { count: 2 });
    send("call_ring_over", { call_id: 5 });
    await contains(".o_hotline_ringing", { count: 1 });
    await click(".o_hotline_ringing [name='dismiss']");
    await contains(".o_hotline_ringing", { count: 0 });
});

test("E9: who is typing keeps the focus", async () => {
    const send = await open();
    const input = document.createElement("input");
    document.querySelector(".o-main-components-container").append(input);
    input.focus();
    send("call_ringing", call({ people: [IVANOVA] }));
    await contains(".o_hotline_ringing [name='open']");
    await animationFrame();
    expect(document.activeElement).toBe(input);
    expect(getService("gov_hotline.call_pop").state.ringing).toHaveLength(1);
});
