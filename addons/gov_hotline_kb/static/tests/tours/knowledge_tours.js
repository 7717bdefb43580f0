import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const WORKPLACE = "/odoo/hotline-workplace";
const FIND = ".o_hotline_knowledge input[name=find_article]";

const call = [
    { trigger: ".o_hotline_workplace input[name=phone]", run: "edit 8 (913) 555-01-01" },
    { trigger: ".o_hotline_workplace input[name=phone]", run: "press Enter" },
    { trigger: ".o_hotline_timer" },
];

/** A2: found by a word while the caller speaks, inserted into what was answered. */
tours.add("hotline_kb_insert", {
    url: WORKPLACE,
    steps: () => [
        ...call,
        { trigger: FIND, run: "edit холодные батареи" },
        { trigger: ".o_hotline_article:contains(Холодные батареи) [name=read]", run: "click" },
        { trigger: ".o_hotline_article_text:contains(аварийную службу)" },
        { trigger: ".o_hotline_article:contains(Холодные батареи) [name=insert]", run: "click" },
        {
            trigger: "textarea[name=question], textarea[name=result]",
            run() {
                const typed = [...document.querySelectorAll(".o_hotline_talk textarea")];
                if (!typed.some((one) => one.value.includes("Позвоните в аварийную службу"))) {
                    throw new Error("The article is not inserted");
                }
            },
        },
    ],
});

/** A2: whoever writes an answer looks for an article in its window; the text is kept and added to. */
tours.add("hotline_kb_answer", {
    steps: () => [
        { trigger: "[name=text] textarea", run: "edit Здравствуйте." },
        { trigger: FIND, run: "edit замену паспорта" },
        { trigger: ".o_hotline_article:contains(Замена паспорта) [name=insert]", run: "click" },
        { trigger: "[name=text] textarea:value(Здравствуйте)" },
        { trigger: "[name=text] textarea:value(Заявление в МФЦ)" },
    ],
});

/** A2: what nobody could read out is noted by one click. */
tours.add("hotline_kb_gap", {
    url: WORKPLACE,
    steps: () => [
        ...call,
        { trigger: FIND, run: "edit разрешение на рыбалку" },
        { trigger: ".o_hotline_knowledge [name=note_gap]", run: "click" },
        { trigger: ".o_hotline_knowledge [role=status]" },
    ],
});

tours.add("hotline_kb_draft", {
    url: "/odoo/hotline-knowledge-gaps",
    steps: () => [
        { trigger: ".o_data_row:contains(рыбалку) [name=action_make_draft]", run: "click" },
        { trigger: ".o_form_view [name=part_how] textarea", run: "edit Разрешение не нужно." },
        { trigger: "button[name=action_send_for_approval]", run: "click" },
        { trigger: ".o_form_view .alert-info:not(.d-none)" },
    ],
});

tours.add("hotline_kb_approve", {
    url: "/odoo/hotline-knowledge-approval",
    steps: () => [
        { trigger: ".o_data_row:contains(рыбалку) .o_data_cell", run: "click" },
        { trigger: ".o_form_view:contains(Разрешение не нужно)" },
        { trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".o_list_view .o_view_nocontent, .o_list_view:not(:contains(рыбалку))" },
    ],
});

tours.add("hotline_kb_found", {
    url: WORKPLACE,
    steps: () => [
        ...call,
        { trigger: FIND, run: "edit разрешение на рыбалку" },
        { trigger: ".o_hotline_article:contains(рыбалку)" },
    ],
});

/** C6: a question answered, a measure with its reason, another caller. */
tours.add("hotline_kb_questionnaire", {
    url: "/odoo/hotline-pick-measures",
    steps: () => [
        { trigger: ".o_hotline_question:contains(Детей для теста) input", run: "edit 3" },
        { trigger: "[data-group=fits]" },
        { trigger: ".o_hotline_measure:contains(Статус многодетной) .o_hotline_reasons .fa-check" },
        { trigger: "[data-group=may]" },
        {
            trigger: ".o_hotline_question:contains(Доход для теста) [name=option]:first",
            run: "click",
        },
        { trigger: ".o_hotline_measure:contains(Пособие) [name=open]", run: "click" },
        { trigger: ".o_hotline_measure:contains(Подать заявление)" },
        { trigger: ".o_hotline_handing [name=print]:enabled" },
        { trigger: "[name=clear]", run: "click" },
        { trigger: ".o_hotline_questionnaire:not(:has(.o_hotline_measure))" },
    ],
});

/** C6: over a talk, one click; the list goes into what was answered. */
tours.add("hotline_kb_measures_in_call", {
    url: WORKPLACE,
    steps: () => [
        ...call,
        { trigger: ".o_hotline_knowledge [name=pick_measures]", run: "click" },
        { trigger: ".modal .o_hotline_question:contains(Детей для теста) input", run: "edit 3" },
        { trigger: ".modal .o_hotline_measure:contains(Статус многодетной)" },
        { trigger: ".modal [name=insert_list]:enabled", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            trigger: ".o_hotline_talk textarea",
            run() {
                const typed = [...document.querySelectorAll(".o_hotline_talk textarea")];
                if (!typed.some((one) => one.value.includes("Статус многодетной"))) {
                    throw new Error("The list is not inserted");
                }
            },
        },
    ],
});

/** A2: marks of personal data, one kept, the draft made. */
tours.add("hotline_kb_intake", {
    steps: () => [
        { trigger: "button[name=action_draft_article]", run: "click" },
        { trigger: ".modal [data-part=question] [name=mark]:contains(Ленина)", run: "click" },
        { trigger: ".modal [name=make_draft]:disabled" },
        { trigger: ".modal #o_hotline_intake_checked", run: "click" },
        { trigger: ".modal [name=make_draft]:enabled", run: "click" },
        { trigger: ".o_form_view [name=part_how]" },
    ],
});

/** C6: a citizen without an account: search, article, «did it help». */
tours.add("hotline_kb_public", {
    url: "/hotline/help",
    steps: () => [
        { trigger: "#hotline_help_query", run: "edit отопления" },
        {
            trigger: "form[role=search] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_hotline_help_found a:contains(Нет отопления)",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "#ways" },
        { trigger: "#said button[value=yes]", run: "click", expectUnloadPage: true },
        { trigger: "#said [role=status]" },
    ],
});
