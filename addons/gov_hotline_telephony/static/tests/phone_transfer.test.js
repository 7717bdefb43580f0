import { describe, expect, test } from "@odoo/hoot";
import {
    animationFrame,
    click,
    edit,
    press,
    queryAllTexts,
    queryText,
    runAllTimers,
} from "@odoo/hoot-dom";
import { Component, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeMockEnv, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import {
    call,
    mountWorkplace,
    state as workplaceState,
} from "@gov_hotline/../tests/workplace_data";
import { answerHandset, readyPhone, talk } from "./phone_data";

describe.current.tags("desktop");
defineMailModels();

const PETROV = { key: "user:5", name: "Петров П. П.", note: "Expert", phone: "103", free: true };
const HEAT = { key: "agency:7", name: "Heat", note: "till 20:00", phone: "+7 1", free: null };
const AWAY = { key: "user:6", name: "Сидоров", note: "", phone: "102", free: null, off: true };
const CAUSES = [
    ["competence", "Not our competence"],
    ["needs_decision", "A decision is needed"],
];

class Page extends Component {
    static template = xml`<input name="typed"/>`;
    static props = {};
}

function answerCauses() {
    onRpc("hotline.call", "fields_get", () => ({ redirect_cause: { selection: CAUSES } }));
}

/** A talk, and the dialog opened by its key. */
async function open(answers = {}) {
    answerCauses();
    answerHandset({
        targets: (callId, words) => (words ? [PETROV] : [PETROV, HEAT, AWAY]),
        transfer: (...args) => {
            expect.step(args);
            return { command_id: 9 };
        },
        ...answers,
    });
    await makeMockEnv();
    const phone = await readyPhone();
    await mountWithCleanup(Page);
    phone.onCall(talk());
    await animationFrame();
    await press(["ctrl", "alt", "p"]);
    await animationFrame();
    return phone;
}

test("whom: colleagues and agencies at once, found as one types, who is free", async () => {
    await open();
    expect(queryText(".modal-title")).toBe("Transfer the call: Иванова М. П.");
    expect("input[name=target]").toBeFocused();
    await press(["ctrl", "alt", "p"]);
    await animationFrame();
    expect(".o_hotline_transfer").toHaveCount(1);
    expect(queryAllTexts(".o_hotline_target_row .flex-grow-1")).toEqual([
        "Петров П. П.",
        "Heat",
        "Сидоров",
    ]);
    expect(queryText(".o_hotline_target_row:eq(2)")).toInclude("off the line");
    expect(queryText(".o_hotline_target_row:eq(0)")).toInclude("free");
    expect(queryText(".o_hotline_target_row:eq(1)")).not.toInclude("busy");
    await edit("пет");
    await runAllTimers();
    await animationFrame();
    expect(queryAllTexts(".o_hotline_target_row .flex-grow-1")).toEqual(["Петров П. П."]);
});

test("practice 23: without a cause nothing is transferred, and the words say so", async () => {
    await open();
    await click("button[name=transfer_blind]");
    await animationFrame();
    expect(queryText(".o_hotline_transfer [role=alert]")).toBe("Choose to whom.");
    await press("Enter");
    await click(".o_hotline_target_row:eq(0)");
    await animationFrame();
    await click("button[name=transfer_blind]");
    await animationFrame();
    expect(queryText(".o_hotline_transfer [role=alert]")).toInclude("without a cause");
    expect.verifySteps([]);
});

test("by keyboard: arrows, Enter, then the causes, Alt+W talks first; the dialog goes", async () => {
    await open();
    await press("ArrowDown");
    await press("Enter");
    await animationFrame();
    expect(queryText(".o_hotline_target strong")).toBe("Heat");
    expect("input[name=cause]:eq(0)").toBeFocused();
    await click("input[value=needs_decision]");
    await press(["alt", "w"]);
    await runAllTimers();
    await animationFrame();
    expect.verifySteps([[5, "agency:7", "attended", "needs_decision", ""]]);
    expect(".o_hotline_transfer").toHaveCount(0);
});

test("at once, with a word for whom takes it; the end is told in words", async () => {
    const phone = await open();
    await click(".o_hotline_target_row:eq(0)");
    await animationFrame();
    await click("input[value=competence]");
    await click("input[name=note]");
    await edit(" no heat ");
    await click("button[name=transfer_blind]");
    await animationFrame();
    expect.verifySteps([[5, "user:5", "blind", "competence", "no heat"]]);
    phone.onCommand({ command_id: 9, kind: "blind", state: "failed", words: "Nobody answered." });
    await animationFrame();
    expect(".o_notification").toHaveText("Nobody answered.");
});

test("the caller hangs up while one chooses: the dialog goes", async () => {
    const phone = await open();
    phone.onCall({ call_id: 5, phase: "over", dropped: false });
    await animationFrame();
    await animationFrame();
    expect(".o_hotline_transfer").toHaveCount(0);
});

test("from the directory: who and why are filled, one click more transfers", async () => {
    answerCauses();
    answerHandset({ transfer: (...args) => expect.step(args) });
    await mountWorkplace({ get_state: workplaceState({ call: call() }) });
    expect("button[name=transfer_to]").toHaveCount(0);
    const phone = await readyPhone();
    phone.onCall(talk());
    await animationFrame();
    await click("button[name=transfer_to]:eq(1)");
    await animationFrame();
    expect(queryText(".o_hotline_target")).toInclude("Roads");
    await click("button[name=transfer_blind]");
    await animationFrame();
    expect.verifySteps([[5, "agency:6", "blind", "competence", ""]]);
});

test("handsets of the workplace: beside the caller's number and the agencies' ones", async () => {
    answerHandset({ dial: (...args) => expect.step(args) });
    await mountWorkplace({ get_state: workplaceState({ call: call() }) });
    await readyPhone();
    await animationFrame();
    await click(".o_hotline_caller button[name=dial]");
    await animationFrame();
    expect(".o_hotline_agency_row button[name=dial]").toHaveCount(2);
    expect.verifySteps([["+7 913 555-01-01", 7]]);
});
