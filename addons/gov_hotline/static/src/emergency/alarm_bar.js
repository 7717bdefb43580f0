import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** «Тревога»: above the menu of every screen of a supervisor, one bar a call, until somebody takes it. */
export class AlarmBar extends Component {
    static template = "gov_hotline.AlarmBar";
    static props = {};

    setup() {
        this.service = useService("gov_hotline.alarms");
        this.state = useState(this.service.state);
    }

    told({ number, operator, at }) {
        const time = deserializeDateTime(at).toFormat("HH:mm");
        return _t("call %(number)s, %(operator)s, %(time)s", { number, operator, time });
    }

    outcome(alarm) {
        if (alarm.state === "undone") {
            return _t("taken back by the operator: pressed by mistake");
        }
        return alarm.taken_by ? _t("taken: %(name)s", { name: alarm.taken_by }) : "";
    }
}

registry.category("main_components").add("gov_hotline.AlarmBar", { Component: AlarmBar });
