import { beforeEach, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, click, edit, queryAllTexts } from "@odoo/hoot-dom";
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { KnowledgeHints } from "@gov_hotline_kb/hints/knowledge_hints";
import { AnswerKnowledge } from "@gov_hotline_kb/answer/answer_knowledge";
import { CaseKnowledge } from "@gov_hotline_kb/case/case_knowledge";

defineMailModels();

const HEATING = {
    id: 1,
    title: "Холодные батареи",
    short: "Позвоните в аварийную.",
    text: "Весь текст",
};
const PASSPORT = { id: 2, title: "Замена паспорта", short: "", text: "Заявление в МФЦ" };

function props(more) {
    return {
        topic: { id: 7 },
        text: "третий день холодно",
        call: { id: 5 },
        insertText: (text) => expect.step(text),
        ...more,
    };
}

// Each use is counted on the server.
beforeEach(() => onRpc("document.page", "note_used", () => true));

async function settle() {
    await animationFrame();
    await advanceTime(400);
    await animationFrame();
}

test("articles of the topic and the words of the talk are suggested", async () => {
    onRpc("document.page", "suggest", ({ args }) => {
        expect.step(args);
        return [HEATING];
    });
    await mountWithCleanup(KnowledgeHints, { props: props() });
    await settle();
    expect.verifySteps([[7, "третий день холодно"]]);
    expect(queryAllTexts(".o_hotline_article [name='read']")).toEqual(["Холодные батареи"]);
    expect(".o_hotline_article_short").toHaveText("Позвоните в аварийную.");
});

test("what the operator looks for comes instead of suggestions", async () => {
    onRpc("document.page", "suggest", () => [HEATING]);
    onRpc("document.page", "search_text", ({ args }) => {
        expect.step(args[0]);
        return [PASSPORT];
    });
    await mountWithCleanup(KnowledgeHints, { props: props() });
    await settle();
    await click("input[name='find_article']");
    await edit("паспорт");
    await settle();
    expect.verifySteps(["паспорт"]);
    expect(queryAllTexts(".o_hotline_article [name='read']")).toEqual(["Замена паспорта"]);
});

test("one click inserts the short form, or the text where there is none", async () => {
    onRpc("document.page", "suggest", () => [HEATING, PASSPORT]);
    await mountWithCleanup(KnowledgeHints, { props: props() });
    await settle();
    await click(".o_hotline_article:eq(0) [name='insert']");
    await click(".o_hotline_article:eq(1) [name='insert']");
    expect.verifySteps(["Позвоните в аварийную.", "Заявление в МФЦ"]);
});

test("the whole article opens in place; without a call nothing is inserted", async () => {
    onRpc("document.page", "suggest", () => [HEATING]);
    await mountWithCleanup(KnowledgeHints, { props: props({ call: false }) });
    await settle();
    expect("[name='insert']").toHaveCount(0);
    expect(".o_hotline_article_text").toHaveCount(0);
    await click("[name='read']");
    await animationFrame();
    expect(".o_hotline_article_text").toHaveText("Весь текст");
});

test("whether the opened article helped is said by one click and shown", async () => {
    onRpc("document.page", "suggest", () => [HEATING]);
    onRpc("document.page", "mark_helped", ({ args }) => {
        expect.step(args);
        return false;
    });
    await mountWithCleanup(KnowledgeHints, { props: props() });
    await settle();
    expect("[name='helped']").toHaveCount(0);
    await click("[name='read']");
    await animationFrame();
    await click("[name='not_helped']");
    await animationFrame();
    expect.verifySteps([[1, false]]);
    expect("[name='not_helped']").toHaveAttribute("aria-pressed", "true");
});

test("a question without an answer is noted by one click", async () => {
    onRpc("document.page", "suggest", () => []);
    onRpc("document.page", "search_text", () => []);
    onRpc("hotline.kb.gap", "note", ({ args, kwargs }) => {
        expect.step([...args, kwargs.topic_id, kwargs.call_id]);
        return 1;
    });
    await mountWithCleanup(KnowledgeHints, { props: props({ text: "" }) });
    await settle();
    expect("[name='note_gap']").toHaveCount(0);
    await click("input[name='find_article']");
    await edit("рыбалка");
    await settle();
    await click("[name='note_gap']");
    await animationFrame();
    expect.verifySteps([["рыбалка", 7, 5]]);
    expect("[name='note_gap']").toHaveCount(0);
    expect("[role='status']").toHaveCount(1);
});

test("a list of measures picked anew takes the place of the first one", async () => {
    onRpc("document.page", "suggest", () => []);
    const workplace = {
        form: { result: "Здравствуйте.\nМеры:\n1. Старая\nСправочно." },
        change: (vals) => expect.step(vals.result),
    };
    const hints = await mountWithCleanup(KnowledgeHints, { props: props({ workplace }) });
    await settle();
    hints.insertList("Меры:\n1. Новая\nСправочно.");
    workplace.form.result = "Другое";
    hints.insertList("Меры:\n1. Новая\nСправочно.");
    expect.verifySteps([
        "Здравствуйте.\nМеры:\n1. Новая\nСправочно.",
        "Меры:\n1. Новая\nСправочно.",
    ]);
});

