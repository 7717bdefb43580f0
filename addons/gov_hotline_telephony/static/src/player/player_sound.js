export const STEP = 10; // seconds of one jump
export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];

/** Return «1:05» of seconds; hours only where there are some. */
export function clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds || 0));
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
    const tail = String(whole % 60).padStart(2, "0");
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** Return where a jump of `by` seconds leads, within a recording of `length`. */
export function jump(from, by, length) {
    return Math.min(Math.max(0, from + by), length || Infinity);
}

/** One channel of a stereo sound to both ears; made when it is first asked for. */
export class Ears {
    constructor(audio) {
        this.audio = audio;
    }

    /** `side`: "both", "left" or "right". */
    hear(side) {
        if (!this.context) {
            if (side === "both") {
                return;
            }
            this.open();
        }
        this.context.resume();
        this.splitter.disconnect();
        const [left, right] = { both: [0, 1], left: [0, 0], right: [1, 1] }[side];
        this.splitter.connect(this.merger, left, 0);
        this.splitter.connect(this.merger, right, 1);
    }

    open() {
        this.context = new AudioContext();
        this.splitter = this.context.createChannelSplitter(2);
        this.merger = this.context.createChannelMerger(2);
        this.context.createMediaElementSource(this.audio).connect(this.splitter);
        this.merger.connect(this.context.destination);
    }

    close() {
        this.context?.close();
    }
}
