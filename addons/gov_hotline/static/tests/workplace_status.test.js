import { describe, expect, test } from "@odoo/hoot";
import {
    animationFrame,
    click,
    edit,
    press,
    queryAllTexts,
    queryText,
    select,
    waitFor,
} from "@odoo/hoot-dom";
import { mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { Workplace } from "@gov_hotline/workplace/workplace_action";
import { call, NO_PLACE, state } from "./workplace_data";

describe.current.tags("desktop");
defineMailModels();

const FOUND = {
    case_id: 9,
    external_id: false,
    number: "I-401/2026",
    state_label: "Being considered",
    words: ["Your appeal is considered."],
    registered_on: "11/02/2026",
    due_on: "12/01/2026",
    closed_on: "",
    due_text: "6 working d. left",
    level: "ok",
    answers: [],
    forwarded: [{ body: "Prosecutor", number: "12-3", date: "11/05/2026" }],
    as_of: "",
};
const EXTERNAL = {
    ...FOUND,
    case_id: false,
    external_id: 4,
    number: "E-7",
    words: ["According to the other system as of 09:45: registered."],
    as_of: "according to the other system as of 09:45",
};

function answer(result, found = [], ask = []) {
    return { result, found, ask, wait_text: result === "wait" ? "Try again in 15 s." : "" };
}

async function open(answers, action = {}) {
    mockDate("2026-11-24 12:00:00");
    onRpc("hotline.workplace", "*", ({ method, args }) => {
        const given = { get_state: state({ call: call() }), ...answers }[method];
        return typeof given === "function" ? given(...args) : (given ?? true);
    });
    onRpc("hotline.status", "find", ({ args }) => answers.find(args[0]));
    await mountWithCleanup(MainComponentsContainer);
    await mountWithCleanup(Workplace, { props: { action, actionId: 1 } });
}

test("A3: asked, found, told and closed without the mouse", async () => {
    await open({
        find: (values) => {
            expect.step(values);
            return answer("found", [FOUND]);
        },
        tell_status: (...args) => {
            expect.step(args);
            return { number: "2026-000007", promises: 0 };
        },
    });
    await press(["alt", "s"]);
    await animationFrame();
    expect("input[name=status_surname]").toBeFocused();
    for (const text of ["Ivanova", "Maria", "Petrovna", "Lenina 15-3"]) {
        await edit(text);
        await press("Tab");
    }
    await select("11");
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        {
            surname: "Ivanova",
            given_name: "Maria",
            patronymic: "Petrovna",
            address: "Lenina 15-3",
            number: "",
            code: "",
            month: "2026-11",
        },
    ]);
    expect(queryText(".o_hotline_aloud")).toBe("Your appeal is considered.");
    expect(queryText(".o_hotline_status_answer dl")).toInclude(
        "Prosecutor, No. 12-3 of 11/05/2026"
    );
    expect("button[name=status_told]").toBeFocused();
    await press(["alt", "q"]);
    await waitFor(".o_hotline_idle");
    expect.verifySteps([[7, 9, false]]);
    expect(".modal").toHaveCount(0);
});

test("a call whose alarm stands is not closed: the operator is told so", async () => {
    await open({
        find: () => answer("found", [FOUND]),
        tell_status: () => ({
            number: "2026-000007",
            promises: 0,
            call: call(),
            words: "Stays open",
        }),
    });
    await press(["alt", "s"]);
    await animationFrame();
    await click("button[name=status_find]");
    await animationFrame();
    await click("button[name=status_told]");
    await waitFor(".o_notification:contains(Stays open)");
    expect(".o_hotline_idle").toHaveCount(0);
    expect(".modal").toHaveCount(0);
});

test("A3: several appeals, one of another system: what is chosen is told", async () => {
    await open({
        find: () => answer("found", [FOUND, EXTERNAL]),
        tell_status: (...args) => {
            expect.step(args);
            return { number: "2026-000007", promises: 0 };
        },
    });
    await click("button[name=find_status]");
    await animationFrame();
    await click("button[name=status_find]");
    await animationFrame();
    await click("input[name=status_chosen]:eq(1)");
    await animationFrame();
    expect(queryText(".o_hotline_aloud")).toInclude("as of 09:45");
    await click("button[name=status_told]");
    await animationFrame();
    expect.verifySteps([[7, false, 4]]);
});