test("beside an answer: found for a letter, inserted after what is written is kept", async () => {
    onRpc("hotline.answer", "find_articles", ({ args }) => {
        expect.step(args);
        return [PASSPORT];
    });
    onRpc("document.page", "action_insert_into_answer", ({ args, kwargs }) => {
        expect.step([args, kwargs.context.hotline_answer_id]);
        return true;
    });
    const record = {
        resId: 9,
        data: { topic_id: { id: 7 } },
        save: () => expect.step("saved") || true,
        load: () => expect.step("loaded"),
    };
    await mountWithCleanup(AnswerKnowledge, { props: { record, readonly: false } });
    await settle();
    expect("[name='pick_measures']").toHaveCount(0);
    await click("[name='insert']");
    await settle();
    expect.verifySteps([[[9], ""], "saved", [[[2]], 9], "loaded"]);
});

test("articles that do not fit are no answer: the caller's words are noted", async () => {
    onRpc("document.page", "suggest", () => [HEATING]);
    onRpc("document.page", "search_text", () => [PASSPORT]);
    onRpc("hotline.kb.gap", "note", ({ args }) => {
        expect.step(args[0]);
        return 1;
    });
    await mountWithCleanup(KnowledgeHints, { props: props() });
    await settle();
    expect("[name='read']").toHaveCount(1);
    await click("[name='note_gap']");
    await animationFrame();
    expect("[role='status']").toHaveCount(1);
    await click("input[name='find_article']");
    await edit("рыбалка");
    await settle();
    await click("[name='note_gap']");
    await animationFrame();
    expect.verifySteps(["третий день холодно", "рыбалка"]);
});

test("an example says that it is one; what the operator does stands apart", async () => {
    const told = { ...HEATING, example: true, note: "1. Узнайте адрес.\n2. Передайте." };
    onRpc("document.page", "suggest", () => [told, PASSPORT]);
    await mountWithCleanup(KnowledgeHints, { props: props() });
    await settle();
    expect(".o_hotline_article .badge").toHaveCount(1);
    expect(".o_hotline_article_note").toHaveCount(0);
    await click(".o_hotline_article:eq(0) [name='read']");
    await animationFrame();
    expect(".o_hotline_article_note").toHaveText(/1. Узнайте адрес.\s+2. Передайте./);
});

test("an example inserted into a talk says that it is one", async () => {
    onRpc("document.page", "suggest", () => [{ ...HEATING, example: true }]);
    await mountWithCleanup(KnowledgeHints, { props: props({ insertText: expect.step }) });
    await settle();
    await click("[name='insert']");
    expect.verifySteps([
        "[Example from the knowledge base: compare it with the law and delete this line.]\n" +
            "Позвоните в аварийную.",
    ]);
});

test("what shares only a word stands last, under a heading of its own", async () => {
    onRpc("document.page", "suggest", () => [{ ...HEATING, similar: true }, PASSPORT]);
    await mountWithCleanup(KnowledgeHints, { props: props() });
    await settle();
    expect(queryAllTexts(".o_hotline_article [name='read']")).toEqual([
        "Замена паспорта",
        "Холодные батареи",
    ]);
    expect(".o_hotline_similar").toHaveCount(1);
    expect(".o_hotline_article:eq(1) .o_hotline_similar").toHaveCount(1);
});

test("beside a new answer the letter goes into the text without a save", async () => {
    onRpc("hotline.answer", "find_articles", ({ args, kwargs }) => {
        expect.step([...args, kwargs.ticket_id]);
        return [{ ...PASSPORT, letter: "Письмо" }];
    });
    const record = {
        resId: false,
        data: { topic_id: false, ticket_id: { id: 4 }, text: "Здравствуйте.\n" },
        update: (vals) => expect.step(vals.text),
    };
    await mountWithCleanup(AnswerKnowledge, { props: { record, readonly: false } });
    await settle();
    await click("[name='insert']");
    await settle();
    expect.verifySteps([[[], "", 4], "Здравствуйте.\n\nПисьмо"]);
});

test("beside a case: found and read out in place", async () => {
    onRpc("helpdesk.ticket", "find_articles", ({ args }) => {
        expect.step(args);
        return args[1] ? [PASSPORT] : [HEATING];
    });
    const record = { resId: 3, data: { topic_id: { id: 7 }, name: "Холодно" } };
    await mountWithCleanup(CaseKnowledge, { props: { record, readonly: false } });
    await settle();
    expect(".o_hotline_article_short").toHaveText("Позвоните в аварийную.");
    expect("[name='insert']").toHaveCount(0);
    await click("input[name='find_article']");
    await edit("паспорт");
    await settle();
    expect.verifySteps([
        [[3], ""],
        [[3], "паспорт"],
    ]);
});
