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
            trigger: ".o_hotline_ringing [name='open']",
            run: "click",
        },
        {
            content: "The call opens with her",
            trigger: ".o_hotline_workplace:contains('Иванова')",
        },
        {
            trigger: "body:not(:has(.o_hotline_ringing))",
        },
    ],
});
