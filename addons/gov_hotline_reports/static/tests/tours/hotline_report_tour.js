import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("hotline_report_pivot", {
    steps: () => [
        {
            content: "Who may not export has no button for it",
            trigger: ".o_pivot_buttons:has(.o_pivot_expand_button):not(:has(.o_pivot_download))",
        },
        {
            content: "Nothing is answered or overdue yet: no share, and not nought",
            trigger: ".o_pivot table tbody tr:first-child .o_pivot_cell_value:contains('—')",
        },
        {
            content: "The total of all months",
            trigger: ".o_pivot table tbody tr:first-child .o_pivot_cell_value:first",
            run: "click",
        },
        {
            content: "The appeals behind it, not the lines of the report",
            trigger: ".o_list_view .o_data_row td[name='number']",
        },
    ],
});

registry.category("web_tour.tours").add("hotline_report_download", {
    steps: () => [
        {
            content: "Who may export has the button",
            trigger: ".o_pivot_buttons .o_pivot_download",
        },
    ],
});

registry.category("web_tour.tours").add("hotline_report_measure", {
    steps: () => [
        {
            content: "Of two appeals one is closed: the second figure of the line of all",
            trigger: ".o_pivot table tbody tr:first-child .o_pivot_cell_value:eq(1):contains('1')",
            run: "click",
        },
        {
            content: "It alone is opened",
            trigger:
                ".o_list_view:has(.o_data_row td[name='number']):not(:has(.o_data_row ~ .o_data_row))",
        },
    ],
});
