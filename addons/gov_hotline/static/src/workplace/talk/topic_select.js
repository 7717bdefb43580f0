import { Component } from "@odoo/owl";
import { AutoComplete } from "@web/core/autocomplete/autocomplete";

/** The topic by words of its name or by code. */
export class TopicSelect extends Component {
    static template = "gov_hotline.TopicSelect";
    static components = { AutoComplete };
    static props = { model: Object };

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
        return topics.map((topic) => ({
            data: topic,
            label: topic.name,
            onSelect: () => this.props.model.change({ topic }),
        }));
    }

    /** An emptied field means: no topic; other text falls back to the chosen one. */
    onChange({ inputValue }) {
        if (!inputValue.trim()) {
            this.props.model.change({ topic: false });
        }
    }
}
