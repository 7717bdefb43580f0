import { Component, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { findAgencies, joined } from "../hints/agency_directory";

const SHOWN = 8;

/** An agency by its name or by what it is competent for. */
export class AgencySelect extends Component {
    static template = "gov_hotline.AgencySelect";
    static components = { AutoComplete };
    static props = { model: Object, placeholder: String };

    setup() {
        this.shown = useState({ version: 0 });
    }

    get value() {
        const { agency } = this.props.model;
        return agency ? agency.name : "";
    }

    get sources() {
        return [{ options: (text) => this.options(text), optionSlot: "agency" }];
    }

    async options(text) {
        const { agencies, agency, proposed } = this.props.model;
        // What stands there already is no search: the likely ones are offered first.
        const asked = agency && text === agency.name ? "" : text;
        const ids = proposed.map((one) => one.id);
        const others = agencies.filter((one) => !ids.includes(one.id));
        const found = findAgencies([...proposed, ...others], asked);
        const byWords = asked ? await this.props.model.whoseWords(asked) : [];
        return joined(found, byWords)
            .slice(0, SHOWN)
            .map((agency) => ({
                data: agency,
                label: agency.name,
                onSelect: () => this.props.model.change({ agency_id: agency.id }),
            }));
    }

    /** Words that chose nothing do not stay: they would look like a choice. */
    onBlur({ inputValue }) {
        if (inputValue !== this.value) {
            this.shown.version++;
        }
    }

    onChange({ inputValue }) {
        if (!inputValue.trim()) {
            this.props.model.change({ agency_id: false });
        }
    }
}
