import { press } from "@odoo/hoot-dom";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** The test stands in for the PBX: these methods exist in the test alone. */
function pbx(method) {
    const route = `/web/dataset/call_kw/hotline.call/${method}`;
    return rpc(route, { model: "hotline.call", method, args: [[]], kwargs: {} });
}

registry.category("web_tour.tours").add("hotline_call_pop", {
    steps: () => [
        {
            content: "It rings at another operator, then here, once the page listens",
            trigger: ".o_web_client",
            async run() {
                while (!(await pbx("test_listens"))) {
                    await new Promise((resolve) => setTimeout(resolve, 100));
                }
                await pbx("test_ring_other");
                await pbx("test_ring");
            },
        },
        {
            content: "Who calls, over whatever is open",
            trigger: ".o_hotline_ringing .o_hotline_who:contains('Иванова М. П.')",
        },
        {
            content: "The other operator's call is not here",
            trigger: "body:not(:has(.o_hotline_who:contains('Сидоров')))",
        },
        {
            content: "One key opens the card",
            trigger: ".o_hotline_ringing [name='open']",
            run: () => press("Enter"),
        },
        {
            content: "The call opens with her",
            trigger: ".o_hotline_workplace:contains('Иванова')",
        },
        {
            trigger: "body:not(:has(.o_hotline_ringing))",
        },
        {
            content: "Registered while she is on the line",
            trigger: "label[for=hotline_group_appeal]",
            run: "click",
        },
        { trigger: ".o_hotline_topic input", run: "edit отопл" },
        { trigger: ".o_hotline_topic_menu a:contains(Отопление)", run: "click" },
        {
            trigger: "textarea[name=question]",
            run: "edit Третий день холодные батареи. Прошу восстановить отопление.",
        },
        { trigger: ".o_hotline_missing:not(:has(li.text-danger))" },
        { trigger: "button[name=register]", run: "click" },
        { trigger: ".modal .o_hotline_big[data-name=number]:contains(/\\d/)" },
    ],
});

registry.category("web_tour.tours").add("hotline_no_phone", {
    steps: () => [
        { trigger: ".o_main_navbar .o_user_menu", timeout: 60000 },
        {
            content: "No state on the line, no handset, nobody rings here",
            trigger:
                "body:not(:has([name=phone_state], [name=dial], .o_hotline_strip, .o_hotline_ringing))",
        },
    ],
});
