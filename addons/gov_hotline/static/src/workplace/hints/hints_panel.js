import { Component, useState } from "@odoo/owl";
import { displayedItems, propsOf, workplaceHints } from "../workplace_registries";
import { AgencyDirectory } from "./agency_directory";

/** «Подсказки»: what add-ons suggest, then the directory of agencies. */
export class HintsPanel extends Component {
    static template = "gov_hotline.HintsPanel";
    static components = { AgencyDirectory };
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
    }

    get itemProps() {
        return propsOf(this.model);
    }

    get items() {
        return displayedItems(workplaceHints, this.itemProps);
    }
}
