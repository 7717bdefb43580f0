import { describe, expect, test } from "@odoo/hoot";
import {
    animationFrame,
    click,
    queryAllTexts,
    queryFirst,
    queryText,
    waitFor,
} from "@odoo/hoot-dom";
import { advanceTime, Deferred } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    getService,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { MainComponentsContainer } from "@web/core/main_components_container";
import { registry } from "@web/core/registry";
import "@gov_hotline/acts/batch";

describe.current.tags("desktop");
defineMailModels();

const ids = [...Array(60).keys()].map((n) => n + 1);
const action = {
    type: "ir.actions.client",
    tag: "hotline_batch",
    name: "Registration",
    params: { model: "helpdesk.ticket", method: "register_part", ids },
};

/** Serve parts by `answer(ids)`; the sizes of the parts are steps. */
async function start(answer, params = {}) {
    onRpc("helpdesk.ticket", "register_part", ({ args }) => {
        expect.step(args[0].length);
        return answer(args[0]);
    });
    await makeMockEnv();
    await mountWithCleanup(MainComponentsContainer);
    patchWithCleanup(getService("action"), {
        doAction(request) {
            if (request.tag === "soft_reload") {
                return getService("dialog").closeAll(); // as the reload of a view does
            }
            return super.doAction(...arguments);
        },
    });
    return getService("action").doAction({ ...action, params: { ...action.params, ...params } });
}

test("what was refused is tried again with what was written", async () => {
    onRpc("hotline.resolution", "action_repeat", ({ args }) => {
        expect.step(JSON.stringify(args));
        return { type: "ir.actions.client", tag: "soft_reload" };
    });
    await start(
        (part) => ({ done: 0, refused: part.map((id) => ({ id, name: "x", reason: "y" })) }),
        {
            ids: [4, 5],
            again: { model: "hotline.resolution", id: 7 },
        }
    );
    await waitFor(".o_hotline_batch_repeat");
    await click(".o_hotline_batch_repeat");
    await animationFrame();
    expect.verifySteps([2, "[[7],[4,5]]"]);
    expect(".o_dialog").toHaveCount(0);
});

test("all is done in parts; what is quick shows no dialog", async () => {
    await start((part) => ({ done: part.length, refused: [] }));
    await animationFrame();
    expect.verifySteps([20, 20, 20]);
    expect(".o_dialog").toHaveCount(0);
    expect(queryText(".o_notification_content")).toMatch("Done: 60 of 60");
});

test("the refused one is named with its reason, the rest is done", async () => {
    const bad = { id: 30, name: "<b>Иванова</b>", reason: "Нет текста" };
    await start((part) => {
        const refused = part.includes(bad.id) ? [bad] : [];
        return { done: part.length - refused.length, refused };
    });
    await waitFor(".o_hotline_batch");
    expect.verifySteps([20, 20, 20]);
    expect(queryText(".o_hotline_batch")).toMatch("Done: 59 of 60");
    expect(queryAllTexts(".o_hotline_batch_refused a")).toEqual(["<b>Иванова</b>"]);
    expect(queryText(".o_hotline_batch_reason")).toBe("Нет текста");
    expect(".progress").toHaveCount(0);
    await click(".modal-footer button");
    await animationFrame();
    expect(".o_dialog").toHaveCount(0);
});

test("what lasts shows its progress and can be stopped", async () => {
    const slow = new Deferred();
    const ended = start(async (part) => {
        await slow;
        return { done: part.length, refused: [] };
    });
    await animationFrame();
    await advanceTime(1500);
    await waitFor(".progress");
    expect(queryText(".o_hotline_batch")).toBe("Done: 0 of 60");
    await click(".modal-footer button");
    slow.resolve();
    await ended;
    await animationFrame();
    expect.verifySteps([20]);
    expect(queryText(".o_notification_content")).toMatch("Done: 20 of 60");
});

test("what waits on paper is told when all is done", async () => {
    const letters = "Сопроводительное письмо № ИСХ-37/2026, Прокуратура";
    await start(() => ({ done: 1, refused: [], waiting: [{ id: 4, name: "И-1", letters }] }), {
        ids: [4],
    });
    await waitFor(".o_hotline_batch_waiting");
    expect(queryAllTexts(".o_hotline_batch_waiting a")).toEqual(["И-1"]);
    expect(queryText(".o_hotline_batch_waiting")).toInclude("ИСХ-37/2026");
    expect.verifySteps([1]);
});

test("the letters that wait are opened from the result", async () => {
    onRpc("helpdesk.ticket", "action_show_letters_to_post", ({ args }) => {
        expect.step(JSON.stringify(args));
        return { type: "ir.actions.client", tag: "soft_reload" };
    });
    const waiting = [{ id: 4, name: "И-4", letters: "№ ИСХ-1" }];
    await start(() => ({ done: 2, refused: [], waiting }), {
        ids: [4, 5],
        post: { method: "action_show_letters_to_post", label: "To print" },
    });
    await waitFor(".o_hotline_batch_post");
    expect(queryText(".o_hotline_batch_post")).toBe("To print");
    await click(".o_hotline_batch_post");
    await animationFrame();
    expect.verifySteps([2, "[[4]]"]);
    expect(".o_dialog").toHaveCount(0);
});

test("what follows is done at the end, also where some were refused", async () => {
    registry.category("actions").add("hotline_probe", () => expect.step("then"));
    const bad = { id: 2, name: "№ ИСХ-2", reason: "Нет адреса", url: "/odoo/hotline.answer/7" };
    const then = { type: "ir.actions.client", tag: "hotline_probe" };
    await start(() => ({ done: 1, refused: [bad] }), { ids: [1, 2], then });
    await waitFor(".o_hotline_batch_refused");
    expect.verifySteps([2, "then"]);
    expect(queryFirst(".o_hotline_batch_refused a").getAttribute("href")).toBe(bad.url);
});

test("what was sent, where nobody was awaited and what waits for mail is told apart", async () => {
    onRpc("helpdesk.ticket", "action_show_assignments", ({ args }) => {
        expect.step(JSON.stringify(args));
        return { type: "ir.actions.client", tag: "soft_reload" };
    });
    const told = [{ id: 4, name: "И-4", words: "Теплосеть: письмом" }];
    await start(
        () => ({ done: 1, refused: [], skipped: [{ id: 5, name: "И-5" }], told, unsent: 1 }),
        {
            ids: [4, 5],
            words: { told: "Reminded", skipped: "Nobody to remind" },
            see: { method: "action_show_assignments", label: "Show" },
        }
    );
    await waitFor(".o_hotline_batch_told");
    expect(queryText(".o_hotline_batch_told li:first-child")).toBe("Reminded: 1");
    expect(queryText(".o_hotline_batch_words")).toBe("Теплосеть: письмом");
    expect(queryAllTexts(".o_hotline_batch_skipped li")).toEqual(["Nobody to remind: 1", "И-5"]);
    expect(".o_hotline_batch_refused").toHaveCount(0);
    expect(queryText(".o_hotline_batch_unsent")).toMatch("Mail is not set up");
    await click(".o_hotline_batch_see");
    await animationFrame();
    expect.verifySteps([2, "[[4]]"]);
});
