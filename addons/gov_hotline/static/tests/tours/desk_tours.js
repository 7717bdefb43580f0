import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const row = (name) => `.o_data_row:contains(${name})`;
const counter = (name, count) => `[data-counter=${name}]:contains(${count})`;

/** Tick the cases of these applicants. */
const tick = (...names) =>
    names.map((name) => ({
        trigger: `${row(name)} .o_list_record_selector input`,
        run: "click",
    }));

const addressee = (name) => [
    { trigger: ".modal [name=addressee_ids] input", run: `edit ${name}` },
    {
        trigger: `.modal [name=addressee_ids] .dropdown-item:contains(${name})`,
        run: "click",
    },
    { trigger: `.modal [name=line_ids] td:contains(${name})` },
];

// The officer's first screen: what burns is there at once, a counter shows its cases.
tours.add("hotline_desk", {
    steps: () => [
        { trigger: `.o_hotline_desk_list_view ${row("Просроченная")}` },
        { trigger: `${row("Просроченная")}:contains(просрочено на)` },
        // the key of the counter, not the third section of the main menu; what is typed stays
        { trigger: ".o_searchview_input", run: "edit Втор" },
        { trigger: ".o_searchview_input", run: "press Alt+3" },
        { trigger: "[data-counter=overdue][aria-pressed=true]:contains(1)" },
        { trigger: ".o_searchview_input:value(Втор)", run: "clear" },
        { trigger: `.o_list_view:not(:has(${row("Вторая")})) ${row("Просроченная")}` },
        { trigger: "[data-counter=overdue][aria-pressed=true]", run: "click" },
        ...tick("Первая", "Вторая", "Жалобная"),
        { trigger: "button[name=action_resolve_selected]", run: "click" },
        ...addressee("Теплосеть"),
        { trigger: ".modal [name=text] textarea", run: "edit Восстановить отопление" },
        { trigger: ".modal button[name=action_sign_and_send]", run: "click" },
        { trigger: ".o_hotline_batch:contains(2 из 3)" },
        { trigger: ".o_hotline_batch_refused:contains(Жалобная)" },
        { trigger: ".modal footer .o_hotline_batch_repeat", run: "click" },
        { trigger: ".modal [name=addressee_ids]:contains(Теплосеть)" },
        { trigger: ".modal footer button:contains(Отмена)", run: "click" },
        { trigger: `body:not(:has(.modal)) ${row("Первая")}:contains(поручение без ответа)` },
        { trigger: counter("waiting", 2), run: "click" },
        { trigger: `.o_list_view:not(:has(${row("Жалобная")})) ${row("Вторая")}` },
        ...tick("Первая", "Вторая"),
        { trigger: "button[name=action_remind_selected]", run: "click" },
        { trigger: ".o_hotline_batch:contains(2 из 2)" },
        { trigger: ".o_hotline_batch_told:contains(Напомнили)" },
        { trigger: ".modal footer button:contains(Закрыть)", run: "click" },
        { trigger: ".o_switch_view.o_kanban", run: "click" },
        { trigger: ".o_kanban_group:contains(Позже) .o_kanban_record:contains(Первая)" },
        { trigger: ".o_switch_view.o_calendar", run: "click" },
        { trigger: ".o_calendar_renderer" },
    ],
});
