import { useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { TextField, textField } from "@web/views/fields/text/text_field";

const LONG = 1200; // characters
const LINES = 10;

export function isLong(text) {
    return text.length > LONG || text.split("\n").length > LINES;
}

/** A text to be read: what is long is folded to its beginning until one asks for all of it. */
export class LongTextField extends TextField {
    static template = "gov_hotline.LongTextField";

    setup() {
        super.setup();
        this.fold = useState({ isOpen: false });
    }

    get isLong() {
        return this.props.readonly && isLong(this.props.record.data[this.props.name] || "");
    }

    toggle() {
        this.fold.isOpen = !this.fold.isOpen;
    }
}

registry.category("fields").add("hotline_long_text", { ...textField, component: LongTextField });
