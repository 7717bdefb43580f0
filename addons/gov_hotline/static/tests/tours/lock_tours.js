import { registry } from "@web/core/registry";

const TEXT = ".o_field_widget[name=appeal_text] textarea";
const PASSWORD = ".o_hotline_lock input[type=password]";

async function ask() {
    const answer = await fetch("/web/dataset/call_kw", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
            params: { model: "helpdesk.ticket", method: "search_count", args: [[]], kwargs: {} },
        }),
    });
    return (await answer.json()).error?.data.name;
}

registry.category("web_tour.tours").add("hotline_lock_keeps_text", {
    steps: () => [
        { trigger: TEXT, run: "edit Начало и продолжение.", timeout: 60000 },
        { trigger: ".o_user_menu button", run: "click" },
        { trigger: ".o-dropdown-item:contains('Заблокировать экран')", run: "click" },
        {
            trigger: ".o_hotline_lock h3:contains('Сеанс заблокирован')",
            run: async () => {
                const locked = "odoo.addons.auth_timeout.models.ir_http.CheckIdentityException";
                if ((await ask()) !== locked) {
                    throw new Error("The server answers although the session is locked");
                }
                const below = document.querySelector(".o_form_view");
                if (getComputedStyle(below).visibility !== "hidden") {
                    throw new Error("The case shows through the locked screen");
                }
            },
        },
        { trigger: PASSWORD, run: "edit wrong" },
        { trigger: ".o_hotline_lock button[type=submit]", run: "click" },
        { trigger: ".o_hotline_lock .alert-danger:contains('Неверный пароль')" },
        { trigger: PASSWORD, run: "edit test_operator" },
        { trigger: ".o_hotline_lock button[type=submit]", run: "click" },
        { trigger: "body:not(:has(.o_hotline_lock))" },
        {
            trigger: TEXT,
            run: ({ anchor }) => {
                if (anchor.value !== "Начало и продолжение.") {
                    throw new Error(`The text is lost: ${anchor.value}`);
                }
            },
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_button_save:not(:visible)" },
    ],
});
