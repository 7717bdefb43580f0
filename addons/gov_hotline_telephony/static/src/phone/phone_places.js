/** Where the handset stands: beside every number of a field, of the workplace and of an alarm. */
import { useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { PhoneField } from "@web/views/fields/phone/phone_field";
import { AlarmContacts } from "@gov_hotline/emergency/alarm_contacts";
import { CallerPanel } from "@gov_hotline/workplace/caller/caller_panel";
import { AgencyDirectory } from "@gov_hotline/workplace/hints/agency_directory";
import { DialButton } from "./dial_button";
import { TransferDialog } from "./transfer_dialog";

for (const Place of [AgencyDirectory, AlarmContacts, CallerPanel, PhoneField]) {
    patch(Place, { components: { ...Place.components, DialButton } });
}

patch(PhoneField.prototype, {
    setup() {
        super.setup();
        this.phone = useState(useService("gov_hotline.phone"));
    },

    /** The number as text; a call's own record is what its call-back belongs to. */
    get dialled() {
        const { record, name } = this.props;
        const callId = record.resModel === "hotline.call" && record.resId;
        return { number: record.data[name] || "", callId: callId || false };
    },
});

patch(AgencyDirectory.prototype, {
    setup() {
        super.setup();
        this.phone = useState(useService("gov_hotline.phone"));
        this.dialogs = useService("dialog");
    },

    /** Where the dialog has all that it needs, the transfer is two clicks. */
    transferTo(agency) {
        const { number } = this.phonesOf(agency)[0];
        const target = { key: `agency:${agency.id}`, name: agency.name, phone: number };
        const cause = this.model.form.redirect_cause || "competence";
        this.dialogs.add(TransferDialog, { phone: this.phone, target, cause });
    },
});
