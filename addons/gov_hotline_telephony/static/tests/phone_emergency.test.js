import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, edit, press, queryAllTexts, queryText } from "@odoo/hoot-dom";
import { Component, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeMockEnv, mockService, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { answerWorkplace, call, mountWorkplace, state } from "@gov_hotline/../tests/workplace_data";
import { answerHandset, readyPhone, talk } from "./phone_data";

describe.current.tags("desktop");
defineMailModels();

const CARDS = [
    { id: 1, name: "112", lines: ["What?", "Where?", "Wait."], phone: "112", agency_name: "112" },
    { id: 2, name: "Child", lines: ["Who?", "Well?", "Now."], phone: "8 800", agency_name: "Help" },
].map((card) => ({ ...card, alarm: true, hold: true, disposition_id: 2 }));
const ACTS = {
    emergency_state: (callId) => {
        expect.step(`look ${callId}`);
        return { cards: CARDS, call: { id: callId, emergency: false } };
    },
    press_emergency: (callId, cardId) => {
        expect.step(`alarm ${callId} ${cardId}`);
        return call({ id: callId, emergency: alarm(cardId) });
    },
    undo_emergency: (alarmId) => {
        expect.step(`undo ${alarmId}`);
        return call({ emergency: false });
    },
    transfer_emergency: (alarmId) => {
        expect.step(`transfer ${alarmId}`);
        const emergency = alarm(2, { transferred: true });
        return { call: call({ id: 5, emergency }), done: true, words: "Transferring" };
    },
    save_call: (callId, { question }) => {
        expect.step(`save ${callId} ${question}`);
        return true;
    },
};

class Page extends Component {
    static template = xml`<input name="typed"/>`;
    static props = {};
}

function alarm(cardId, values = {}) {
    return { id: 31, card_id: cardId, taken_by: "", transferred: false, ...values };
}

async function settle() {
    await animationFrame();
    await animationFrame();
}

/** A talk while another screen than the workplace is open. */
async function talkElsewhere() {
    answerWorkplace(ACTS);
    await makeMockEnv();
    const phone = await readyPhone();
    await mountWithCleanup(Page);
    phone.onCall(talk());
    await animationFrame();
    return phone;
}

beforeEach(() => answerHandset());

test("by keyboard from any screen: the scripts, the alarm of the running call, the transfer", async () => {
    const phone = await talkElsewhere();
    await click("input[name=typed]");
    await press(["ctrl", "alt", "0"]);
    await settle();
    await press(["ctrl", "alt", "0"]);
    await settle();
    expect(".o_hotline_emergency_dialog").toHaveCount(1);
    expect(queryText(".modal-title")).toBe("Emergency: Иванова М. П.");
    expect(queryAllTexts(".modal .o_hotline_card")).toEqual(["112", "Child"]);
    expect(".modal .o_hotline_card:eq(0)").toBeFocused();
    await press(["ctrl", "alt", "2"]);
    await settle();
    expect(queryAllTexts(".modal .o_hotline_emergency li")).toEqual(["Who?", "Well?", "Now."]);
    expect("button[name=transfer_emergency]").toBeFocused();
    await press("Enter");
    await settle();
    expect.verifySteps(["look 5", "alarm 5 2", "transfer 31"]);
    expect(queryText(".modal .o_hotline_emergency")).toInclude("Transferring");
    expect(phone.awaited).toBe("blind");
    await press(["alt", "x"]);
    await settle();
    expect(".o_hotline_emergency_dialog").toHaveCount(0);
    await press(["ctrl", "alt", "0"]);
    await settle();
    expect(".o_hotline_emergency_dialog").toHaveCount(1);
    expect.verifySteps(["look 5"]);
});

test("Ctrl+Alt+2 is the second button on every screen, in one press", async () => {
    await talkElsewhere();
    await click("input[name=typed]");
    await press(["ctrl", "alt", "2"]);
    await settle();
    await settle();
    expect.verifySteps(["look 5", "alarm 5 2"]);
    expect(queryText(".modal .o_hotline_big")).toBe("8 800");
    expect("button[name=transfer_emergency]").toBeFocused();
    await press(["ctrl", "alt", "1"]);
    await settle();
    expect.verifySteps(["alarm 5 1"]);
    expect(".o_hotline_emergency_dialog").toHaveCount(1);
});

test("a slip is taken back in the window; the card opens instead of it", async () => {
    mockService("gov_hotline.call_pop", { openCard: (callId) => expect.step(`card ${callId}`) });
    await talkElsewhere();
    await click(".o_hotline_strip button[name=emergency]");
    await settle();
    await click(".modal .o_hotline_card:eq(0)");
    await settle();
    await click("button[name=undo_emergency]");
    await settle();
    expect(".o_hotline_emergency").toHaveCount(0);
    expect(".modal .o_hotline_card:eq(0)").toBeFocused();
    await click(".o_hotline_strip button[name=open_card]");
    await settle();
    expect(".o_hotline_emergency_dialog").toHaveCount(0);
    expect.verifySteps(["look 5", "alarm 5 1", "undo 31", "card 5"]);
});

test("where the workplace shows the call, its panel comes up and keeps what was typed", async () => {
    await mountWorkplace({ ...ACTS, get_state: state({ cards: CARDS, call: call({ id: 5 }) }) });
    const phone = await readyPhone();
    phone.onCall(talk());
    await animationFrame();
    await click("textarea[name=question]");
    await edit("No heat");
    await press(["ctrl", "alt", "0"]);
    await settle();
    await press(["ctrl", "alt", "2"]);
    await settle();
    expect(".o_hotline_emergency_dialog").toHaveCount(0);
    expect(".o_hotline_workplace .o_hotline_emergency").toHaveCount(1);
    expect("button[name=transfer_emergency]").toBeFocused();
    await press("Enter");
    await settle();
    expect.verifySteps(["alarm 5 2", "save 5 No heat", "transfer 31"]);
});

test("of another call than the workplace shows, its own panel comes up in the window", async () => {
    await mountWorkplace({ ...ACTS, get_state: state({ cards: CARDS, call: call({ id: 8 }) }) });
    const phone = await readyPhone();
    phone.onCall(talk());
    await animationFrame();
    await click(".o_hotline_strip button[name=emergency]");
    await settle();
    await click(".modal .o_hotline_card:eq(1)");
    await settle();
    expect(".modal .o_hotline_emergency").toHaveCount(1);
    expect(".o_hotline_workplace .o_hotline_emergency").toHaveCount(0);
    expect.verifySteps(["look 5", "alarm 5 2"]);
});

test("with a colleague on the line the strip has no room for the button; its key stays", async () => {
    const phone = await talkElsewhere();
    const consult = { to: "Петров", phase: "talking" };
    phone.onCall(talk({ phase: "held", consult, may: ["complete", "cancel"] }));
    await animationFrame();
    expect(".o_hotline_strip button[name=emergency]").toHaveCount(0);
    await press(["ctrl", "alt", "0"]);
    await settle();
    expect(".o_hotline_emergency_dialog").toHaveCount(1);
    expect.verifySteps(["look 5"]);
});

test("nobody is on the line while it rings: no button", async () => {
    const phone = await talkElsewhere();
    phone.onCall(talk({ phase: "ringing", direction: "out", may: ["hangup"] }));
    await animationFrame();
    expect(".o_hotline_strip button[name=emergency]").toHaveCount(0);
    await press(["ctrl", "alt", "0"]);
    await settle();
    expect(".o_hotline_emergency_dialog").toHaveCount(0);
});
