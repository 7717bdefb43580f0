import { expect, test } from "@odoo/hoot";
import { animationFrame, Deferred, mockSendBeacon } from "@odoo/hoot-mock";
import { unload } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import "@gov_hotline_kb/article/article_form";

class Page extends models.Model {
    _name = "document.page";
    part_how = fields.Text();
    draft_revision = fields.Integer();
    draft_base = fields.Integer();
    _records = [{ id: 1, part_how: "Было", draft_revision: 4 }];
}

defineMailModels();
defineModels([Page]);

const ARCH = `<form js_class="hotline_article_form">
    <field name="draft_revision" invisible="1"/>
    <field name="draft_base" invisible="1"/>
    <field name="part_how"/>
</form>`;

async function mountAndWrite(text) {
    await mountView({ resModel: "document.page", type: "form", resId: 1, arch: ARCH });
    await contains("[name=part_how] textarea").edit(text);
}

test("a save tells which draft was before the writer's eyes", async () => {
    onRpc("document.page", "web_save", ({ args, kwargs }) => {
        expect.step(args[1]);
        expect(Boolean(kwargs.context.hotline_leaving)).toBe(false);
    });
    await mountAndWrite("Стало");
    await contains(".o_form_button_save").click();
    expect.verifySteps([{ part_how: "Стало", draft_base: 4 }]);
});

test("so does the last save of a page that is closed", async () => {
    const sent = new Deferred();
    mockSendBeacon((_route, blob) => {
        blob.text().then((text) => sent.resolve(JSON.parse(text).params));
        return true;
    });
    await mountAndWrite("Стало");
    await unload();
    const { args, kwargs } = await sent;
    expect(args).toEqual([[1], { part_how: "Стало", draft_base: 4 }]);
    expect(kwargs.context.hotline_leaving).toBe(true);
});

test("a page that nobody wrote on sends nothing when it is closed", async () => {
    mockSendBeacon(() => expect.step("sent"));
    await mountView({ resModel: "document.page", type: "form", resId: 1, arch: ARCH });
    await unload();
    expect.verifySteps([]);
});

test("what is refused is kept, told, and stays on the screen with its base", async () => {
    expect.errors(1);
    onRpc("document.page", "web_save", () => {
        throw makeServerError({ message: "Коллега уже изменил статью" });
    });
    onRpc("document.page", "keep_unsaved", ({ args }) => {
        expect.step(args);
        return true;
    });
    mockSendBeacon((_route, blob) => {
        blob.text().then((text) => expect.step(JSON.parse(text).params.args[1]));
        return true;
    });
    await mountAndWrite("Стало");
    await contains(".o_form_button_save").click();
    await animationFrame();
    const changes = { part_how: "Стало", draft_base: 4 };
    expect.verifySteps([[[1], changes]]);
    expect.verifyErrors(["Коллега уже изменил статью"]);
    expect(".o_notification").toHaveCount(1);
    expect("[name=part_how] textarea").toHaveValue("Стало");
    await unload();
    await animationFrame();
    expect.verifySteps([changes]);
});
