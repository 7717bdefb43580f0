import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame, queryText } from "@odoo/hoot-dom";
import { advanceTime, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { browser } from "@web/core/browser/browser";
import {
    getService,
    makeMockEnv,
    mountWebClient,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { share } from "@gov_hotline_telephony/board/board_words";
import { REST, TICK } from "@gov_hotline_telephony/live_list/live_list";

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
    patchWithCleanup(browser, { localStorage: { ...browser.localStorage, getItem: () => null } });
    onRpc("hotline.board", "look", () => {
        reads++;
        return told;
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

test("what becomes late without a message is read by and by", async () => {
    await open();
    await advanceTime(TICK + REST);
    expect(reads).toBe(2);
});
