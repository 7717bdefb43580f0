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
import { runAllTimers } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { timerText } from "@gov_hotline/workplace/head_bar/call_timer";
import { findAgencies } from "@gov_hotline/workplace/hints/agency_directory";
import { promiseTimes } from "@gov_hotline/workplace/talk/promise_menu";
import { spacedCode } from "@gov_hotline/workplace/talk/registered_summary";
import { workplaceHints, workplaceProps } from "@gov_hotline/workplace/workplace_registries";
import { NO_PLACE, call, citizen, mountWorkplace, state } from "./workplace_data";

describe.current.tags("desktop");
defineMailModels();

test("the time of a talk", () => {
    expect(timerText(0)).toBe("00:00");
    expect(timerText(252)).toBe("04:12");
    expect(timerText(3725)).toBe("1:02:05");
});

test("the code is read out in two halves", () => {
    expect(spacedCode("418207")).toBe("418\u00a0207");
});

test("agencies by words of the name or of the competence", () => {
    const { agencies } = state();
    expect(findAgencies(agencies, "").map((one) => one.id)).toEqual([5, 6]);
    expect(findAgencies(agencies, "COLD radi").map((one) => one.id)).toEqual([5]);
    expect(findAgencies(agencies, "nothing")).toEqual([]);
});

test("agencies by an everyday name", () => {
    const agencies = [
        { id: 7, name: "Ministry", names: "MIN, housing", competence: "", phone: "" },
    ];
    expect(findAgencies(agencies, "housing").length).toBe(1);
});

test("the likely agencies of a topic come first, with the reason", async () => {
    await mountWorkplace({
        get_state: state({
            call: call({ group: "redirect", disposition_id: 2, topic: { id: 3, name: "Snow" } }),
        }),
        whose: (callId, topicId) => {
            expect.step(`${callId} ${topicId}`);
            return [{ id: 6, why: "by topic" }];
        },
    });
    await animationFrame();
    expect.verifySteps(["7 3"]);
    expect(queryAllTexts(".o_hotline_agency_row .fw-bold")).toEqual(["Roads", "Heat"]);
    expect(queryAllTexts(".o_hotline_why")).toEqual(["by topic"]);
    await click("input[name=find_agency]");
    await edit("cold");
    await animationFrame();
    expect(queryAllTexts(".o_hotline_agency_row .fw-bold")).toEqual(["Heat"]);
});

test("D3: companies of the place stand first and are found by their work", async () => {
    const heat = { id: 8, name: "Boilers", names: "heating", competence: "", phone: "112233" };
    await mountWorkplace({
        get_state: state({
            call: call({ group: "redirect", disposition_id: 2, topic: { id: 3, name: "Snow" } }),
        }),
        whose: () => [{ id: 8, why: "answers here: heating", company: heat }],
    });
    await animationFrame();
    expect(queryAllTexts(".o_hotline_agency_row .fw-bold")).toEqual(["Boilers", "Heat", "Roads"]);
    expect(queryAllTexts(".o_hotline_why")).toEqual(["answers here: heating"]);
    await click("input[name=find_agency]");
    await edit("heating");
    await animationFrame();
    expect(queryAllTexts(".o_hotline_agency_row .fw-bold")).toEqual(["Boilers"]);
    await click(".o_hotline_agency_row button[name=redirect]");
    await animationFrame();
    expect(".o_hotline_agency input").toHaveValue("Boilers");
});

test("a question in the caller's words finds whose it is", async () => {
    await mountWorkplace({
        get_state: state({ call: call({ group: "redirect", disposition_id: 2 }) }),
        whose_words: (text) => {
            expect.step(text);
            return [{ id: 6, why: "by topic «Roads»" }];
        },
    });
    await click("input[name=find_agency]");
    await edit("a hole in the asphalt");
    await runAllTimers();
    await animationFrame();
    expect.verifySteps(["a hole in the asphalt"]);
    expect(queryAllTexts(".o_hotline_agency_row .fw-bold")).toEqual(["Roads"]);
    expect(queryAllTexts(".o_hotline_why")).toEqual(["by topic «Roads»"]);
});

test("promised times are ahead", () => {
    const evening = luxon.DateTime.fromISO("2026-11-24T18:20:30");
    const times = promiseTimes(evening);
    expect(times.every((time) => time.at > evening)).toBe(true);
    expect(times.map((time) => time.at.toFormat("dd HH:mm"))).toEqual([
        "24 18:50",
        "24 19:20",
        "24 20:20",
        "25 10:00",
    ]);
});

