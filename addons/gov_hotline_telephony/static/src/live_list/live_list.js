import { onMounted, onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

export const LIVE = "gov_hotline.live";
export const REST = 1000;
export const TICK = 10000;

/** Return { ask, stop }: `ask` runs `act` now, or once `rest` ms after it ended last. */
export function rested(act, rest) {
    let ended = -Infinity;
    let timer = null;
    let isRunning = false;
    let isAsked = false;
    const run = async () => {
        timer = null;
        isAsked = false;
        isRunning = true;
        try {
            await act();
        } finally {
            isRunning = false;
            ended = Date.now();
        }
        if (isAsked) {
            ask();
        }
    };
    const ask = () => {
        isAsked = true;
        if (!isRunning && timer === null) {
            timer = browser.setTimeout(run, Math.max(0, ended + rest - Date.now()));
        }
    };
    const stop = () => {
        browser.clearTimeout(timer);
        isRunning = true;
    };
    return { ask, stop };
}

/** A list of what goes on now: the server says that it has changed, the list reads it anew. */
export class LiveListController extends ListController {
    setup() {
        super.setup();
        const bus = useService("bus_service");
        const reading = rested(() => this.readAnew(), REST);
        const hear = ({ model }) => model === this.props.resModel && reading.ask();
        let clock;
        onMounted(() => {
            bus.addChannel(LIVE);
            bus.subscribe(LIVE, hear);
            clock = browser.setInterval(() => this.model.root.count && reading.ask(), TICK);
        });
        onWillUnmount(() => {
            bus.unsubscribe(LIVE, hear);
            browser.clearInterval(clock);
            reading.stop();
        });
        useBus(bus, "BUS:RECONNECT", reading.ask);
    }

    /** Rows that are chosen stay as they are until nothing is chosen. */
    async readAnew() {
        const { root } = this.model;
        if (!root.selection.length) {
            await root.load();
        }
    }
}

registry.category("views").add("hotline_live_list", {
    ...listView,
    Controller: LiveListController,
});
