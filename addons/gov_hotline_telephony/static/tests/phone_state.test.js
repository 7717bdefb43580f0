import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, press, queryAllTexts, queryText } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeMockEnv, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { StateMenu } from "@gov_hotline_telephony/phone/state_menu";
import { answerHandset, look, readyPhone } from "./phone_data";

describe.current.tags("desktop");
defineMailModels();

const PAUSED = { state: "paused", words: "Lunch", reason: 1, since: "2026-11-22 09:00:00" };

async function open(values = {}, answers = {}) {
    answerHandset({ look: look(values), ...answers });
    await makeMockEnv();
    const phone = await readyPhone();
    await mountWithCleanup(StateMenu);
    return phone;
}

test("in a talk no pause and no other telephone is offered: the server would refuse", async () => {
    await open({ presence: { state: "talking", words: "", reason: "", since: false } });
    await openMenu();
    expect(".o_hotline_reason").toHaveCount(0);
    expect(".o_hotline_extension").toHaveCount(0);
    expect(".o_hotline_sign_out").toHaveCount(0);
    expect(".o_hotline_in_call").toHaveCount(1);
});

async function openMenu() {
    await click("button[name=phone_state]");
    await animationFrame();
}

test("on the line: the pauses with their reasons, another telephone, the way off", async () => {
    await open({}, { pause: (reasonId) => expect.step(`pause ${reasonId}`) });
    expect(queryText("button[name=phone_state]")).toBe("On the line");
    await openMenu();
    expect(queryAllTexts(".o_hotline_reason")).toEqual(["Lunch", "Study"]);
    expect(queryAllTexts(".o_hotline_extension")).toEqual([
        "Phone in the browser 110: not connected",
    ]);
    expect(".o_hotline_sign_out").toHaveCount(1);
    expect(".o_hotline_resume").toHaveCount(0);
    await click(".o_hotline_reason:contains(Study)");
    await animationFrame();
    expect.verifySteps(["pause 2"]);
});

test("off the line: the choice of telephones, nothing else", async () => {
    await open(
        { extension: false, presence: { state: "offline" } },
        { sign_in: (extensionId) => expect.step(`sign in ${extensionId}`) }
    );
    expect(queryText("button[name=phone_state]")).toBe("Off the line");
    await openMenu();
    expect(queryAllTexts(".dropdown-item")).toEqual([
        "Desk phone 101",
        "Phone in the browser 110: not connected",
    ]);
    await click(".o_hotline_extension:eq(0)");
    await animationFrame();
    expect.verifySteps(["sign in 1"]);
});

test("a pause is called by its reason and lasts by a clock; «Back to the line» ends it", async () => {
    const now = "2026-11-22 09:10:00";
    await open({ presence: { ...PAUSED, now } }, { resume: () => expect.step("resume") });
    expect(queryText("button[name=phone_state]")).toMatch(/Lunch\s*10:00/);
    await openMenu();
    await click(".o_hotline_resume");
    await animationFrame();
    expect.verifySteps(["resume"]);
});

test("C2: the wrap-up has no clock; «Done» ends it", async () => {
    const presence = { state: "wrap_up", words: "", reason: "", since: "2026-11-22 09:00:00" };
    await open({ presence }, { finish_wrap_up: () => expect.step("done") });
    expect(queryText("button[name=phone_state]")).toBe("Wrap-up");
    await openMenu();
    expect(".o_hotline_clock").toHaveCount(0);
    await click(".o_hotline_done");
    await animationFrame();
    expect.verifySteps(["done"]);
});

test("D1: how many wait and how long the longest; it follows the bus", async () => {
    const queue = { waiting: 3, longest_since: "2026-11-22 09:00:00", now: "2026-11-22 09:02:10" };
    const phone = await open({ queue });
    expect(queryText(".o_hotline_waiting")).toBe("3");
    await openMenu();
    expect(queryText(".o_hotline_queue")).toMatch(/Waiting: 3 · the longest\s+02:10/);
    phone.onQueue({ waiting: 0, longest_since: false });
    await animationFrame();
    expect(queryText(".o_hotline_queue")).toBe("Nobody waits");
    expect(".o_hotline_waiting").toHaveCount(0);
});

test("the PBX is gone: the words are on the button and in the menu", async () => {
    await open({ pbx: { online: false, words: "The PBX refused the password." } });
    expect(queryText("button[name=phone_state]")).toBe("No connection");
    await openMenu();
    expect(".o_hotline_state_menu [role=status]").toHaveText("The PBX refused the password.");
});

test("by keyboard out of any field", async () => {
    await open();
    await press(["ctrl", "alt", "s"]);
    await animationFrame();
    expect(".o_hotline_state_menu").toHaveCount(1);
});

test("who has no telephone has no menu", async () => {
    await open({ extension: false, extensions: [] });
    expect("button[name=phone_state]").toHaveCount(0);
    await press(["ctrl", "alt", "s"]);
    await animationFrame();
    expect(".o_hotline_state_menu").toHaveCount(0);
});