test("nothing in it: says what to do, and has no dead buttons", async () => {
    await mountWorkplace({ get_state: state({ agencies: [] }) });
    expect(".o_hotline_idle").toHaveCount(1);
    expect("button[name=close_call]").toHaveCount(0);
    expect("button[name=promises]").toHaveCount(0);
    expect(".o_hotline_card").toHaveCount(0);
    expect(queryText(".o_hotline_agencies")).toInclude("The directory is empty");
});

test("D2: several people on a number are listed, nobody is chosen", async () => {
    const people = [citizen(1, "Ivanova"), citizen(2, "Orlov")];
    await mountWorkplace({
        get_state: state(),
        start_call: (vals) => {
            expect.step(vals.phone);
            return call({ candidates: people });
        },
        set_citizen: (_callId, partnerId) => people.find((one) => one.id === partnerId),
        get_place: NO_PLACE,
    });
    await click("input[name=phone]");
    await edit("8 913 555-01-01");
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["8 913 555-01-01"]);
    expect(".o_hotline_candidate").toHaveCount(2);
    expect(".o_hotline_citizen").toHaveCount(0);
    await click(".o_hotline_candidate:eq(1)");
    await animationFrame();
    expect(queryText(".o_hotline_citizen")).toInclude("Orlov");
    expect(".o_hotline_candidate").toHaveCount(0);
});

test("A1: a line of consultations takes no message and says why", async () => {
    await mountWorkplace({
        get_state: state({ line_id: 2, call: call({ line_id: 2, group: "appeal" }) }),
        check_intake: { kind: false, kind_label: "", problems: [], refused: "Only consultation." },
    });
    expect("button[name=register]").toHaveCount(0);
    expect("textarea[name=question]").toHaveCount(0);
    await click("button[name=explained]");
    await animationFrame();
    expect("select[name=disposition]").toHaveValue("11");
    expect("button[name=close_call]").not.toBeEnabled();
    await click("textarea[name=question]");
    await edit("How to file an appeal");
    await animationFrame();
    expect("button[name=close_call]").toBeEnabled();
});

test("a topic nobody knows: the field says so and keeps nothing", async () => {
    await mountWorkplace({
        get_state: state({ call: call({ group: "consultation" }) }),
        search_topics: (text) => {
            expect.step(text);
            return [];
        },
    });
    await click(".o_hotline_topic input");
    await edit("abracadabra", { confirm: false });
    await runAllTimers();
    await waitFor(".o_hotline_topic_menu:contains(Nothing found)");
    expect.verifySteps(["abracadabra"]);
    expect(queryAllTexts(".o_hotline_topic_menu .o-autocomplete--dropdown-item")).toEqual([
        "Nothing found: try another word.",
    ]);
    await click("textarea[name=question]");
    await animationFrame();
    expect(".o_hotline_topic input").toHaveValue("");
});

test("B6: line and disposition are chosen from their lists and kept", async () => {
    await mountWorkplace({
        get_state: state({ call: call({ group: "consultation", disposition_id: 1 }) }),
        save_call: (callId, values) => {
            expect.step([values.line_id, values.disposition_id]);
            return {};
        },
    });
    await click("select.o_hotline_line");
    await select("2");
    await click("select[name=disposition]");
    await select("11");
    await runAllTimers();
    await animationFrame();
    expect.verifySteps([[2, 11]]);
    expect("select[name=disposition]").toHaveValue("11");
});

test("A3: the status takes two clicks", async () => {
    const one = { id: 9, number: "I-401/2026", state: "in_work", state_label: "In work" };
    const shown = {
        ...one,
        name: "Cold",
        due_on: "",
        due_text: "3 working d. left",
        level: "warning",
    };
    const status = {
        ...shown,
        ...{
            words: ["It is considered."],
            answers: [],
            forwarded: [],
            as_of: "",
            filed: "November",
        },
    };
    await mountWorkplace({
        get_state: state({ call: call({ citizen: citizen(1, "Ivanova", { cases: [shown] }) }) }),
        get_status: status,
        tell_status: (callId, ticketId) => {
            expect.step(`told ${ticketId} in ${callId}`);
            return { number: "2026-000007", promises: 0 };
        },
    });
    await click("button[name=show_status]");
    await animationFrame();
    expect(queryText(".o_hotline_aloud")).toBe("It is considered.");
    await click("button[name=tell_status]");
    await animationFrame();
    expect.verifySteps(["told 9 in 7"]);
    expect(".o_hotline_idle").toHaveCount(1);
});

