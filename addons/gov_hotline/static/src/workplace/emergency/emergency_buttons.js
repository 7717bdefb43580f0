import { Component, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";

const KEYS = [1, 2, 3, 4];

/** «112», «Угроза», «Ребёнок», «Кризис»: always there, from any field and over any dialog. */
export class EmergencyButtons extends Component {
    static template = "gov_hotline.EmergencyButtons";
    static props = { model: Object, onPressed: { type: Function, optional: true } };

    setup() {
        this.model = useState(this.props.model);
        for (const key of KEYS) {
            useHotkey(`alt+control+${key}`, () => this.press(this.model.cards[key - 1]), {
                bypassEditableProtection: true,
                global: true,
                isAvailable: () => this.model.cards.length >= key,
            });
        }
    }

    title(index) {
        return index < KEYS.length ? _t("Ctrl+Alt+%(key)s", { key: index + 1 }) : "";
    }

    async press(card) {
        await this.model.pressEmergency(card.id);
        this.props.onPressed?.();
    }
}
