import { Component } from "@odoo/owl";

/** «Похожие обращения»: number, date, state, how alike; what can be done with each is a slot. */
export class SimilarList extends Component {
    static template = "gov_hotline.SimilarList";
    static props = { cases: Array, open: Function, slots: { type: Object, optional: true } };
}
