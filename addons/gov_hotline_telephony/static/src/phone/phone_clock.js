import { Component, onWillUnmount, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { timerText } from "@gov_hotline/workplace/head_bar/call_timer";

/**
 * When something began, by the clock of this browser, in ms. `now` is the server's moment of the
 * message: an operator's clock that is wrong by minutes must not make talks of minutes.
 */
export function begunAt(since, now) {
    if (!since) {
        return 0;
    }
    const began = deserializeDateTime(since).toMillis();
    return now ? Date.now() - (deserializeDateTime(now).toMillis() - began) : began;
}

/** How long since `begun` (ms): «02:10». */
export function lastedText(begun) {
    return timerText(Math.max(0, Math.floor((Date.now() - begun) / 1000)));
}

/** A running «02:10». It is read out by nobody: a screen reader would never stop. */
export class PhoneClock extends Component {
    static template = xml`<span class="o_hotline_clock" aria-hidden="true" t-out="text"/>`;
    static props = { begun: Number };

    setup() {
        this.tick = useState({ count: 0 });
        const interval = browser.setInterval(() => this.tick.count++, 1000);
        onWillUnmount(() => browser.clearInterval(interval));
    }

    get text() {
        return this.tick.count >= 0 && lastedText(this.props.begun);
    }
}
