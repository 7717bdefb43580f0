import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, waitFor } from "@odoo/hoot-dom";
import { Component, reactive, useState, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { useActs } from "@gov_hotline/acts/use_acts";
import { isLong } from "@gov_hotline/long_text/long_text_field";

describe.current.tags("desktop");
defineMailModels();

const REGISTER = { method: "action_register_here", label: "Register", step: true };

class Ticket extends models.Model {
    _name = "helpdesk.ticket";
    name = fields.Char({ string: "Subject" });
    scan = fields.Char({ string: "File", required: true });
    received_on = fields.Date();
    acts = fields.Json();
    _records = [
        {
            id: 1,
            name: "Lamp",
            scan: "a",
            received_on: "2026-11-24",
            acts: [{ ...REGISTER, blocked: false, primary: true }],
        },
        {
            id: 2,
            name: "Road",
            acts: [{ ...REGISTER, blocked: "No address (art. 7)\nNo text (art. 7)" }],
        },
    ];
    _views = {
        form: `
            <form>
                <header><widget name="hotline_acts"/></header>
                <sheet>
                    <widget name="hotline_why_not"/>
                    <field name="name"/>
                    <field name="scan" string="Signed sheet"/>
                    <field name="received_on" readonly="1"/>
                </sheet>
            </form>`,
    };
}
defineModels([Ticket]);

test("an act that opens the screen anew is not followed by a second reading", async () => {
    class Doer extends Component {
        static template = xml`<button class="o_act" t-on-click="() => this.act()"/>`;
        static props = ["*"];
        setup() {
            this.doing = useActs(this);
        }
        act() {
            return this.doing.run(REGISTER, { resModel: "helpdesk.ticket", resId: 1 });
        }
    }
    const shown = reactive({ isShown: true });
    class Screen extends Component {
        static components = { Doer };
        static template = xml`<Doer t-if="state.isShown" record="record"/>`;
        static props = ["*"];
        setup() {
            this.state = useState(shown);
            this.record = { save: () => true, load: () => expect.step("read again") };
        }
    }
    onRpc("helpdesk.ticket", "action_register_here", () => ({
        type: "ir.actions.client",
        tag: "display_notification",
    }));
    mockService("action", {
        async doAction(_next, { onClose }) {
            shown.isShown = false;
            await animationFrame();
            onClose();
            expect.step("done");
        },
    });
    await mountWithCleanup(Screen);
    await click(".o_act");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["done"]);
});

test("why the step is grey stands on the form", async () => {
    await mountView({ type: "form", resModel: "helpdesk.ticket", resId: 2 });
    expect("button[data-act=action_register_here]").not.toBeEnabled();
    expect(".o_hotline_why_not").toHaveText(/No address \(art. 7\)\s+No text \(art. 7\)/);
});

test("the fields that are missing are named as the form names them", async () => {
    await mountView({ type: "form", resModel: "helpdesk.ticket" });
    await click(".o_field_widget[name=name] input");
    await click(".o_form_button_save");
    await waitFor(".o_notification");
    expect(".o_notification").toHaveText(/Fill in: Signed sheet/);
});

test("dates are written in figures", async () => {
    await mountView({ type: "form", resModel: "helpdesk.ticket", resId: 1 });
    expect(".o_field_widget[name=received_on]").toHaveText("11/24/2026");
});

test("a text is long by its length or by its lines", () => {
    expect(isLong("short")).toBe(false);
    expect(isLong("a".repeat(1201))).toBe(true);
    expect(isLong("a\n".repeat(11))).toBe(true);
    expect(registry.category("fields").contains("hotline_long_text")).toBe(true);
});
