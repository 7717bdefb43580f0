import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { Record as RelationalRecord } from "@web/model/relational_model/record";
import { FormController } from "@web/views/form/form_controller";

/** The labels a form gives its fields: {name: label}; a field shown twice keeps the first. */
export function labelsOf(fieldNodes) {
    const labels = {};
    for (const { name, string } of Object.values(fieldNodes)) {
        labels[name] ||= string;
    }
    return labels;
}

patch(FormController.prototype, {
    setup() {
        super.setup();
        this.model.fieldLabels = labelsOf(this.archInfo.fieldNodes);
    },
});

/** Odoo says only that fields are missing, not which ones. */
patch(RelationalRecord.prototype, {
    _displayInvalidFieldNotification() {
        const labels = (this === this.model.root && this.model.fieldLabels) || {};
        const names = [...this._invalidFields].map(
            (name) => labels[name] || this.fields[name].string
        );
        const message = _t("Fill in: %(fields)s", { fields: names.join(", ") });
        return this.model.notification.add(message, { type: "danger" });
    },
});
