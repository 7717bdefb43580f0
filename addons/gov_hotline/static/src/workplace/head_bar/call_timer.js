import { Component, onWillUnmount, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

/** «04:12», above an hour «1:04:12». */
export function timerText(seconds) {
    const two = (number) => String(number).padStart(2, "0");
    const minutes = Math.floor(seconds / 60);
    const tail = `${two(minutes % 60)}:${two(seconds % 60)}`;
    return minutes < 60 ? tail : `${Math.floor(minutes / 60)}:${tail}`;
}

/** How long the talk lasts. A fact, not a stop-watch: nothing changes colour with it. */
export class CallTimer extends Component {
    static template = xml`
        <span class="o_hotline_timer text-nowrap fs-5" role="timer">
            <i class="fa fa-clock-o me-1" aria-hidden="true"/><t t-out="text"/>
        </span>`;
    static props = { model: Object };

    setup() {
        this.tick = useState({ count: 0 });
        const interval = browser.setInterval(() => this.tick.count++, 1000);
        onWillUnmount(() => browser.clearInterval(interval));
    }

    get text() {
        return this.tick.count >= 0 && timerText(this.props.model.seconds);
    }
}
