import { EmergencyActs } from "../emergency/emergency_acts";

/** Whose question it is: the agencies that the operator finds, and those that are proposed. */
export class AgencyActs extends EmergencyActs {
    /** An agency found by its words; what the directory did not list yet is added to it. */
    takeAgency({ id, title, subtitle }) {
        if (this.registered) {
            return;
        }
        if (!this.agencies.some((one) => one.id === id)) {
            this.agencies.push({ id, name: title, competence: subtitle, phone: "", hours: "" });
        }
        this.redirectTo(id);
    }

    /** Whose question it is, by what is on the screen; an answer that comes late is dropped. */
    async askWhose() {
        const asked = this.whoseOf;
        const [callId, topicId, objectId] = asked;
        this.showWhose([]);
        if (callId && (topicId || objectId)) {
            const found = await this.quiet("whose", callId, topicId || false);
            if (asked.join() === this.whoseOf.join()) {
                this.showWhose(found);
            }
        }
    }

    /** The likely ones; companies of the place stand in the directory while the talk is about it. */
    showWhose(found) {
        const isLeft = ({ ofPlace, id }) => ofPlace && id !== this.form.agency_id;
        this.agencies = this.agencies.filter((one) => !isLeft(one));
        for (const { company } of found) {
            if (company && !this.agencies.some((one) => one.id === company.id)) {
                this.agencies.push({ ...company, ofPlace: true });
            }
        }
        this.whose = found;
    }

    /** The agencies whose question it is in the caller's own words, with the reason. */
    async whoseWords(text) {
        const { object } = (this.call && this.call.place) || {};
        const found =
            text.trim().length < 3
                ? []
                : await this.quiet("whose_words", text, (object && object.id) || false);
        return this.withAgencies(found);
    }
}
