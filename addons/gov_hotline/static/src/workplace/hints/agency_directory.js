import { Component, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { normalize } from "@web/core/l10n/utils";
import { useDebounced } from "@web/core/utils/timing";

/** Agencies one of whose names, competence or phones holds every word of `text`. */
export function findAgencies(agencies, text) {
    const words = normalize(text).split(/\s+/).filter(Boolean);
    return agencies.filter((agency) => {
        const { name, names, competence, phone } = agency;
        const where = normalize([name, names, competence, phone].join(" "));
        return words.every((word) => where.includes(word));
    });
}

/** Both lists, each agency once: a reason comes before none. */
export function joined(first, second) {
    const ids = first.map((one) => one.id);
    const why = Object.fromEntries(second.map((one) => [one.id, one.why]));
    return [
        ...first.map((one) => ({ ...one, why: one.why || why[one.id] })),
        ...second.filter((one) => !ids.includes(one.id)),
    ];
}

const SHOWN = 30;
const DELAY = 250;

/** The directory of agencies: whose question, telephone, open now; the likely ones first. */
export class AgencyDirectory extends Component {
    static template = "gov_hotline.AgencyDirectory";
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({ text: "", asked: [] });
        this.askSoon = useDebounced(() => this.ask(), DELAY);
        useEffect(
            () => {
                this.model.askWhose();
            },
            () => this.model.whoseOf
        );
    }

    /** Whose question it is by its topic and place; a search asks for something else. */
    get proposed() {
        return this.state.text.trim() ? [] : this.model.proposed;
    }

    /** The likely ones; of a search those named so, then those whose question it is. */
    get rows() {
        const known = joined(this.proposed, this.shown);
        return this.state.text.trim() ? joined(known, this.state.asked) : known;
    }

    onInput() {
        this.state.asked = [];
        this.askSoon();
    }

    /** Whose question the typed words are; an answer that comes late is dropped. */
    async ask() {
        const { text } = this.state;
        const asked = await this.model.whoseWords(text);
        if (text === this.state.text) {
            this.state.asked = asked;
        }
    }

    get found() {
        return findAgencies(this.model.agencies, this.state.text);
    }

    phonesOf({ phones, phone }) {
        return phones || (phone ? [{ number: phone, note: "" }] : []);
    }

    get moreText() {
        return _t("and %(count)s more: type a word", {
            count: this.found.length - this.shown.length,
        });
    }

    get shown() {
        return this.found.slice(0, SHOWN);
    }
}
