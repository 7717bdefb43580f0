import { Component, useState } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";
import { _t } from "@web/core/l10n/translation";

/** The topic by words of its name or by code. */
export class TopicSelect extends Component {
    static template = "gov_hotline.TopicSelect";
    static components = { AutoComplete };
    static props = { model: Object };

    setup() {
        this.shown = useState({ version: 0 });
    }

    get value() {
        const { topic } = this.props.model.form;
        return topic ? topic.name : "";
    }

    get sources() {
        return [{ options: (text) => this.options(text), optionSlot: "topic" }];
    }

    async options(text) {
        if (text.length < 2) {
            return [];
        }
        const topics = await this.props.model.rpc("search_topics", text);
        if (!topics.length) {
            return [{ data: {}, label: _t("Nothing found: try another word.") }];
        }
        return topics.map((topic) => ({
            data: topic,
            label: topic.name,
            onSelect: () => this.props.model.change({ topic }),
        }));
    }

    /** Words that chose nothing do not stay: they would look like a choice. */
    onBlur({ inputValue }) {
        if (inputValue !== this.value) {
            this.shown.version++;
        }
    }

    /** An emptied field means: no topic. */
    onChange({ inputValue }) {
        if (!inputValue.trim()) {
            this.props.model.change({ topic: false });
        }
    }
}
