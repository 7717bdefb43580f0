import { expect, test } from "@odoo/hoot";
import { animationFrame, press, queryAllTexts } from "@odoo/hoot-dom";
import {
    click,
    contains,
    defineMailModels,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import { getService, mockService, onRpc, serverState } from "@web/../tests/web_test_helpers";

defineMailModels();

const IVANOVA = { id: 11, name: "Иванова М. П.", address: "ул. Ленина, 15", open: 2 };
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
