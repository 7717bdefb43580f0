const NAME = "gov_hotline.softphone";

/**
 * One of the browser's tabs is the telephone; the others show its state and pass on its buttons.
 *
 * `owner()` is called in the tab that becomes the telephone, now or when the present one is closed;
 * `heard(message)` gets what another tab sent.
 */
export class SoftphoneTabs {
    constructor({ owner, heard }) {
        Object.assign(this, { isOwner: false, owner, turn: new AbortController() });
        this.channel = new BroadcastChannel(NAME);
        this.channel.onmessage = ({ data }) => heard(data);
        this.wait();
    }

    /** Wait for the turn, and keep it until `leave`. */
    async wait() {
        try {
            await navigator.locks.request(NAME, { signal: this.turn.signal }, () => this.hold());
        } catch (error) {
            if (error.name !== "AbortError") {
                throw error;
            }
        }
    }

    hold() {
        return new Promise((release) => {
            this.release = release;
            this.isOwner = true;
            this.owner();
        });
    }

    leave() {
        this.turn.abort();
        this.release?.();
        this.isOwner = false;
        this.channel.close();
    }

    send(message) {
        this.channel.postMessage(message);
    }
}
