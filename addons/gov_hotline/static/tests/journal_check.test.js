import { describe, expect, test } from "@odoo/hoot";
import { click, edit, queryAllTexts, queryText, waitFor } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeMockEnv, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { getDefaultConfig } from "@web/views/view";
import { JournalCheck } from "@gov_hotline/journal/journal_check";

describe.current.tags("desktop");
defineMailModels();

const part = { total: 50, count: 0, faults: [], marks: 0, waiting: 0, done: false };

/** Show the screen; the server gives `answers` one after another, the calls are steps. */
async function start(answers) {
    onRpc("hotline.journal.seal", "check_part", ({ kwargs }) => {
        expect.step([kwargs.number, kwargs.previous, kwargs.marks]);
        return answers.shift();
    });
    const props = { action: {}, actionId: 1, updateActionState() {}, className: "" };
    await makeMockEnv({ config: getDefaultConfig() });
    await mountWithCleanup(JournalCheck, { props });
}

test("part by part to the end, with what was pasted", async () => {
    await start([
        { ...part, number: 20, previous: "a" },
        { ...part, number: 50, previous: "b", done: true, marks: 1 },
    ]);
    await click("textarea");
    await edit("50 bbb");
    await click(".o_hotline_start");
    await waitFor(".o_hotline_verdict");
    expect.verifySteps([
        [undefined, undefined, "50 bbb"],
        [20, "a", "50 bbb"],
    ]);
    expect(".alert-success").toHaveCount(1);
    expect(queryText("[role=status]")).toMatch("Seals checked: 50 of 50");
    expect(queryText(".o_hotline_verdict")).toMatch("Compared with control marks: 1");
});

test("a pasted text without a whole mark is no comparison: amber", async () => {
    await start([{ ...part, number: 50, previous: "b", done: true }]);
    await click("textarea");
    await edit("Seal 700 aaaa");
    await click(".o_hotline_start");
    await waitFor(".alert-warning");
    expect.verifySteps([[undefined, undefined, "Seal 700 aaaa"]]);
    expect(".alert-success").toHaveCount(0);
    expect(queryText(".o_hotline_verdict")).toMatch("Nothing was compared");
});

test("findings are shown as they are written, and counted", async () => {
    const faults = ["Seal 2: <b>changed</b>"];
    await start([{ ...part, number: 50, previous: "b", done: true, count: 7, faults }]);
    await click(".o_hotline_start");
    await waitFor(".alert-danger");
    expect.verifySteps([[undefined, undefined, ""]]);
    expect(queryText(".o_hotline_verdict")).toMatch("Findings: 7");
    expect(queryAllTexts(".o_hotline_faults li")).toEqual([faults[0], "and 6 more"]);
});

test("it can be stopped, and says that it was", async () => {
    const second = new Deferred();
    await start([{ ...part, number: 20, previous: "a" }, second]);
    await click(".o_hotline_start");
    await waitFor(".progress-bar");
    await animationFrame();
    await click("button:contains(Stop)");
    second.resolve({ ...part, number: 40, previous: "b" });
    await waitFor(".alert-warning");
    expect.verifySteps([
        [undefined, undefined, ""],
        [20, "a", ""],
    ]);
});
