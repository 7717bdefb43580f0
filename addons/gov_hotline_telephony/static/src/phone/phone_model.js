import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { PhoneFacts } from "./phone_facts";

const HANDSET = "hotline.handset";
const SUPERVISION = ["listen", "whisper", "barge"];

/**
 * What the operator does with the telephone. It knows no DOM and no PBX: the server
 * (hotline.handset) decides, the bus tells how each act ended.
 */
export class PhoneModel extends PhoneFacts {
    /**
     * @param {{ call: Function }} orm the ORM service
     * @param {(words: string, type: string) => void} tell
     */
    constructor(orm, tell) {
        super();
        this.orm = orm;
        this.tell = tell;
        this.asked = new Map(); // command id → what it was for
        this.early = new Map(); // command id → its end, come before the answer of the request
        this.awaited = ""; // the kind of a command that another act of this page caused
    }

    /** A reactive one: what the bus tells must write through the proxy to be seen. */
    static create(orm, tell) {
        return reactive(new PhoneModel(orm, tell));
    }

    /**
     * Ask the server how things are: at the start, and after a broken connection. Return the
     * calls that ring and the newest message of the bus that it knew of.
     */
    async look() {
        const { call, last, presence, queue, ringing, heard, ...rest } = await this.quiet("look");
        Object.assign(this, rest, { ready: true });
        this.onPresence(presence);
        this.onQueue(queue);
        this.onCall(call || { call_id: this.call.call_id, phase: "over", dropped: false });
        this.onLast(call ? false : last);
        return { ringing, heard };
    }

    /** Without the server's word there is no phone on the page; the page itself is not broken. */
    fail(error) {
        this.ready = false;
        this.failure = error;
    }

    quiet(method, ...args) {
        return (this.orm.silent || this.orm).call(HANDSET, method, args);
    }

    // Acts

    /** Do one thing at a time: a second click does nothing. Return whether it was taken. */
    async act(method, args, what = {}) {
        if (this.busy) {
            return false;
        }
        this.busy = true;
        try {
            const answer = await this.orm.call(HANDSET, method, args);
            this.expect(answer, { method, ...what });
            return true;
        } catch (error) {
            this.refused(error);
            return false;
        } finally {
            this.busy = false;
        }
    }

    /** What the server refuses is told in its words, beside the work and not over it. */
    refused(error) {
        if (!(error instanceof RPCError) || !error.data) {
            throw error;
        }
        this.tell(error.data.message, "danger");
    }

    expect(answer, what) {
        const { command_id: id } = answer || {};
        if (!id) {
            return;
        }
        const end = this.early.get(id);
        if (end) {
            this.early.delete(id);
            this.ended(end, what);
        } else {
            this.asked.set(id, what);
        }
    }

    /** Ring the own phone, then `phone`. `callId`: the call this one answers, if any. */
    async dial(phone, callId = false, who = "") {
        if (this.call || this.dialling) {
            this.tell(_t("End the running call first."), "warning");
            return false;
        }
        if (!this.extension) {
            this.tell(_t("Go on the line first: choose your telephone at the top."), "warning");
            return false;
        }
        this.outcome = false;
        const what = { phone, callId, who: who || phone };
        this.dialling = what;
        const taken = await this.act("dial", [phone, callId], what);
        if (!taken) {
            this.dialling = false;
        }
        return taken;
    }

    onCallAct(method, ...args) {
        return this.act(method, [this.call.call_id, ...args]);
    }
    hangup() {
        return this.onCallAct("hangup");
    }
    /** Hold or take back, whichever it is time for. */
    toggleHold() {
        return this.onCallAct(this.may("unhold") ? "unhold" : "hold");
    }
    transfer(key, how, cause, note) {
        return this.onCallAct("transfer", key, how, cause, note);
    }
    complete() {
        return this.onCallAct("complete");
    }
    cancel() {
        return this.onCallAct("cancel");
    }
    conference() {
        return this.onCallAct("conference");
    }
    targets(words) {
        return this.quiet("targets", this.call.call_id, words);
    }
    signIn(extensionId) {
        return this.change("sign_in", extensionId);
    }
    signOut() {
        return this.change("sign_out");
    }
    pause(reasonId) {
        return this.change("pause", reasonId);
    }
    resume() {
        return this.change("resume");
    }
    finishWrapUp() {
        return this.change("finish_wrap_up");
    }

    /** The own state: seen at once, for the operator looks at it while choosing. */
    async change(method, ...args) {
        if (await this.act(method, args)) {
            this.outcome = false;
            await this.look();
        }
    }

    // What the server tells

    onCommand(end) {
        const what = this.asked.get(end.command_id);
        if (!["done", "failed", "unknown"].includes(end.state)) {
            return;
        }
        if (SUPERVISION.includes(end.kind)) {
            this.ended(end, {}); // asked for by a button of the list, not by the telephone
        } else if (what) {
            this.asked.delete(end.command_id);
            this.ended(end, what);
        } else if (this.awaited === end.kind) {
            this.awaited = "";
            this.ended(end, { method: "transfer" });
        } else {
            this.early.set(end.command_id, end);
        }
    }

    ended({ state, kind, words }, what) {
        if (what.method === "dial") {
            this.endedDial(state, words, what);
        } else if (state !== "done") {
            this.tell(words || _t("The telephone exchange did not do it."), "danger");
        } else {
            const told = words || this.doneWords(kind);
            told && this.tell(told, "success");
        }
    }

    /** Busy, no answer, rejected, offline: the words stay, with «Call again», until closed. */
    endedDial(state, words, what) {
        this.dialling = false;
        if (state !== "done") {
            this.outcome = { ...what, words: words || _t("The call did not go through.") };
        }
    }
}
