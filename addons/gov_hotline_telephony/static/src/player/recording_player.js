import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { clock, Ears, jump, SPEEDS, STEP } from "./player_sound";
import { TranscriptLines } from "./transcript_lines";

const KEYS = { ArrowLeft: -STEP, ArrowRight: STEP };

/** One recording: play, jump, speed, channel, words; every key works where the focus is. */
export class RecordingPlayer extends Component {
    static template = "gov_hotline_telephony.RecordingPlayer";
    static components = { TranscriptLines };
    static props = { recording: Object };

    setup() {
        this.orm = useService("orm");
        this.speeds = SPEEDS;
        this.audio = useRef("audio");
        this.state = useState({
            playing: false,
            at: 0,
            speed: 1,
            side: "both",
            failed: false,
            transcript: null,
        });
        onMounted(() => (this.ears = new Ears(this.audio.el)));
        onWillUnmount(() => this.ears.close());
    }

    get url() {
        return `/hotline/recording/${this.props.recording.id}`;
    }

    get length() {
        return this.props.recording.seconds || this.audio.el?.duration || 0;
    }

    get times() {
        return `${clock(this.state.at)} / ${clock(this.length)}`;
    }

    get playTitle() {
        return this.state.playing ? _t("Pause (space)") : _t("Play (space)");
    }

    get sides() {
        const names = { citizen: _t("Citizen"), operator: _t("Operator") };
        const left = this.props.recording.left;
        const right = left === "citizen" ? "operator" : "citizen";
        return [
            { side: "both", name: _t("Both") },
            { side: "left", name: names[left] },
            { side: "right", name: names[right] },
        ];
    }

    async toggle() {
        const audio = this.audio.el;
        if (!audio.paused) {
            return audio.pause();
        }
        try {
            this.state.failed = false;
            await audio.play();
        } catch (error) {
            this.state.failed = error.name !== "AbortError";
        }
    }

    jump(by) {
        this.seek(jump(this.audio.el.currentTime, by, this.length));
    }

    seek(at) {
        this.audio.el.currentTime = at;
        this.state.at = at;
    }

    /** Play from a word or a line of the transcript. */
    async playFrom(at) {
        this.seek(at);
        if (this.audio.el.paused) {
            await this.toggle();
        }
    }

    setSpeed(chosen) {
        this.state.speed = Number(chosen);
        this.audio.el.playbackRate = this.state.speed;
    }

    setSide(side) {
        this.state.side = side;
        this.ears.hear(side);
    }

    onTime() {
        this.state.at = this.audio.el.currentTime;
    }

    onKeydown(ev) {
        if (ev.target.matches("select, input, a")) {
            return;
        }
        if (ev.key in KEYS) {
            this.jump(KEYS[ev.key]);
        } else if (ev.key === " " && !ev.target.matches("button")) {
            this.toggle();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    async showWords() {
        if (this.state.transcript) {
            this.state.transcript = null;
            return;
        }
        this.state.transcript = await this.orm.call("hotline.recording", "transcript", [
            [this.props.recording.id],
        ]);
    }
}
