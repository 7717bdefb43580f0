import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { EmergencyButtons } from "../emergency/emergency_buttons";
import { displayedItems, propsOf, workplaceHead } from "../workplace_registries";
import { CallTimer } from "./call_timer";

/** The line, the talk's time, the emergency scripts, what waits; add-ons put their parts here. */
export class HeadBar extends Component {
    static template = "gov_hotline.WorkplaceHeadBar";
    static components = { CallTimer, EmergencyButtons };
    static props = { model: Object, startNew: Function };

    setup() {
        this.action = useService("action");
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

    openPromises() {
        this.action.doAction("gov_hotline.hotline_task_action_promises");
    }
}
