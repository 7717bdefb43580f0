import { Component, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { normalize } from "@web/core/l10n/utils";

/** Agencies one of whose names, competence or phones holds every word of `text`. */
export function findAgencies(agencies, text) {
    const words = normalize(text).split(/\s+/).filter(Boolean);
    return agencies.filter((agency) => {
        const { name, names, competence, phone } = agency;
        const where = normalize([name, names, competence, phone].join(" "));
        return words.every((word) => where.includes(word));
    });
}

const SHOWN = 30;

/** The directory of agencies: whose question, telephone, open now; the likely ones first. */
export class AgencyDirectory extends Component {
    static template = "gov_hotline.AgencyDirectory";
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({ text: "" });
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

    get rows() {
        const proposed = this.proposed.map((one) => one.id);
        const others = this.shown.filter((one) => !proposed.includes(one.id));
        return [...this.proposed, ...others];
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
