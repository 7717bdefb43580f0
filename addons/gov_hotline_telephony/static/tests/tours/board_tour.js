import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

/** The test stands in for the PBX: these methods exist in the test alone. */
function pbx(method) {
    const route = `/web/dataset/call_kw/hotline.call/${method}`;
    return rpc(route, { model: "hotline.call", method, args: [[]], kwargs: {} });
}

const value = (tile, text) => `[data-tile='${tile}'] .o_hotline_tile_value:contains('${text}')`;

registry.category("web_tour.tours").add("hotline_board", {
    steps: () => [
        { content: "Two wait", trigger: value("waiting", "2") },
        { content: "The longest wait counts", trigger: "[data-tile='longest'] .text-danger" },
        {
            content: "Somebody gives up, once the page listens",
            trigger: ".o_hotline_board",
            async run() {
                while (!(await pbx("test_listens"))) {
                    await new Promise((resolve) => setTimeout(resolve, 100));
                }
                await pbx("test_gives_up");
            },
        },
        { content: "One waits, without a reload", trigger: value("waiting", "1") },
        {
            content: "One line alone",
            trigger: ".o_hotline_board_line:contains('Горячая линия')",
            run: "click",
        },
        { content: "The lost calls open", trigger: "[data-tile='lost']", run: "click" },
        {
            content: "As many as the tile counts",
            trigger: ".o_list_view:has(.o_data_row:eq(2)):not(:has(.o_data_row:eq(3)))",
        },
        { content: "Back", trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        {
            content: "The chosen line is still chosen",
            trigger: ".o_hotline_board_line[aria-pressed='true']:contains('Горячая линия')",
        },
    ],
});
