import { markup } from "@odoo/owl";
import { isMacOS } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import "@web/webclient/user_menu/user_menu_items";

// A closed perimeter: nothing in a user's menu leads to odoo.com. What stays has our words, for
// Odoo's Russian catalogue leaves them in English.
const items = registry.category("user_menuitems");
const words = {
    preferences: () => _t("My settings"),
    shortcuts: () => {
        const name = _t("Find in menus");
        return markup`
            <div class="d-flex align-items-center justify-content-between p-0 w-100">
                <span>${name}</span>
                <span class="fw-bold ms-3">${isMacOS() ? "Cmd" : "Ctrl"}+K</span>
            </div>`;
    },
};

for (const name of ["support", "odoo_account"]) {
    items.remove(name);
}
for (const [name, description] of Object.entries(words)) {
    const item = items.get(name);
    items.add(name, (env) => ({ ...item(env), description: description() }), { force: true });
}
