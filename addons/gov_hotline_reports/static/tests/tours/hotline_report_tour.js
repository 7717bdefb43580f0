import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("hotline_report_pivot", {
    steps: () => [
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
