import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { normalize } from "@web/core/l10n/utils";

/** Agencies whose name, competence or phone holds every word of `text`. */
export function findAgencies(agencies, text) {
    const words = normalize(text).split(/\s+/).filter(Boolean);
    return agencies.filter((agency) => {
        const where = normalize(`${agency.name} ${agency.competence} ${agency.phone}`);
        return words.every((word) => where.includes(word));
    });
}

const SHOWN = 30;

/** The directory of agencies: whose question, telephone, open now. */
export class AgencyDirectory extends Component {
    static template = "gov_hotline.AgencyDirectory";
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.state = useState({ text: "" });
    }

    get found() {
        return findAgencies(this.model.agencies, this.state.text);
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
