import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

const PLAIN = ["char", "text", "selection", "boolean", "integer"];

/** The stored plain values as the form has read them: {field: value}. */
function seenValues(record) {
    const seen = {};
    for (const name of Object.keys(record.activeFields)) {
        const { type } = record.fields[name];
        const value = record._values[name];
        if (PLAIN.includes(type)) {
            seen[name] = value;
        } else if (type === "many2one") {
            seen[name] = value ? value.id : false;
        } else if (type === "date") {
            seen[name] = value ? serializeDate(value) : false;
        } else if (type === "datetime") {
            seen[name] = value ? serializeDateTime(value) : false;
        }
    }
    return seen;
}

/** Sends what it showed with every save: the server tells who has changed it meanwhile. */
export class CaseFormController extends FormController {
    async onWillSaveRecord(record, changes) {
        const mayGoOn = await super.onWillSaveRecord(...arguments);
        if (mayGoOn !== false && record.resId && record.resModel === "helpdesk.ticket") {
            changes.hotline_seen = seenValues(record);
        }
        return mayGoOn;
    }
}

registry
    .category("views")
    .add("hotline_case_form", { ...formView, Controller: CaseFormController });
