import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useActs } from "./use_acts";

/**
 * The next lawful step as the only primary button; every other act under «More».
 * What is blocked is grey and tells the reason (with the article) on hover.
 */
export class HotlineActs extends Component {
    static template = "gov_hotline.Acts";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    setup() {
        this.doing = useActs(this);
        this.state = this.doing.state;
    }

    get acts() {
        return this.props.record.data.acts || [];
    }

    get primary() {
        return this.acts.find((act) => act.primary) || this.acts.find((act) => act.step);
    }

    get others() {
        return this.acts.filter((act) => act !== this.primary);
    }

    run(act) {
        return this.doing.run(act, this.props.record);
    }
}

/** Why the next step is grey, in words on the form: no mouse needed to read it. */
export class HotlineWhyNot extends Component {
    static template = "gov_hotline.WhyNot";
    static props = { ...standardWidgetProps };

    get act() {
        const acts = this.props.record.data.acts || [];
        return acts.some((act) => act.primary) ? undefined : acts.find((act) => act.step);
    }

    get reasons() {
        return (this.act?.blocked || "").split("\n").filter(Boolean);
    }
}

registry.category("view_widgets").add("hotline_why_not", {
    component: HotlineWhyNot,
    fieldDependencies: [{ name: "acts", type: "json", readonly: true }],
});

registry.category("view_widgets").add("hotline_acts", {
    component: HotlineActs,
    fieldDependencies: [{ name: "acts", type: "json", readonly: true }],
});
