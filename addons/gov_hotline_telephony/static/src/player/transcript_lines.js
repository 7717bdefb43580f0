import { Component } from "@odoo/owl";
import { clock } from "./player_sound";

/** The words of a talk; a click on one plays from there. */
export class TranscriptLines extends Component {
    static template = "gov_hotline_telephony.TranscriptLines";
    static props = { transcript: Object, at: Number, onChoose: Function };

    clock = clock;

    isNow(line) {
        return this.props.at > line.from && this.props.at <= line.until;
    }
}
