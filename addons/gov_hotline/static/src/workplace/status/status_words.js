import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { LEVEL_CLASSES } from "../caller/citizen_card";

/** What may be told of a case: sentences to read aloud, and the facts for questions. */
export class StatusWords extends Component {
    static template = "gov_hotline.StatusWords";
    static props = { status: Object };

    get levelClass() {
        return LEVEL_CLASSES[this.props.status.level];
    }

    letterText(letter) {
        const number = letter.number ? _t("No. %(number)s of %(date)s", letter) : letter.date || "";
        return [letter.body, number].filter(Boolean).join(", ");
    }
}