test("add-ons put their parts on the right; what shows nothing stays away", async () => {
    class Articles extends Component {
        static template = xml`<button class="articles" t-on-click="() => props.insertText('Read this')" t-out="props.text"/>`;
        static props = { ...workplaceProps };
    }
    patchWithCleanup(workplaceHints, {
        getEntries: () => [
            ["articles", { Component: Articles, isDisplayed: (props) => Boolean(props.call) }],
            ["never", { Component: Articles, isDisplayed: () => false }],
        ],
    });
    await mountWorkplace({
        get_state: state({ call: call({ question: "Cold", group: "consultation" }) }),
    });
    expect(queryAllTexts(".articles")).toEqual(["Cold"]);
    await click(".articles");
    await animationFrame();
    expect("textarea[name=result]").toHaveValue("Read this");
});

test("Alt+N waits for the number, Enter opens the call, Alt+Q closes it", async () => {
    await mountWorkplace({
        get_state: state(),
        start_call: call({ group: "consultation", disposition_id: 1, question: "Heat?" }),
        close_call: { number: "2026-000007", promises: 0 },
    });
    await click(".o_hotline_agencies");
    await press(["alt", "n"]);
    await animationFrame();
    expect(".o_hotline_timer").toHaveCount(0);
    expect("input[name=phone]").toBeFocused();
    await press("Enter");
    await waitFor(".o_hotline_timer");
    expect("button[name=close_call]").toBeEnabled();
    await press(["alt", "q"]);
    await waitFor(".o_hotline_idle");
    expect(".o_hotline_timer").toHaveCount(0);
});

test("a citizen nobody knows: the cursor waits in the search", async () => {
    await mountWorkplace({ get_state: state(), start_call: call() });
    expect("input[name=phone]").toBeFocused();
    await click("button[name=take_call]");
    await animationFrame();
    expect("input[name=find]").toBeFocused();
});

test("words typed into the telephone are looked for, and are no telephone", async () => {
    const phone = { e164: "", display: "", kind: "hidden", note: "" };
    const found = {
        rows: [{ kind: "citizen", id: 1, title: "Ivanova", subtitle: "Lenina 15", open: 0 }],
        meant: "",
        unknown: [],
    };
    await mountWorkplace({
        get_state: state(),
        start_call: (vals) => call({ phone, find: vals.phone }),
        set_phone: (_callId, text) => call({ phone, find: text }),
        find: (text) => {
            expect.step(text);
            return found;
        },
    });
    await click("input[name=phone]");
    await edit("len 15 ivan");
    await press("Enter");
    await waitFor(".o_hotline_found_row");
    expect("input[name=find]").toHaveValue("len 15 ivan");
    expect("input[name=find]").toBeFocused();
    expect("input[name=phone]").toHaveValue("");
    await click("input[name=phone]");
    await edit("ivanova", { confirm: "tab" });
    await animationFrame();
    await animationFrame();
    expect("input[name=find]").toHaveValue("ivanova");
    expect("input[name=phone]").toHaveValue("");
    expect.verifySteps(["len 15 ivan", "ivanova"]);
});

test("a hidden number's call of which nothing is known is cancelled in one click", async () => {
    const phone = { e164: "", display: "", kind: "hidden", note: "" };
    await mountWorkplace({
        get_state: state(),
        start_call: call({ phone }),
        discard_call: (callId) => {
            expect.step(`discarded ${callId}`);
            return { number: "2026-000007", promises: 0 };
        },
    });
    await click("button[name=take_call]");
    await animationFrame();
    await click("button[name=discard_call]");
    await animationFrame();
    expect.verifySteps(["discarded 7"]);
    expect(".o_hotline_idle").toHaveCount(1);
});

test("a transfer by an emergency script asks no cause", async () => {
    await mountWorkplace({
        get_state: state({
            cards: [{ id: 1, name: "Fire", lines: [], phone: "112", disposition_id: 2 }],
            call: call({ group: "redirect", disposition_id: 2 }),
        }),
    });
    expect("select[name=redirect_cause]").toHaveCount(0);
});
