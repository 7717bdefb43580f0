import { describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import "@gov_hotline/menu/user_menu";

describe.current.tags("headless");

test("C4: nothing in a user's menu leads out of the perimeter", () => {
    allowTranslations();
    const items = registry.category("user_menuitems");
    expect(items.contains("support")).toBe(false);
    expect(items.contains("odoo_account")).toBe(false);
    for (const name of ["shortcuts", "preferences", "log_out"]) {
        expect(items.contains(name)).toBe(true);
    }
    expect(items.get("preferences")({}).description.toString()).toBe("My settings");
});
