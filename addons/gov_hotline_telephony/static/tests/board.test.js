import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, queryAllTexts, queryText } from "@odoo/hoot-dom";
import { advanceTime, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { waitForChannels, waitNotifications } from "@bus/../tests/bus_test_helpers";
import {
    getService,
    makeMockEnv,
    MockServer,
    mountWebClient,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { share } from "@gov_hotline_telephony/board/board_words";
import { LIVE, REST, TICK } from "@gov_hotline_telephony/live_list/live_list";

describe.current.tags("desktop");
defineMailModels();

const AIMS = { seconds: 20, level: 80, lost: 5 };
const NOBODY = { ready: 0, ringing: 0, talking: 0, wrap_up: 0, paused: 0 };

function row(values = {}) {
    return {
        ...{ waiting: 0, ringing: 0, longest_since: false, answered: 0, offered: 0 },
        ...{ in_time: 0, late: 0, lost: 0, asked: 0, short: 0 },
        ...{ level: null, lost_share: null, keeps_level: null, keeps_lost: null },
        ...{ callbacks: 0, callbacks_late: 0, promises_late: 0, alarms: 0 },
        operators: NOBODY,
        ...values,
    };
}

function line(id, name, values = {}) {
    return { id, name, aims: AIMS, ...row(values) };
}

const TALKS = {
    ...{ id: 7, user_id: 3, name: "Смирнова Анна", state: "talking", reason: "" },
    ...{ since: "2026-11-22 09:59:00", call_id: 5, call: "2026-000005" },
    ...{ line: "Горячая линия", lines: [1] },
};
const RESTS = {
    ...{ id: 8, user_id: 4, name: "Иванов Пётр", state: "paused", reason: "Обед" },
    ...{ since: "2026-11-22 09:50:00", call_id: false, call: "", line: "", lines: [2] },
};

function answer(values = {}) {
    return {
        now: "2026-11-22 10:00:00",
        day: "2026-11-22",
        lines: [line(1, "Горячая линия"), line(2, "Приёмная")],
        total: row(),
        operators: [],
        states: { talking: "Talks", paused: "Pause" },
        troubles: [],
        supervises: false,
        ...values,
    };
}

let told;
let reads;

beforeEach(() => {
    reads = 0;
    told = answer();
    onRpc("hotline.board", "look", () => {
        reads++;
        return typeof told === "function" ? told() : told;
    });
    onRpc("hotline.board", "open", ({ args }) => {
        expect.step(args.join());
        return { type: "ir.actions.act_window_close" };
    });
});

async function open() {
    await mountWebClient();
    await getService("action").doAction({ type: "ir.actions.client", tag: "gov_hotline.board" });
    await animationFrame();
}

function value(tile) {
    return queryText(`[data-tile='${tile}'] .o_hotline_tile_value`);
}

function note(tile) {
    return queryText(`[data-tile='${tile}'] .o_hotline_tile_note`);
}

test("shares are words of the day", async () => {
    await makeMockEnv();
    expect(share(null)).toBe("—");
    expect(share(80)).toBe("80\u00a0%");
    expect(share(79.9)).toBe("79.9\u00a0%");
    expect(share(0)).toBe("0\u00a0%");
});

test("an empty day says so in words", async () => {
    await open();
    expect(value("waiting")).toBe("0");
    expect(note("longest")).toBe("nobody waits");
    expect(value("level")).toBe("—");
    expect(note("level")).toBe("no calls decided today yet");
    expect(".o_hotline_board_nobody").toHaveCount(1);
    expect(".o_hotline_tile_danger").toHaveCount(0);
});

test("the longest wait counts by itself, by the server's clock, and turns red", async () => {
    mockDate("2020-01-01 00:00:00");
    told = answer({ total: row({ waiting: 1, longest_since: "2026-11-22 09:59:45" }) });
    await open();
    expect(value("longest")).toBe("00:15");
    expect("[data-tile='longest'] .text-danger").toHaveCount(0);
    await advanceTime(6000);
    expect(value("longest")).toBe("00:21");
    expect("[data-tile='longest'] .text-danger").toHaveCount(1);
    expect(reads).toBe(1);
});

test("a storm of messages is read at most once a second", async () => {
    await open();
    await waitForChannels([LIVE]);
    told = answer({ total: row({ waiting: 3, callbacks: 2, callbacks_late: 1 }) });
    const models = ["hotline.call", "hotline.task", "hotline.operator.state", "hotline.alarm"];
    for (let number = 0; number < 40; number++) {
        MockServer.env["bus.bus"]._sendone(LIVE, LIVE, { model: models[number % 4] });
    }
    await waitNotifications([LIVE, { model: "hotline.alarm" }]);
    await advanceTime(REST);
    await animationFrame();
    expect(value("waiting")).toBe("3");
    expect("[data-tile='callbacks'].o_hotline_tile_danger").toHaveCount(1);
    // Forty messages; the waiting above may take more than a second of the clock.
    expect(reads).toBeGreaterThan(1);
    expect(reads).toBeLessThan(8);
});

test("what becomes late without a message is read by and by", async () => {
    await open();
    await advanceTime(TICK + REST);
    expect(reads).toBe(2);
});

test("figures are judged, and open what they count", async () => {
    const day = { offered: 10, in_time: 7, late: 1, lost: 2, level: 70, lost_share: 20 };
    told = answer({ total: row({ ...day, keeps_level: false, keeps_lost: false }) });
    await open();
    expect(value("level")).toBe("70 %");
    expect(note("level")).toBe("7 of 10 calls, late: 1");
    expect("[data-tile='level'].o_hotline_tile_danger").toHaveCount(1);
    expect("[data-tile='lost'].o_hotline_tile_danger").toHaveCount(1);
    for (const tile of ["waiting", "level", "lost", "callbacks", "promises", "alarms"]) {
        await click(`[data-tile='${tile}']`);
        await animationFrame();
    }
    expect.verifySteps(["waiting,", "late,", "lost,", "callbacks,", "promises_late,", "alarms,"]);
});

test("one line alone: its figures and its operators", async () => {
    told = answer({
        lines: [line(1, "Горячая линия", { waiting: 4 }), line(2, "Приёмная")],
        total: row({ waiting: 4 }),
        operators: [TALKS, RESTS],
    });
    await open();
    expect(queryAllTexts(".o_hotline_person strong")).toEqual(["Смирнова Анна", "Иванов Пётр"]);
    await click(".o_hotline_board_line:contains(Приёмная)");
    await animationFrame();
    expect(value("waiting")).toBe("0");
    expect(queryAllTexts(".o_hotline_person strong")).toEqual(["Иванов Пётр"]);
    await click("[data-tile='callbacks']");
    await animationFrame();
    expect.verifySteps(["callbacks,2"]);
});

test("who may listen in, does so from here", async () => {
    onRpc("hotline.operator.state", "*", ({ method, args }) => {
        expect.step(`${method} ${args[0]}`);
        return false;
    });
    told = answer({ operators: [TALKS, RESTS] });
    await open();
    expect(".o_hotline_person button[name]").toHaveCount(0);
    told = answer({ operators: [TALKS, RESTS], supervises: true });
    await advanceTime(TICK + REST);
    await animationFrame();
    expect(queryAllTexts(".o_hotline_person button[name]")).toEqual(["Listen", "Prompt", "Join"]);
    await click("button[name=listen]");
    await animationFrame();
    expect.verifySteps(["action_listen 7"]);
});

test("the last figures stay while the server is away, with their time", async () => {
    told = answer({ total: row({ waiting: 2 }) });
    await open();
    told = () => {
        throw new Error("away");
    };
    await advanceTime(TICK + REST);
    await animationFrame();
    expect(value("waiting")).toBe("2");
    expect(".alert-warning").toHaveCount(1);
    told = answer({ troubles: ["No connection to «АТС»."] });
    await advanceTime(TICK + REST);
    await animationFrame();
    expect(queryAllTexts(".alert-warning")).toEqual(["No connection to «АТС»."]);
});
