import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { LEVEL_CLASSES } from "../caller/citizen_card";

/** The status of a case: compare who is calling, then tell it; never the content. */
export class StatusPanel extends Component {
    static template = "gov_hotline.StatusPanel";
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.notification = useService("notification");
    }

    get status() {
        return this.model.status;
    }

    get levelClass() {
        return LEVEL_CLASSES[this.status.level];
    }

    answerText(answer) {
        return _t("No. %(number)s of %(date)s", answer);
    }

    async tell() {
        const done = await this.model.tellStatus();
        if (done) {
            this.notification.add(_t("Call %(number)s is closed: status told.", done), {
                type: "success",
            });
        }
    }
}
