import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { ReadingsDialog } from "./readings_dialog";

/** What the talk is about: «Объект», «Л/с», found by address, number or holder. */
export class PlaceCard extends Component {
    static template = "gov_hotline.PlaceCard";
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.found = useState({ text: "", accounts: [], objects: [] });
        this.lookSoon = useDebounced(() => this.look(), 300);
    }

    get place() {
        return this.model.call.place;
    }

    get nothingFound() {
        const { text, accounts, objects } = this.found;
        return text.length > 1 && !accounts.length && !objects.length;
    }

    onSearch(ev) {
        this.query = ev.target.value;
        this.lookSoon();
    }

    async look() {
        const text = this.query.trim();
        const found =
            text.length > 1 ? await this.model.findPlaces(text) : { accounts: [], objects: [] };
        if (text === this.query.trim()) {
            Object.assign(this.found, { text, ...found });
        }
    }

    /** Enter takes the only thing found. */
    onSearchKeydown(ev) {
        const { accounts, objects } = this.found;
        if (ev.key === "Enter" && accounts.length + objects.length === 1) {
            ev.preventDefault();
            if (accounts.length) {
                this.takeAccount(accounts[0].id);
            } else {
                this.takeObject(objects[0].id);
            }
        }
    }

    clear() {
        this.query = "";
        Object.assign(this.found, { text: "", accounts: [], objects: [] });
    }

    async takeAccount(accountId) {
        this.clear();
        await this.model.setPlace("set_account", accountId);
    }

    async takeObject(objectId) {
        this.clear();
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
