import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";
import "@gov_hotline_kb/approvals/approvals";

class Answer extends models.Model {
    _name = "hotline.answer";
    name = fields.Char();
    awaits_me = fields.Boolean();
    _records = [];
}

defineMailModels();
defineModels([Answer]);

const ARCHS = {
    list: `<list js_class="hotline_approvals_list"><field name="name"/></list>`,
    kanban: `<kanban js_class="hotline_approvals_kanban"><templates><t t-name="card">
        <field name="name"/></t></templates></kanban>`,
};
const NOTHING = "Nothing waits for your approval";
const ARTICLES = "<p>No answer waits</p><p><a href='/odoo/articles'>Open the articles</a></p>";

async function open(type, words, domain = [["awaits_me", "=", true]]) {
    onRpc("hotline.answer", "awaiting_articles_help", () => {
        expect.step("asked");
        return words;
    });
    await mountView({
        resModel: "hotline.answer",
        type,
        arch: ARCHS[type],
        noContentHelp: NOTHING,
        domain,
    });
}

for (const type of Object.keys(ARCHS)) {
    test(`A2: an empty ${type} of answers says that articles wait and leads to them`, async () => {
        await open(type, ARTICLES);
        expect.verifySteps(["asked"]);
        expect(".o_nocontent_help").not.toHaveText(new RegExp(NOTHING));
        expect(".o_nocontent_help a[href='/odoo/articles']").toHaveCount(1);
    });
}

test("A2: where no article waits either, nothing waits", async () => {
    await open("list", "");
    expect.verifySteps(["asked"]);
    expect(".o_nocontent_help").toHaveText(NOTHING);
});

test("A2: other lists of answers keep their words and ask nothing", async () => {
    await open("list", ARTICLES, []);
    expect.verifySteps([]);
    expect(".o_nocontent_help").toHaveText(NOTHING);
});
