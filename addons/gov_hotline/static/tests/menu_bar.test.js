import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { destroy, expect, getFixture, test } from "@odoo/hoot";
import { queryAllTexts, queryRect, waitFor, waitForNone } from "@odoo/hoot-dom";
import {
    clearRegistry,
    contains,
    defineMenus,
    getService,
    makeMockEnv,
    mountWithCleanup,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { Component, useState, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { NavBar } from "@web/webclient/navbar/navbar";
import "@gov_hotline/menu/menu_bar";

const ROOM = ".o_menu_sections";
const MORE = ".o_menu_sections_more";
defineMailModels();

const SHOWN = `${ROOM} > .o_nav_entry:not(.d-none)`;

/** A bar of 900 points with four sections of 150, and an icon that gets its width when it is told. */
async function mountBar() {
    const sections = [10, 11, 12, 13];
    defineMenus([
        { id: 1, name: "App", children: sections },
        ...sections.map((id) => ({ id, name: `Section ${id}` })),
    ]);
    const icon = {};
    class Icon extends Component {
        static props = ["*"];
        static template = xml`<div t-att-style="'width: ' + state.width + 'px'"/>`;
        setup() {
            this.state = icon.state = useState({ width: 50 });
        }
    }
    const icons = registry.category("systray");
    clearRegistry(icons);
    icons.add("late", { Component: Icon });
    await makeMockEnv();
    getService("menu").setCurrentMenu(1);
    const style = document.createElement("style");
    style.textContent = `${ROOM} > .o_nav_entry { width: 150px; flex: none; }`;
    getFixture().append(style);
    getFixture().style.width = "900px";
    return { icon, bar: await mountWithCleanup(NavBar) };
}

test.tags("desktop");
test("B4: no section lies under an icon that got its width late; with room it comes back", async () => {
    const { icon } = await mountBar();
    await waitForNone(MORE);
    expect(SHOWN).toHaveCount(4);

    icon.state.width = 350;
    await waitFor(MORE);
    expect(queryAllTexts(SHOWN).length).toBeLessThan(4);
    const last = document.querySelector(MORE).getBoundingClientRect();
    expect(last.right).not.toBeGreaterThan(queryRect(".o_menu_systray").left);
    await contains(`${MORE} button`).click();
    expect(".o_more_dropdown_section:last").toHaveText("Section 13");

    icon.state.width = 50;
    await waitFor(`${SHOWN}:contains(Section 13)`);
    expect(SHOWN).toHaveCount(4);
});

test.tags("desktop");
test("B4: a bar that is gone watches nothing", async () => {
    let watching = 0;
    patchWithCleanup(window, {
        ResizeObserver: class extends ResizeObserver {
            observe(el) {
                watching += el.matches(ROOM) ? 1 : 0;
                super.observe(el);
            }
            disconnect() {
                watching -= 1;
                super.disconnect();
            }
        },
    });
    const { bar } = await mountBar();
    expect(watching).toBe(1);
    destroy(bar);
    expect(watching).toBe(0);
});
