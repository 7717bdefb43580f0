import { registry } from "@web/core/registry";

/**
 * News of the bus, in step with what the page asks the server. A page that opens, or whose
 * connection was broken, hears the last minute once more: what the server's answer knew already is
 * no news, and a call that has ended since must not come up again.
 */
export class News {
    constructor() {
        this.known = 0; // the newest message that an answer of the server knew
        this.asking = 0;
        this.held = [];
        /** Called for a message that is old: a hint that the server may be asked again. */
        this.onOld = () => {};
    }

    /** Keep what comes until the server has answered. */
    wait() {
        this.asking++;
    }

    /** The server's answer knew everything up to this message; what came meanwhile is told now. */
    answered(known = 0) {
        this.known = Math.max(this.known, known);
        this.asking--;
        const { held } = this;
        this.held = [];
        held.forEach((tell) => tell());
    }

    /** Return what `bus.subscribe` takes for `act(payload)`. */
    taker(act) {
        return (payload, { id } = {}) => this.take(id, () => act(payload));
    }

    take(id, act) {
        if (this.asking) {
            this.held.push(() => this.take(id, act));
        } else if (id && id <= this.known) {
            this.onOld();
        } else {
            act();
        }
    }
}

registry.category("services").add("gov_hotline.news", { start: () => new News() });
