import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, dblclick, queryText } from "@odoo/hoot-dom";
import { Deferred } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    makeMockEnv,
    makeServerError,
    models,
    mountView,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import { DialButton } from "@gov_hotline_telephony/phone/dial_button";
import { answerHandset, look, readyPhone, talk } from "./phone_data";

describe.current.tags("desktop");

class Task extends models.Model {
    _name = "task";
    phone = fields.Char();
    _records = [
        { id: 1, phone: "+79135550101" },
        { id: 2, phone: false },
    ];
}

defineMailModels();
defineModels([Task]);

const NUMBER = "+7 913 555-01-01";

async function open(answers = {}, props = { number: NUMBER }) {
    answerHandset(answers);
    await makeMockEnv();
    const phone = await readyPhone();
    await mountWithCleanup(DialButton, { props });
    return phone;
}

/** Dial and let the PBX tell how it ended. */
async function dialled(end, answers = {}) {
    const phone = await open({ dial: { command_id: 9, call_id: 6 }, ...answers });
    await click("button[name=dial]");
    await animationFrame();
    phone.onCommand({ command_id: 9, kind: "originate", ...end });
    await animationFrame();
    return phone;
}

test("a double click is one call", async () => {
    const answer = new Deferred();
    await open({
        dial: (number, callId) => {
            expect.step([number, callId]);
            return answer;
        },
    });
    await dblclick("button[name=dial]");
    await click("button[name=dial]", { interactive: false });
    answer.resolve({ command_id: 9, call_id: 6 });
    await animationFrame();
    await click("button[name=dial]", { interactive: false });
    await animationFrame();
    expect.verifySteps([[NUMBER, false]]);
    expect("button[name=dial]").not.toBeEnabled();
});

for (const words of ["Busy", "No answer", "Rejected", "Your telephone is offline"]) {
    test(`the server's words stay with «Call again»: ${words}`, async () => {
        await dialled({ state: "failed", words });
        expect(queryText(".o_hotline_strip_words")).toBe(words);
        expect("button[name=call_again]").toHaveText("Call again");
        await click("button[name=close_outcome]");
        await animationFrame();
        expect(".o_hotline_strip").toHaveCount(0);
    });
}

test("an end that comes before the answer of the request is not lost", async () => {
    const answer = new Deferred();
    const phone = await open({ dial: () => answer });
    await click("button[name=dial]");
    phone.onCommand({ command_id: 9, kind: "originate", state: "failed", words: "Busy" });
    answer.resolve({ command_id: 9, call_id: 6 });
    await animationFrame();
    await animationFrame();
    expect(queryText(".o_hotline_strip_words")).toBe("Busy");
});

test("a command on its way tells nothing yet", async () => {
    const phone = await dialled({ state: "sent", words: "" });
    expect(queryText(".o_hotline_strip_words")).toBe("Your telephone rings: pick it up");
    phone.onCommand({ command_id: 9, kind: "originate", state: "done", words: "" });
    await animationFrame();
    expect(".o_hotline_strip").toHaveCount(0);
});

test("a number that is not allowed: the server's words, no error dialog", async () => {
    await open({
        dial: () => {
            throw makeServerError({ message: "This number may not be called." });
        },
    });
    await click("button[name=dial]");
    await animationFrame();
    expect(".o_notification").toHaveText("This number may not be called.");
    expect(".o_dialog").toHaveCount(0);
    expect(".o_hotline_strip").toHaveCount(0);
});

test("while a call runs nobody dials; off the line the words say what to do", async () => {
    const phone = await open({ dial: () => expect.step("dial") });
    phone.onCall(talk());
    await animationFrame();
    expect("button[name=dial]").not.toBeEnabled();
    phone.onCall({ call_id: 5, phase: "over", dropped: false });
    phone.extension = false;
    await animationFrame();
    await click("button[name=dial]");
    await animationFrame();
    expect(".o_notification").toHaveText(/Go on the line first/);
    expect.verifySteps([]);
});

test("who has no telephone sees no handset", async () => {
    await open({ look: look({ extension: false, extensions: [] }) });
    expect("button[name=dial]").toHaveCount(0);
});

test("beside every number of a list; the row stays closed; none where no number is", async () => {
    answerHandset({ dial: (number) => expect.step(number) });
    await mountView({
        resModel: "task",
        type: "list",
        arch: `<list><field name="phone" widget="phone"/></list>`,
        selectRecord: () => expect.step("opened"),
    });
    await readyPhone();
    await animationFrame();
    expect("button[name=dial]").toHaveCount(1);
    await click("button[name=dial]");
    await animationFrame();
    expect.verifySteps(["+79135550101"]);
});

test("on a form the handset takes the place of the browser's own link", async () => {
    // The server answers only when told to: on a busy machine its answer may be here before the form.
    const answer = new Deferred();
    answerHandset({ look: () => answer });
    await mountView({
        resModel: "task",
        resId: 1,
        type: "form",
        arch: `<form><field name="phone" widget="phone"/></form>`,
    });
    expect(".o_phone_form_link").toHaveCount(1);
    answer.resolve(look());
    await readyPhone();
    await animationFrame();
    expect("button[name=dial]").toHaveCount(1);
    expect(".o_phone_form_link").toHaveCount(0);
});
