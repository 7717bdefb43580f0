import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** What to say first and where to transfer; it hides nothing: the operator types on below it. */
export class EmergencyPanel extends Component {
    static template = "gov_hotline.EmergencyPanel";
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.first = useRef("first");
        const bus = useService("bus_service");
        const onAlarm = (alarm) => this.model.onAlarm(alarm);
        bus.subscribe("gov_hotline.alarm", onAlarm);
        onMounted(() => this.first.el && this.first.el.focus());
        onWillUnmount(() => bus.unsubscribe("gov_hotline.alarm", onAlarm));
    }

    get emergency() {
        return this.model.emergency;
    }

    /** Who knows of it: the operator is not left alone with it. */
    get alarmText() {
        const { taken_by: name, card } = this.emergency;
        if (!card.alarm) {
            return "";
        }
        return name
            ? _t("The alarm is taken: %(name)s", { name })
            : _t("The supervisors see the alarm");
    }

    /** All that stands in this call, the last one last; nothing where there is but one. */
    get causesText() {
        const { causes = [] } = this.emergency;
        return causes.length > 1 ? causes.join(" → ") : "";
    }

    get transferText() {
        const { told } = this.model;
        return told && told.alarm === this.emergency.id
            ? told.words
            : _t("The transfer is written down.");
    }
}
