import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { displayedItems, propsOf, workplaceHead } from "../workplace_registries";
import { CallTimer } from "./call_timer";
import { ScriptCardDialog } from "./script_card_dialog";

/** The line, the talk's time, the emergency scripts, what waits; add-ons put their parts here. */
export class HeadBar extends Component {
    static template = "gov_hotline.WorkplaceHeadBar";
    static components = { CallTimer };
    static props = { model: Object, startNew: Function };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.model = useState(this.props.model);
    }

    get itemProps() {
        return propsOf(this.model);
    }

    get items() {
        return displayedItems(workplaceHead, this.itemProps);
    }

    get callText() {
        return _t("call %(number)s", { number: this.model.call.number });
    }

    openCard(card) {
        this.dialog.add(ScriptCardDialog, { card, transfer: () => this.transfer(card) });
    }

    async transfer(card) {
        await this.model.raiseAlarm(card.id);
        this.notification.add(
            _t("The transfer is written down. Transfer the call to %(phone)s now.", {
                phone: card.phone,
            }),
            { type: "danger", title: card.name }
        );
    }

    openPromises() {
        this.action.doAction("gov_hotline.hotline_task_action_promises");
    }
}
