import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Pick an addressee in the dialog by the first letters. */
function addressee(name) {
    return [
        { trigger: ".modal [name=addressee_ids] input", run: `edit ${name}` },
        {
            trigger: `.modal [name=addressee_ids] .dropdown-item:contains(${name})`,
            run: "click",
        },
        { trigger: `.modal [name=line_ids] td:contains(${name})` },
    ];
}

tours.add("hotline_resolution", {
    steps: () => [
        { trigger: "button[data-act=action_resolution]", run: "click" },
        ...addressee("Управление"),
        ...addressee("Теплосеть"),
        { trigger: ".modal button[name=action_sign_and_send]", run: "click" },
        { trigger: ".o_hotline_ledger:contains(Управление ЖКХ):contains(Теплосеть)" },
    ],
});

tours.add("hotline_assignment_portal", {
    url: "/my/assignments",
    steps: () => [
        { trigger: ".list-group-item", run: "click", expectUnloadPage: true },
        { trigger: "summary:contains(Ответ)", run: "click" },
        { trigger: "textarea[name=text]", run: "edit Тепло дано" },
        {
            trigger: "form[action$='/answer'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".alert-success" },
    ],
});

// The form is opened anew by what the server answers: nothing is left behind to complain of it.
tours.add("hotline_register_form", {
    steps: () => [
        {
            trigger: "[name=appeal_text] textarea",
            run: "edit Третий день холодные батареи, прошу дать тепло.",
        },
        { trigger: "button[data-act=action_register_here]:enabled", run: "click" },
        { trigger: ".o_notification_content" },
        { trigger: "button[data-act=action_resolution]" },
        { trigger: "body:not(:has(.o_error_dialog))" },
    ],
});
