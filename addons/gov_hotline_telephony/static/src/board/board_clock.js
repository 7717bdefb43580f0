import { Component, onWillUnmount, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { timerText } from "@gov_hotline/workplace/head_bar/call_timer";

/**
 * How long since a moment of the server, counted here. `shift`: by how many ms the server's clock is
 * ahead of this browser's. Red above `late` seconds.
 */
export class BoardClock extends Component {
    static template = xml`
        <span aria-hidden="true" t-att-class="{ 'text-danger': isLate }" t-out="text"/>`;
    static props = { since: String, shift: Number, late: { optional: true } };

    setup() {
        this.tick = useState({ count: 0 });
        const interval = browser.setInterval(() => this.tick.count++, 1000);
        onWillUnmount(() => browser.clearInterval(interval));
    }

    get seconds() {
        const began = deserializeDateTime(this.props.since).toMillis();
        return Math.max(0, Math.floor((Date.now() + this.props.shift - began) / 1000));
    }

    get isLate() {
        return Boolean(this.props.late) && this.seconds > this.props.late;
    }

    get text() {
        return this.tick.count >= 0 && timerText(this.seconds);
    }
}
