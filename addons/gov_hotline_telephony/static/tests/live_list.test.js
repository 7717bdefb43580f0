import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { waitForChannels, waitNotifications } from "@bus/../tests/bus_test_helpers";
import {
    defineModels,
    fields,
    MockServer,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { LIVE, REST, rested, TICK } from "@gov_hotline_telephony/live_list/live_list";

describe.current.tags("desktop");

class Waiting extends models.Model {
    _name = "hotline.call";
    name = fields.Char();
    _records = [{ id: 1, name: "First" }];
}

defineMailModels();
defineModels([Waiting]);

const ARCH = `<list js_class="hotline_live_list"><field name="name"/></list>`;

let reads;

beforeEach(() => {
    reads = 0;
    onRpc("hotline.call", "web_search_read", () => {
        reads++;
    });
});

function tell(model) {
    MockServer.env["bus.bus"]._sendone(LIVE, LIVE, { model });
}

test("what is asked in a storm is done once a second", async () => {
    let count = 0;
    const { ask, stop } = rested(() => count++, REST);
    for (let number = 0; number < 50; number++) {
        ask();
        await advanceTime(50);
    }
    expect(count).toBeLessThan(5);
    await advanceTime(2 * REST);
    const done = count;
    await advanceTime(5 * REST);
    expect(count).toBe(done);
    ask();
    stop();
    await advanceTime(2 * REST);
    expect(count).toBe(done);
});

test("the list reads itself anew when the server says so", async () => {
    await mountView({ type: "list", resModel: "hotline.call", arch: ARCH });
    expect(reads).toBe(1);
    await waitForChannels([LIVE]);
    MockServer.env["hotline.call"].create({ name: "Second" });
    for (let number = 0; number < 10; number++) {
        tell("hotline.call");
    }
    tell("hotline.operator.state");
    await waitNotifications([LIVE, { model: "hotline.operator.state" }]);
    await advanceTime(REST);
    await animationFrame();
    // Ten messages; the waiting above may take more than a second of the clock.
    expect(reads).toBeGreaterThan(1);
    expect(reads).toBeLessThan(8);
    expect(".o_data_row").toHaveCount(2);
});

test("how long one waits is read anew by and by", async () => {
    await mountView({ type: "list", resModel: "hotline.call", arch: ARCH });
    await advanceTime(TICK + REST);
    expect(reads).toBe(2);
});
