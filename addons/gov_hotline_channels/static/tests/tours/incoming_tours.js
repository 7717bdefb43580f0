import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("hotline_place_letter", {
    steps: () => [
        { trigger: ".o_data_row:contains(Поручение по обращению) td[name=subject]", run: "click" },
        { trigger: ".alert-warning:contains(someone@elsewhere.example)" },
        { trigger: "button.btn-primary[name=action_open_answer]", run: "click" },
        { trigger: ".modal [name=assignment_id] input:value(Дорожная служба)" },
        { trigger: ".modal [name=outgoing_number] input:value(5-114)" },
        { trigger: ".modal button.btn-primary[name=action_apply]", run: "click" },
        { trigger: "button[name=action_open_final]" },
    ],
});
