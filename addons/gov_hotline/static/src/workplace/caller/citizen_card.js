import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { PlaceCard } from "../../places/place_card";
import { CITIZEN_PARTS } from "../workplace_form";
import { CALL_LINKED } from "../workplace_registries";

export const LEVEL_CLASSES = {
    danger: "text-danger",
    warning: "o_hotline_amber",
    ok: "text-muted",
    done: "text-muted",
};

const CITIZEN_FORM = "gov_hotline.res_partner_view_form";

/** The citizen of the call: address, counts, cases with their terms, last calls. */
export class CitizenCard extends Component {
    static template = "gov_hotline.CitizenCard";
    static components = { PlaceCard };
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.action = useService("action");
        this.edit = useState({ on: false, values: {} });
    }

    get citizen() {
        return this.model.citizen;
    }

    levelClass(level) {
        return LEVEL_CLASSES[level];
    }

    startEdit() {
        const { street, ...citizen } = this.citizen;
        const values = Object.fromEntries(CITIZEN_PARTS.map((part) => [part, citizen[part]]));
        Object.assign(this.edit, { on: true, values: { ...values, address: street } });
    }

    async link(caseId) {
        const callId = this.model.call.id;
        await this.model.linkCase(caseId);
        const linked = this.model.call.linked;
        this.env.bus.trigger(CALL_LINKED, { callId, linked });
    }

    async saveEdit() {
        await this.model.updateCitizen({ ...this.edit.values });
        this.edit.on = false;
    }

    /** In a dialog: the talk stays where it is. */
    openRecord(resModel, resId, name) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            context: resModel === "res.partner" ? { form_view_ref: CITIZEN_FORM } : {},
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
            target: "new",
        });
    }
}
