import { describe, expect, test } from "@odoo/hoot";
import {
    animationFrame,
    click,
    edit,
    press,
    queryAllTexts,
    queryText,
    waitFor,
} from "@odoo/hoot-dom";
import { runAllTimers } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { unbroken } from "@gov_hotline/places/unbroken";
import { NO_PLACE, call, citizen, mountWorkplace, state } from "./workplace_data";

describe.current.tags("desktop");
defineMailModels();

test("D2: the number of a flat stays beside «кв.»", () => {
    expect(unbroken("ул. Ленина, д. 15, кв. 3")).toBe("ул.\u00a0Ленина, д.\u00a015, кв.\u00a03");
    expect(unbroken("Иванова М. П. в отпуске.")).toBe("Иванова М. П. в отпуске.");
    expect(unbroken(false)).toBe(false);
});

const FOUND = {
    rows: [
        { kind: "citizen", id: 1, title: "Ivanova Maria", subtitle: "Lenina 15, 3", open: 2 },
        { kind: "citizen", id: 2, title: "Ivanov Petr", subtitle: "", open: 0 },
        { kind: "agency", id: 6, title: "Roads", subtitle: "holes, snow" },
    ],
    meant: "",
    unknown: [],
};

async function mountFinder(found, answers = {}) {
    const opened = { get_state: state({ call: call() }), get_place: NO_PLACE, find: found };
    await mountWorkplace({ ...opened, ...answers });
}

async function type(text) {
    await click("input[name=find]");
    await edit(text, { confirm: false });
    await runAllTimers();
    await animationFrame();
}

test("D2: groups in one list, arrows and Enter take the citizen", async () => {
    await mountFinder(FOUND, {
        set_citizen: (_callId, partnerId) => {
            expect.step(partnerId);
            return citizen(partnerId, "Ivanov Petr");
        },
    });
    await type("ivan");
    expect(queryAllTexts(".o_hotline_found .o_hotline_label")).toEqual(["Citizens", "Agencies"]);
    expect(".o_hotline_found_row").toHaveCount(3);
    expect(".o_hotline_found_row.active").toHaveText(/Ivanova Maria/);
    await press("ArrowDown");
    await animationFrame();
    expect(".o_hotline_found_row.active").toHaveText(/Ivanov Petr/);
    await press("Enter");
    await animationFrame();
    expect.verifySteps([2]);
    expect(".o_hotline_found_row").toHaveCount(0);
    expect(queryText(".o_hotline_citizen")).toInclude("Ivanov Petr");
    expect("input[name=find]").toHaveValue("");
});

test("an agency that is taken is where the call is redirected", async () => {
    await mountFinder(FOUND);
    await type("ivan");
    await press("ArrowUp");
    await press("Enter");
    await animationFrame();
    expect("input[name=hotline_group][value=redirect]").toBeChecked();
    expect(".o_hotline_agency input").toHaveValue("Roads");
});

test("Enter before the answer takes nobody", async () => {
    await mountFinder(FOUND, {
        set_citizen: () => expect.step("taken"),
    });
    await click("input[name=find]");
    await edit("ivan", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(".o_hotline_found_row").toHaveCount(3);
    expect.verifySteps([]);
    await press("Escape");
    await animationFrame();
    expect(".o_hotline_found_row").toHaveCount(0);
});

test("nothing found: says which word is not known and what to do", async () => {
    let unknown = ["abyrvalg"];
    await mountFinder(() => ({ rows: [], meant: "", unknown }));
    await type("abyrvalg");
    await waitFor(".o_hotline_found_nothing:contains(abyrvalg)");
    unknown = [];
    await type("ivan 77");
    await waitFor(".o_hotline_found_nothing:contains(not found together)");
});

test("what was looked for is told where it is not what was typed", async () => {
    await mountFinder({ ...FOUND, meant: "ivan" });
    await type("bdfy");
    expect(queryText(".o_hotline_meant")).toInclude("ivan");
});
