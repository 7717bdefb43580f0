import { CITIZEN_PARTS, emptyForm } from "./workplace_form";

/** What is on the operator's screen, and what follows from it without asking the server. */
export class WorkplaceFacts {
    constructor() {
        this.lines = [];
        this.lineId = false;
        this.groups = [];
        this.causes = [];
        this.cards = [];
        this.agencies = [];
        this.whose = [];
        this.promises = 0;
        this.tz = "local";
        this.openCalls = [];
        this.typedPhone = "";
        this.phoneAsked = 0;
        this.toFind = "";
        this.statusAsked = false;
        this.call = false;
        this.form = emptyForm();
        this.intake = false;
        this.status = false;
        this.busy = false;
        this.dirty = false;
        this.startedAt = 0;
        this.told = false;
    }

    /** Open calls put aside: each still needs a disposition. */
    get parked() {
        return this.openCalls.filter((call) => call.id !== this.call.id);
    }

    get line() {
        return this.lines.find((line) => line.id === this.lineId) || false;
    }
    get citizen() {
        return (this.call && this.call.citizen) || false;
    }
    get candidates() {
        return (this.call && !this.call.citizen && this.call.candidates) || [];
    }
    get registered() {
        return (this.call && this.call.registered) || false;
    }
    /** Whether the running call is about this older case. */
    isLinked(ticketId) {
        const linked = this.call && this.call.linked;
        return Boolean(linked) && linked.id === ticketId;
    }
    /** The draft appeal of this call that waits for the caller's confirmation. */
    get appealDraft() {
        return (this.call && this.call.appeal_draft) || false;
    }
    get dispositions() {
        const group = this.groups.find((one) => one.value === this.form.group);
        return group ? group.dispositions.filter((one) => this.fits(one)) : [];
    }
    /** A draft is neither a message nor an appeal yet: it has a disposition of its own. */
    fits(disposition) {
        if (this.appealDraft || disposition.code === "appeal_draft") {
            return Boolean(this.appealDraft) && disposition.code === "appeal_draft";
        }
        return !disposition.needs_ticket || Boolean(this.registered);
    }
    get disposition() {
        return this.dispositions.find((one) => one.id === this.form.disposition_id) || false;
    }
    get agency() {
        return this.agencies.find((one) => one.id === this.form.agency_id) || false;
    }
    /** What the likely agencies depend on: asked anew only when it changes. */
    get whoseOf() {
        const { object } = (this.call && this.call.place) || {};
        return [
            this.call && !this.registered && this.call.id,
            this.form.topic && this.form.topic.id,
            object && object.id,
        ];
    }
    /** The likely agencies with the reason, best first. */
    get proposed() {
        return this.withAgencies(this.whose);
    }
    /** The agencies of the directory that [{id, why}] names, with the reason. */
    withAgencies(found) {
        return found
            .map(({ id, why }) => {
                const agency = this.agencies.find((one) => one.id === id);
                return agency && { ...agency, why };
            })
            .filter(Boolean);
    }
    /** Whether the number can be kept for one person: hidden, shared, service ones cannot. */
    get phoneIsPersonal() {
        return this.call && this.call.phone.kind === "number";
    }
    get phoneIsKnown() {
        return this.citizen && this.citizen.phones.includes(this.call.phone.e164);
    }
    get newCitizenTyped() {
        return CITIZEN_PARTS.some((part) => this.form.citizen[part].trim());
    }
    get hasText() {
        return Boolean(
            this.form.question.trim() || this.form.result.trim() || this.newCitizenTyped
        );
    }
    /** Nothing is known of the call: it was opened by mistake or broke off at once. */
    get isEmpty() {
        const { call, form } = this;
        return Boolean(
            call &&
            call.manual &&
            call.phone.kind === "hidden" &&
            !call.citizen &&
            !call.registered &&
            !call.appeal_draft &&
            !call.tasks.length &&
            !form.disposition_id &&
            !form.topic &&
            !this.hasText
        );
    }
    /** Handed over by an emergency script: it is no question of competence. */
    get byScript() {
        return this.cards.some(({ disposition_id: id }) => id && id === this.form.disposition_id);
    }
    get seconds() {
        return this.call ? Math.floor((Date.now() - this.startedAt) / 1000) : 0;
    }
    /** Why the call cannot be closed yet: a key, or "" */
    get closingProblem() {
        if (!this.form.group) {
            return "group";
        }
        if (this.form.group === "appeal" && !this.registered && !this.appealDraft) {
            return "register";
        }
        if (!this.disposition) {
            return "disposition";
        }
        if (this.disposition.needs_agency && !this.form.agency_id) {
            return "agency";
        }
        return this.textProblem;
    }
    /** A consultation needs its question, thanks somebody or something (domain/calls.py). */
    get textProblem() {
        const { group, question, agency_id: agency } = this.form;
        if (/[\p{L}\p{N}]/u.test(question)) {
            return "";
        }
        if (group === "consultation") {
            return "question";
        }
        return group === "thanks" && !agency ? "thanks" : "";
    }
    get blockers() {
        return this.intake ? this.intake.problems.filter((one) => one.blocks) : [];
    }
}
