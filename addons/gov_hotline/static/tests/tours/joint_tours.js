import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("hotline_answer_together", {
    steps: () => [
        {
            trigger: ".o_hotline_answer button[name=action_join]",
            run: "click",
        },
        { trigger: ".modal .o_data_row:contains(Петров И. С.)" },
        { trigger: ".modal footer button[name=action_join]", run: "click" },
        {
            trigger: ".o_hotline_common_text textarea:value(/заявитель.приветствие/)",
            run() {
                if (document.querySelector(".o_hotline_answer [name=text] textarea")) {
                    throw new Error("two texts are offered");
                }
            },
        },
        { trigger: "button[name=action_match_questions]", run: "click" },
        { trigger: "[name=companion_ids]:not(:contains(Не по каждому))" },
        { trigger: "button[name=action_number]:enabled", run: "click" },
        { trigger: "[name=companion_ids]:contains(ИСХ-)" },
        {
            trigger:
                "[name=companion_ids] .o_data_row:contains(Петров И. С.) button[name=action_open_letter]:enabled",
            run: "click",
        },
        { trigger: ".modal .o_hotline_letter_text:contains(Уважаемый Иван Сергеевич)" },
        { trigger: ".modal footer .btn:contains(Закрыть)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: "button[name=action_give]:enabled", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Дан)" },
    ],
});