test("practice 22: what to ask again; nothing to tell, no button to tell it", async () => {
    const results = [answer("not_found", [], ["the month"]), answer("wait")];
    await open({ find: () => results.shift() });
    await press(["alt", "s"]);
    await animationFrame();
    await press("Enter");
    await animationFrame();
    expect(queryAllTexts(".o_hotline_status_answer li")).toEqual(["the month"]);
    expect("button[name=status_told]").toHaveCount(0);
    await click("button[name=status_find]");
    await animationFrame();
    expect(queryText(".o_hotline_status_answer")).toInclude("Try again in 15 s.");
});

test("practice 22: not the applicant: what was found goes, the phrase is read", async () => {
    await open({
        find: () => answer("found", [FOUND]),
        refuse_status: (callId) => {
            expect.step(`refused in ${callId}`);
            return { number: "2026-000007", promises: 0 };
        },
    });
    await press(["alt", "s"]);
    await animationFrame();
    await click("button[name=status_find]");
    await animationFrame();
    await press(["alt", "z"]);
    await waitFor(".o_hotline_aloud:contains(applicant only)");
    expect(queryText(".o_hotline_status_answer")).not.toInclude("I-401");
    expect(queryText(".o_hotline_aloud")).toInclude("applicant only");
    await click("button[name=status_told]");
    await animationFrame();
    expect.verifySteps(["refused in 7"]);
});

test("A3: the menu opens the question at once; the call begins when something is told", async () => {
    await open(
        {
            get_state: state(),
            start_call: () => {
                expect.step("started");
                return call();
            },
            find: () => answer("found", [FOUND]),
            tell_status: () => ({ number: "2026-000007", promises: 0 }),
        },
        { params: { status: true } }
    );
    await animationFrame();
    expect("input[name=status_surname]").toHaveCount(1);
    await click("button[name=status_find]");
    await animationFrame();
    expect.verifySteps([]);
    await click("button[name=status_told]");
    await animationFrame();
    expect.verifySteps(["started"]);
});

test("what is on a card is no proof: only the caller's words fill the question", async () => {
    const typed = { surname: "Ivanova", given_name: "", patronymic: "", address: "" };
    await open({
        get_state: state({ call: call({ draft: { citizen: typed } }) }),
        find: () => answer("not_found"),
    });
    await press(["alt", "s"]);
    await animationFrame();
    expect("input[name=status_surname]").toHaveValue("Ivanova");
    expect("input[name=status_address]").toHaveValue("");
});

test("what the account told is no proof: neither its address nor its holder's name", async () => {
    const account = { id: 4, number: "4410", holder: "Petrova Olga", address: "Mira 1" };
    const kept = { surname: "Petrova", given_name: "Olga", patronymic: "", address: "Mira 1" };
    await open({
        get_state: state({
            call: call({ draft: { citizen: kept }, place: { ...NO_PLACE, account } }),
        }),
        find: () => answer("not_found"),
    });
    await press(["alt", "s"]);
    await animationFrame();
    expect("input[name=status_surname]").toHaveValue("");
    expect("input[name=status_address]").toHaveValue("");
});

test("an account taken during the talk fills the new citizen, not the question", async () => {
    const account = { id: 4, number: "4410", holder: "", address: "Mira 1", provider: "" };
    const citizen = { surname: "Ivanova", given_name: "", patronymic: "", address: "" };
    const place = { ...NO_PLACE, offered: [account] };
    await open({
        get_state: state({ call: call({ draft: { citizen }, place }) }),
        set_account: {
            place: { ...NO_PLACE, account },
            citizen: false,
            draft: { citizen: { ...citizen, address: "Mira 1" } },
        },
    });
    await click(".o_hotline_found_places button");
    await animationFrame();
    expect("input[name=address]").toHaveValue("Mira 1");
    await press(["alt", "s"]);
    await waitFor("input[name=status_surname]");
    expect("input[name=status_surname]").toHaveValue("Ivanova");
    expect("input[name=status_address]").toHaveValue("");
});
