import { Component, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** The times an operator promises most; `now` is a luxon DateTime. */
export function promiseTimes(now) {
    const times = [
        { label: _t("in half an hour"), at: now.plus({ minutes: 30 }) },
        { label: _t("in an hour"), at: now.plus({ hours: 1 }) },
        { label: _t("in two hours"), at: now.plus({ hours: 2 }) },
        { label: _t("today"), at: now.set({ hour: 17, minute: 0 }) },
        { label: _t("tomorrow"), at: now.plus({ days: 1 }).set({ hour: 10, minute: 0 }) },
    ];
    return times
        .map((time) => ({ ...time, at: time.at.startOf("minute") }))
        .filter((time) => time.at > now);
}

/** «Обещание: перезвонить до …»: two clicks. */
export class PromiseMenu extends Component {
    static template = "gov_hotline.PromiseMenu";
    static components = { Dropdown, DropdownItem };
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.menu = useDropdownState();
    }

    get times() {
        return promiseTimes(this.now);
    }

    /** By the clock of the body, wherever the computer thinks it stands. */
    get now() {
        return DateTime.local().setZone(this.model.tz);
    }

    clock(at) {
        return at.toFormat("HH:mm");
    }

    async promise(at) {
        await this.model.promise(serializeDateTime(at), "");
    }

    /** The browser's own field gives «2026-11-24T15:00» without a zone. */
    async promiseTyped(value) {
        const at = DateTime.fromISO(value, { zone: this.model.tz });
        if (at.isValid && at > this.now) {
            this.menu.close();
            await this.promise(at);
        }
    }
}
