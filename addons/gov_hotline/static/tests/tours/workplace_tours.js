import { press } from "@odoo/hoot-dom";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const URL = "/odoo/hotline-workplace";

/** Type a number as it is heard; Enter opens the call. */
function call(number) {
    return [
        { trigger: ".o_hotline_workplace input[name=phone]", run: `edit ${number}` },
        { trigger: ".o_hotline_workplace input[name=phone]", run: "press Enter" },
        { trigger: ".o_hotline_timer" },
    ];
}

function group(value) {
    return { trigger: `label[for=hotline_group_${value}]`, run: "click" };
}

const idle = { trigger: ".o_hotline_idle" };

tours.add("hotline_workplace_consultation", {
    url: URL,
    steps: () => [
        ...call("8 (913) 555-01-01"),
        { trigger: ".o_hotline_citizen:contains(Иванова Мария Петровна)" },
        { trigger: "textarea[name=question]", run: "edit Когда дадут тепло?" },
        group("consultation"),
        { trigger: "textarea[name=result]", run: "edit До 1 октября." },
        { trigger: "button[name=close_call]:enabled", run: "click" },
        idle,
    ],
});

tours.add("hotline_workplace_message", {
    url: URL,
    steps: () => [
        ...call("8 913 555-01-77"),
        { trigger: "input[name=surname]", run: "edit Новикова" },
        { trigger: "input[name=given_name]", run: "edit Анна" },
        { trigger: "input[name=address]", run: "edit ул. Мира, 2" },
        group("appeal"),
        { trigger: ".o_hotline_missing li" },
        { trigger: ".o_hotline_topic input", run: "edit отопл" },
        { trigger: ".o_hotline_topic_menu a:contains(Отопление)", run: "click" },
        {
            trigger: "textarea[name=question]",
            run: "edit Третий день холодные батареи. Прошу восстановить отопление.",
        },
        { trigger: ".o_hotline_missing:not(:has(li.text-danger))" },
        { trigger: "button[name=register]", run: "click" },
        {
            trigger: ".modal .o_hotline_big[data-name=number]:contains(/\\d/)",
            run() {
                const code = document.querySelector(".modal [data-name=access_code]").textContent;
                if (!/^\d{3}\s\d{3}$/.test(code)) {
                    throw new Error(`The code is not read out in two halves: ${code}`);
                }
            },
        },
        { trigger: ".modal button[name=close_registered]", run: "click" },
        idle,
    ],
});

tours.add("hotline_workplace_choose", {
    url: URL,
    steps: () => [
        ...call("8 913 555-01-01"),
        { trigger: ".o_hotline_caller:not(:has(.o_hotline_citizen)) .o_hotline_candidate" },
        { trigger: ".o_hotline_candidate:contains(Сидоров)", run: "click" },
        { trigger: ".o_hotline_citizen:contains(Сидоров)" },
        group("other"),
        { trigger: "button[name=close_call]:enabled", run: "click" },
        idle,
    ],
});

tours.add("hotline_workplace_status", {
    url: URL,
    steps: () => [
        ...call("+7 913 555-01-01"),
        { trigger: "button[name=show_status]", run: "click" },
        { trigger: ".o_hotline_status dd" },
        { trigger: "button[name=tell_status]", run: "click" },
        idle,
    ],
});

tours.add("hotline_workplace_status_words", {
    url: "/odoo/hotline-status",
    steps: () => [
        { trigger: ".modal input[name=status_surname]", run: "edit Иванова" },
        { trigger: ".modal input[name=status_given_name]", run: "edit Мария" },
        { trigger: ".modal input[name=status_patronymic]", run: "edit Петровна" },
        { trigger: ".modal input[name=status_address]", run: "edit Ленина 15" },
        {
            trigger: ".modal select[name=status_month]",
            run: ({ anchor }) => {
                anchor.value = String(luxon.DateTime.now().month).padStart(2, "0");
                anchor.dispatchEvent(new Event("change"));
            },
        },
        { trigger: ".modal input[name=status_address]", run: "press Enter" },
        { trigger: ".o_hotline_status_answer li:contains(адрес)" },
        { trigger: ".modal input[name=status_address]", run: "edit Ленина 15-3" },
        { trigger: ".modal input[name=status_address]", run: "press Enter" },
        { trigger: ".o_hotline_aloud:contains(Ваше обращение номер)" },
        { trigger: "button[name=status_told]", run: "click" },
        idle,
    ],
});

