import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("hotline_answer_page", {
    steps: () => [
        { trigger: ".o_hotline_more", run: "click" },
        { trigger: ".dropdown-item[data-act=action_answer]", run: "click" },
        { trigger: ".o_hotline_answer .o_hotline_answer_text textarea", run: "edit Тепло дано." },
        {
            trigger: ".o_hotline_answer [name=question_ids] td[name=outcome_id]",
            run: "click",
        },
        {
            trigger: ".o_hotline_answer [name=question_ids] [name=outcome_id] input",
            run: "edit Поддержано",
        },
        { trigger: ".dropdown-item:contains(Поддержано)", run: "click" },
        {
            trigger: ".o_hotline_answer button[name=action_send_for_approval]",
            run: "click",
        },
        { trigger: ".o_arrow_button_current:contains(На согласовании)" },
        { trigger: "[name=approval_html]:contains(Юрист Правов)" },
    ],
});

tours.add("hotline_approve_on_phone", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Иванова М. П.)", run: "click" },
        { trigger: ".o_hotline_answer_text:contains(Тепло дано.)" },
        {
            trigger: "button[name=action_approve]",
            run() {
                const { scrollWidth } = document.scrollingElement;
                if (scrollWidth > window.innerWidth) {
                    throw new Error(`the page is wider than the phone: ${scrollWidth}`);
                }
            },
        },
        { trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".o_notification:contains(Больше ничего не ждёт)" },
        { trigger: ".o_kanban_view .o_view_nocontent" },
    ],
});
