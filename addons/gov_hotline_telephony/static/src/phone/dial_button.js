import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** A handset beside a number: one click rings the own phone, then that number. */
export class DialButton extends Component {
    static template = "gov_hotline_telephony.DialButton";
    static props = {
        number: { type: [String, Boolean] },
        callId: { type: [Number, Boolean], optional: true },
        who: { type: String, optional: true },
    };

    setup() {
        this.phone = useState(useService("gov_hotline.phone"));
    }

    get isShown() {
        return this.phone.hasPhone && Boolean(this.props.number);
    }

    get label() {
        return _t("Call %(number)s", { number: this.props.number });
    }

    dial() {
        const { number, callId = false, who = "" } = this.props;
        return this.phone.dial(number, callId, who);
    }
}