tours.add("hotline_workplace_reload", {
    url: URL,
    steps: () => [
        ...call("8 913 555-01-01"),
        { trigger: ".o_hotline_citizen" },
        { trigger: "textarea[name=question]", run: "edit Нет воды второй день" },
        // Leaving asks first: the text is kept, the call waits.
        { trigger: ".o_menu_sections [data-menu-xmlid='gov_hotline.menu_appeals']", run: "click" },
        { trigger: ".modal .modal-footer .btn-secondary", run: "click" },
        {
            trigger: "textarea[name=question]",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        { trigger: ".o_hotline_citizen:contains(Иванова)" },
        {
            trigger: "textarea[name=question]",
            run({ anchor }) {
                if (anchor.value !== "Нет воды второй день") {
                    throw new Error(`The reload lost the text: «${anchor.value}»`);
                }
            },
        },
    ],
});

tours.add("hotline_workplace_emergency", {
    url: URL,
    steps: () => [
        // By keyboard alone, out of a field: a slip first, then what was meant.
        { trigger: "input[name=phone]", run: "edit 8 913 555-01-01" },
        { trigger: "input[name=phone]", run: () => press(["alt", "ctrl", "4"]) },
        { trigger: ".o_hotline_emergency .o_hotline_script li:nth-child(3)" },
        { trigger: ".o_hotline_timer" },
        { trigger: "button[name=transfer_emergency]:focus" },
        { trigger: "button[name=transfer_emergency]", run: () => press("Tab") },
        { trigger: "button[name=undo_emergency]:focus", run: () => press("Enter") },
        { trigger: ".o_hotline_workplace:not(:has(.o_hotline_emergency))" },
        { trigger: "textarea[name=question], body", run: () => press(["alt", "ctrl", "1"]) },
        { trigger: ".o_hotline_emergency .o_hotline_big:contains(112)" },
        { trigger: "button[name=transfer_emergency]:focus", run: () => press("Enter") },
        { trigger: ".o_hotline_emergency [role=status]:contains(112)" },
        { trigger: "button[name=close_call]:enabled", run: "click" },
        idle,
    ],
});

tours.add("hotline_workplace_place", {
    url: URL,
    steps: () => [
        ...call("8 (913) 555-01-01"),
        { trigger: "a[name=place_object]:contains(Ленина)" },
        { trigger: "a[name=place_account]:contains(4410-0093)" },
        { trigger: "button[name=enter_readings]", run: "click" },
        { trigger: ".modal input[data-value]", run: "edit 5" },
        { trigger: ".modal input[data-value]", run: "press Enter" },
        { trigger: ".modal select[name=reason]", run: "select replaced" },
        { trigger: ".modal button[name=submit_readings]:enabled", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_hotline_receipt:contains(5)" },
        { trigger: "textarea[name=question]", run: "edit Передала показания." },
        group("consultation"),
        { trigger: "textarea[name=result]", run: "edit Приняты." },
        { trigger: "button[name=close_call]:enabled", run: "click" },
        idle,
    ],
});

tours.add("hotline_workplace_address", {
    url: URL,
    steps: () => [
        ...call("8 913 555-01-77"),
        { trigger: "input[name=find]", run: "edit 3 15 ленин" },
        { trigger: "[data-kind=object] button:contains(кв. 3)", run: "click" },
        { trigger: "a[name=place_account]:contains(4410-0093)" },
        { trigger: ".o_hotline_holder:contains(Петров)" },
        { trigger: "input[name=surname]:value(/^$/)" },
        { trigger: "button[name=take_holder]", run: "click" },
        { trigger: "input[name=surname]:value(Петров)" },
        { trigger: "button[name=drop_object]", run: "click" },
        { trigger: "body:not(:has(a[name=place_account]))" },
    ],
});
