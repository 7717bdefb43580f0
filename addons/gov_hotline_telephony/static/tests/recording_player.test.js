import { describe, expect, test } from "@odoo/hoot";
import { animationFrame, click, keyDown, queryAllTexts, queryOne, select } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { makeMockEnv, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { Recordings } from "@gov_hotline_telephony/player/recordings";
import { clock, jump } from "@gov_hotline_telephony/player/player_sound";

describe.current.tags("desktop");
defineMailModels();

const STORED = {
    id: 7,
    call_id: 3,
    call_number: "З-3",
    begun: "2026-11-21 21:05:11",
    operator: "Петрова",
    state: "stored",
    words: "",
    seconds: 65,
    channels: 2,
    left: "citizen",
    sha256: "",
    may_download: false,
    transcript: "",
    transcript_words: "",
};

async function open(recordings, model = "hotline.call") {
    onRpc(model, "recordings", () => recordings);
    await makeMockEnv();
    await mountWithCleanup(Recordings, { props: { model, resId: 3 } });
}

test("times and jumps stay within the recording", () => {
    expect(clock(65)).toBe("1:05");
    expect(clock(3665)).toBe("1:01:05");
    expect(jump(5, -10, 65)).toBe(0);
    expect(jump(60, 10, 65)).toBe(65);
});

test("jumps by button and by key, speed, whose voice", async () => {
    await open([STORED]);
    const audio = queryOne("audio");
    expect(audio).toHaveAttribute("src", "/hotline/recording/7");
    await click("button[name=on]");
    await animationFrame();
    expect(".o_hotline_player .o_hotline_clock").toHaveText("0:10 / 1:05");
    queryOne(".o_hotline_player").focus();
    await keyDown("ArrowRight");
    await keyDown("ArrowLeft");
    await keyDown("ArrowLeft");
    await animationFrame();
    expect(".o_hotline_player .o_hotline_clock").toHaveText("0:00 / 1:05");
    await click("select[name=speed]");
    await select("1.5");
    expect(audio.playbackRate).toBe(1.5);
    expect(queryAllTexts("select[name=side] option").length).toBe(3);
    expect("a[name=download]").toHaveCount(0);
});

test("one channel has no choice of voices; who may carries it away", async () => {
    await open([{ ...STORED, channels: 1, may_download: true }]);
    expect("select[name=side]").toHaveCount(0);
    expect("a[name=download]").toHaveAttribute("href", "/hotline/recording/7?download=1");
});

test("a missing file is said in words, nothing to hear is said too", async () => {
    await open([{ ...STORED, state: "missing", words: "Запись не найдена" }]);
    expect(".text-danger").toHaveText("Запись не найдена");
    expect("audio").toHaveCount(0);
});

test("a word of the transcript plays from there", async () => {
    onRpc("hotline.recording", "transcript", () => ({
        fault: "",
        lines: [
            { from: 0, until: 2, words: [[0, " Батареи"]] },
            { from: 20, until: 22, words: [[20.5, " холодные"]] },
        ],
    }));
    await open([{ ...STORED, transcript: "done", transcript_words: "Расшифровка" }]);
    const audio = queryOne("audio");
    audio.play = async () => expect.step("play");
    await click("button[name=words]");
    await animationFrame();
    await click(".o_hotline_word:eq(1)");
    await animationFrame();
    expect(".o_hotline_player .o_hotline_clock:first").toHaveText("0:20 / 1:05");
    expect.verifySteps(["play"]);
    expect(".o_hotline_line_now").toHaveText("0:20 холодные");
});
