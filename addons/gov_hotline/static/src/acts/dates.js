import { registry } from "@web/core/registry";
import { exprToBoolean } from "@web/core/utils/strings";
import { patch } from "@web/core/utils/patch";
import {
    dateField,
    dateRangeField,
    dateTimeField,
    DateTimeField,
} from "@web/views/fields/datetime/datetime_field";

/**
 * Dates as 24.11.2026 and hours as 08:30 in every list and form: Odoo writes «24 нояб.» unless a
 * field asks for figures, here it is the other way round (`{'numeric': False}` brings the words
 * back). Figures of Odoo always carry the seconds: here only where a field asks for them.
 */
export function inFigures(node) {
    const numeric = exprToBoolean(node.options?.numeric ?? true);
    return { ...node, options: { ...node.options, numeric } };
}

export function withoutSeconds(text, showSeconds = false) {
    return showSeconds ? text : text.replace(/(\d\d:\d\d):\d\d/, "$1");
}

const formatters = registry.category("formatters");

function inFiguresByDefault(type) {
    const plain = formatters.get(type);
    const format = (value, options = {}) =>
        withoutSeconds(plain(value, options), options.showSeconds);
    format.extractOptions = (node) => plain.extractOptions(inFigures(node));
    formatters.add(type, format, { force: true });
}

inFiguresByDefault("date");
inFiguresByDefault("datetime");

for (const field of [dateField, dateTimeField, dateRangeField]) {
    patch(field, {
        extractProps(node, dynamicInfo) {
            return super.extractProps(inFigures(node), dynamicInfo);
        },
        listViewWidth(node) {
            return super.listViewWidth(inFigures(node));
        },
    });
}

patch(DateTimeField.prototype, {
    getFormattedValue() {
        return withoutSeconds(super.getFormattedValue(...arguments), this.props.showSeconds);
    },
});
