import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useDebounced } from "@web/core/utils/timing";

/** «открытые: 2, всего: 14» */
export function countsText(citizen) {
    return _t("open: %(open)s, all: %(all)s", {
        open: citizen.open_count,
        all: citizen.total_count,
    });
}

/** Nobody is chosen: write down a new citizen; those of the same name are shown, it may be one. */
export class CitizenFinder extends Component {
    static template = "gov_hotline.CitizenFinder";
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.found = useState({ citizens: [] });
        this.lookSoon = useDebounced(() => this.look(), 300);
    }

    counts(citizen) {
        return countsText(citizen);
    }

    onPart(part, value) {
        this.model.form.citizen[part] = value;
        this.model.touch();
        if (part === "surname" || part === "given_name") {
            const { surname, given_name } = this.model.form.citizen;
            this.query = surname.trim().length > 2 ? `${surname} ${given_name}` : "";
            this.lookSoon();
        }
    }

    /** Only the address is known: its accounts are offered, the only one is taken. */
    async onAddress(address) {
        const { place } = this.model.call;
        if (address.trim().length > 3 && place && !place.object && !place.account) {
            await this.model.setPlace("set_address", address);
        }
    }

    async look() {
        const text = this.query.trim();
        const found = text.length > 1 ? await this.model.search(text) : { citizens: [] };
        if (text === this.query.trim()) {
            this.found.citizens = found.citizens;
        }
    }

    onFormKeydown(ev) {
        if (ev.key === "Enter" && this.model.newCitizenTyped) {
            ev.preventDefault();
            this.model.createCitizen();
        }
    }
}
