const TONE = 425; // Hz, the ring of a Russian exchange
const ON = 1; // seconds
const EVERY = 4000; // milliseconds from ring to ring
const QUIET = 0.15;

/** The ring in the headset: tones of the browser itself, no file. `start` twice rings once. */
export class SoftphoneRing {
    start() {
        if (!this.timer) {
            this.tone();
            this.timer = setInterval(() => this.tone(), EVERY);
        }
    }

    stop() {
        clearInterval(this.timer);
        this.timer = null;
        this.context?.close();
        this.context = null;
    }

    tone() {
        this.context ||= new AudioContext();
        const source = this.context.createOscillator();
        const volume = this.context.createGain();
        source.frequency.value = TONE;
        volume.gain.value = QUIET;
        source.connect(volume).connect(this.context.destination);
        source.start();
        source.stop(this.context.currentTime + ON);
    }
}
