import { Component, onMounted, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { SHOWN_CALL } from "../workplace_registries";
import { EmergencyButtons } from "./emergency_buttons";
import { EmergencyPanel } from "./emergency_panel";
import { EmergencyTalk } from "./emergency_talk";

/**
 * «Экстренно» over whatever is open: the buttons and the panel of the workplace for a running call.
 * Where a workplace shows that call, the panel comes up there and this window goes.
 */
export class EmergencyDialog extends Component {
    static template = "gov_hotline.EmergencyDialog";
    static components = { Dialog, EmergencyButtons, EmergencyPanel };
    static props = {
        callId: Number,
        who: { type: String, optional: true },
        /** The place of the button that is pressed already: its key was. */
        place: { type: Number, optional: true },
        close: Function,
    };

    setup() {
        const { callId } = this.props;
        const detail = { callId };
        this.env.bus.trigger(SHOWN_CALL, detail);
        this.isShownBelow = Boolean(detail.model);
        this.model = useState(detail.model || EmergencyTalk.create(useService("orm")));
        onWillStart(() => this.isShownBelow || this.model.load(callId));
        onMounted(() => this.pressAsked());
        const root = useRef("root");
        useEffect(
            (emergency) => !emergency && root.el.querySelector("button")?.focus(),
            () => [this.model.emergency]
        );
    }

    get title() {
        const { who } = this.props;
        return who ? _t("Emergency: %(who)s", { who }) : _t("Emergency");
    }

    async pressAsked() {
        const card = this.model.cards[this.props.place - 1];
        if (card) {
            await this.model.pressEmergency(card.id);
            this.onPressed();
        }
    }

    onPressed() {
        if (this.isShownBelow) {
            this.props.close();
        }
    }
}
