import { begunAt } from "./phone_clock";
import { doneWords } from "./phone_words";

const OFF = { state: "offline", words: "", reason: "", begun: 0 };

/** What is known of the own telephone, and what follows from it without asking the server. */
export class PhoneFacts {
    constructor() {
        this.ready = false;
        this.pbx = { online: true, words: "" };
        this.extension = false;
        this.extensions = [];
        this.presence = { ...OFF };
        this.reasons = [];
        this.queue = { waiting: 0, begun: 0 };
        this.call = false;
        /** The last call while its work goes on: {call_id, who, phone}. */
        this.last = false;
        /** What became of a call, in words that stay: {words, phone, callId, who}. */
        this.outcome = false;
        /** What is being dialled, until the PBX tells. */
        this.dialling = false;
        this.busy = false;
    }

    /** Whether this person has a telephone at all: without one no button is shown. */
    get hasPhone() {
        return this.ready && Boolean(this.extension || this.extensions.length);
    }
    get isOnLine() {
        return this.presence.state !== "offline";
    }
    get isWrapUp() {
        return this.presence.state === "wrap_up";
    }
    get consult() {
        return (this.call && this.call.consult) || false;
    }
    /** A call that rings at the operator is the pop's; the strip has what runs. */
    get running() {
        const { call } = this;
        return call && (call.phase !== "ringing" || call.direction === "out") ? call : false;
    }
    may(act) {
        return Boolean(this.call && this.call.may.includes(act));
    }
    doneWords(kind) {
        return doneWords(kind);
    }

    onCall(call) {
        if (call.phase === "over") {
            return this.onOver(call);
        }
        this.dialling = false;
        this.outcome = false;
        this.last = false;
        this.call = { ...call, begun: begunAt(call.since, call.now) };
    }

    /** The running call is about this appeal, or about none. */
    linked({ callId, linked }) {
        if (this.call && this.call.call_id === callId) {
            this.call.case = linked ? linked.number : "";
        }
    }

    /** `words`: why nobody was reached by a call out. */
    onOver({ call_id: callId, dropped, words }) {
        const { call } = this;
        if (!call || call.call_id !== callId) {
            return;
        }
        this.call = false;
        const { phone, who } = call;
        const kept = { callId, phone, who: who || phone };
        this.last = call.phase === "ringing" ? false : kept;
        if (dropped || words) {
            this.outcome = { ...kept, dropped, words };
        }
    }

    /** The talk whose card is not finished: a page opened after it knows of it, too. */
    onLast(last) {
        if (last && this.isWrapUp) {
            const { call_id: callId, phone, who } = last;
            this.last = { callId, phone, who: who || phone };
        }
    }

    onPresence({ now, since, ...presence }) {
        this.presence = { ...OFF, ...presence, begun: begunAt(since, now) };
        if (!this.isWrapUp && !this.call) {
            this.last = false;
        }
    }

    onQueue({ waiting, longest_since: since, now }) {
        this.queue = { waiting, begun: begunAt(since, now) };
    }
}
