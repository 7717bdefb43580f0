import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** The test stands in for the PBX: these methods exist in the test alone. */
function pbx(method) {
    const route = `/web/dataset/call_kw/hotline.call/${method}`;
    return rpc(route, { model: "hotline.call", method, args: [[]], kwargs: {} });
}

registry.category("web_tour.tours").add("hotline_phone", {
    url: "/odoo/hotline-workplace",
    steps: () => [
        { content: "On the line", trigger: "[name=phone_state]", run: "click" },
        { trigger: ".o_hotline_extension:contains(101)", run: "click" },
        { trigger: ".o_hotline_queue" },
        {
            content: "A number that is told, and the handset beside it",
            trigger: ".o_hotline_caller input[name=phone]",
            run: "edit 8 913 555-01-77",
        },
        { trigger: ".o_hotline_caller [name=dial]", run: "dblclick" },
        { content: "The own telephone rings", trigger: ".o_hotline_strip_words" },
        {
            content: "The citizen is busy",
            trigger: ".o_hotline_strip",
            async run() {
                while (!(await pbx("test_listens"))) {
                    await new Promise((resolve) => setTimeout(resolve, 100));
                }
                await pbx("test_busy");
            },
        },
        { content: "In words, with «Call again»", trigger: ".o_hotline_strip [name=call_again]" },
        { trigger: ".o_hotline_strip [name=close_outcome]", run: "click" },
        { content: "A pause with its reason", trigger: "[name=phone_state]", run: "click" },
        { trigger: ".o_hotline_reason", run: "click" },
        { content: "How long it lasts", trigger: "[name=phone_state] .o_hotline_clock" },
    ],
});
