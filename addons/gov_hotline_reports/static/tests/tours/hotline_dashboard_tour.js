import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("hotline_dashboard", {
    steps: () => [
        {
            content: "The region of a week",
            trigger: ".o_hotline_dashboard [data-period=week]",
            run: "click",
        },
        {
            content: "Its appeals received",
            trigger:
                ".o_hotline_dashboard:has([data-period=week].active) .o_hotline_tile[data-code=received]",
            run: "click",
        },
        {
            content: "The appeals themselves",
            trigger: ".o_list_view .o_data_row td[name='number']",
        },
        {
            content: "Back",
            trigger: ".breadcrumb-item.o_back_button a, .breadcrumb a",
            run: "click",
        },
        {
            content: "The same period as before",
            trigger: ".o_hotline_dashboard [data-period=week].active",
        },
    ],
});
