import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
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

const WIDE = 1800; // pixels: below it the case needs the width more than its notes

function isNarrow() {
    return window.innerWidth < WIDE;
}

/** Sends what it showed with every save: the server tells who has changed it meanwhile. */
export class CaseFormController extends FormController {
    get className() {
        const classes = super.className;
        if (isNarrow()) {
            delete classes["o_xxl_form_view h-100"];
        }
        return classes;
    }

    async onWillSaveRecord(record, changes) {
        const mayGoOn = await super.onWillSaveRecord(...arguments);
        if (mayGoOn !== false && record.resId && record.resModel === "helpdesk.ticket") {
            changes.hotline_seen = seenValues(record);
        }
        return mayGoOn;
    }
}

/** The appeal and its questions take the whole width of an office's screen, the notes stand below. */
export class CaseFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        const ui = this.uiService;
        this.uiService = {
            get size() {
                return isNarrow() ? Math.min(ui.size, SIZES.XL) : ui.size;
            },
        };
    }
}

registry.category("views").add("hotline_case_form", {
    ...formView,
    Controller: CaseFormController,
    Renderer: CaseFormRenderer,
});
