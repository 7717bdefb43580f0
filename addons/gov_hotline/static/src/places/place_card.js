import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { ReadingsDialog } from "./readings_dialog";
import { unbroken } from "./unbroken";

/** What the talk is about: «Объект», «Л/с», found in the one box of the screen. */
export class PlaceCard extends Component {
    static template = "gov_hotline.PlaceCard";
    static props = { model: Object };

    setup() {
        this.unbroken = unbroken;
        this.model = useState(this.props.model);
        this.action = useService("action");
        this.dialog = useService("dialog");
    }

    get place() {
        return this.model.call.place;
    }

    get isEmpty() {
        const { object, account, offered } = this.place;
        return !object && !account && !offered.length;
    }

    async takeAccount(accountId) {
        await this.model.setPlace("set_account", accountId);
    }

    async takeHolder() {
        await this.model.setPlace("take_holder");
    }

    async takeObject(objectId) {
        await this.model.setPlace("set_object", objectId);
    }

    /** In a dialog: the talk stays where it is. */
    openRecord(resModel, resId, name) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: resModel,
            res_id: resId,
            views: [[false, "form"]],
            target: "new",
        });
    }

    enterReadings() {
        this.dialog.add(ReadingsDialog, {
            accountId: this.place.account.id,
            callId: this.model.call.id,
        });
    }
}
