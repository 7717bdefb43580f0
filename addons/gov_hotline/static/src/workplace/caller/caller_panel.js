import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { PlaceCard } from "../../places/place_card";
import { CitizenCard } from "./citizen_card";
import { FinderBox } from "../finder/finder_box";
import { CitizenFinder, countsText } from "./citizen_finder";

/** «Кто звонит»: the number, the people on it, the citizen with cases and calls. */
export class CallerPanel extends Component {
    static template = "gov_hotline.CallerPanel";
    static components = { CitizenCard, CitizenFinder, FinderBox, PlaceCard };
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.phoneInput = useRef("phone");
        useEffect(
            (waiting) => waiting && this.phoneInput.el.focus(),
            () => [!this.model.call, this.model.phoneAsked]
        );
    }

    counts(citizen) {
        return countsText(citizen);
    }

    get phone() {
        return this.model.call ? this.model.call.phone.display : this.model.typedPhone;
    }

    /** Why nobody is found by this number: a key for the template. */
    get nobody() {
        const kind = this.model.call && this.model.call.phone.kind;
        return kind && kind !== "number" ? kind : "";
    }

    /** Before the talk Enter opens the call; in the talk a changed number is looked up again. */
    async onPhoneKeydown(ev) {
        if (ev.key === "Enter" && !this.model.call) {
            ev.preventDefault();
            await this.model.start(this.model.typedPhone);
        }
    }

    async onPhoneChange(ev) {
        const phone = ev.target.value.trim();
        if (this.model.call && phone !== this.phone) {
            await this.model.setPhone(phone);
            ev.target.value = this.phone;
        }
    }
}
