import { reactive } from "@odoo/owl";
import { debounce } from "@web/core/utils/timing";
import { MODEL } from "./emergency/emergency_acts";
import { AgencyActs } from "./hints/agency_acts";
import { emptyForm, toldByRegister } from "./workplace_form";

const SAVE_DELAY = 1200;
const CHECK_DELAY = 500;

/**
 * What the operator may do with what is on the screen. It knows no DOM: the components show it,
 * the server (hotline.workplace) decides.
 */
export class WorkplaceModel extends AgencyActs {
    /** @param {{ call: Function }} orm the ORM service */
    constructor(orm) {
        super(orm);
        this.sending = Promise.resolve();
    }

    /** A reactive one: what is called later must write through the proxy to be seen. */
    static create(orm) {
        const model = reactive(new WorkplaceModel(orm));
        model.saveSoon = debounce(() => model.save(), SAVE_DELAY);
        model.checkSoon = debounce(() => model.checkIntake(), CHECK_DELAY);
        return model;
    }

    // Loading

    async load() {
        const state = await this.orm.call(MODEL, "get_state", []);
        const { call, line_id, open_calls, ...rest } = state;
        Object.assign(this, rest, { openCalls: open_calls });
        this.lineId = line_id;
        this.showCall(call);
    }

    showCall(call) {
        this.call = call;
        this.status = false;
        this.intake = false;
        this.dirty = false;
        this.form = emptyForm();
        this.told = {};
        this.typedPhone = "";
        if (!call) {
            return;
        }
        this.startedAt = Date.now() - call.elapsed * 1000;
        this.lineId = call.line_id || this.lineId;
        for (const name of Object.keys(this.form)) {
            if (name !== "citizen") {
                this.form[name] = call[name];
            }
        }
        Object.assign(this.form.citizen, call.draft.citizen);
        this.told = toldByRegister(call);
        if (call.group === "appeal" && !call.registered && !call.appeal_draft) {
            this.checkSoon();
        }
    }

    /** Ask without a spinner: it follows each letter or choice. */
    quiet(method, ...args) {
        return (this.orm.silent || this.orm).call(MODEL, method, args);
    }

    // The call

    async start(phone) {
        await this.once(async () => {
            const { find, ...call } = await this.rpc("start_call", {
                phone,
                line_id: this.lineId,
            });
            this.showCall(call);
            this.toFind = find || "";
        });
    }

    /** What is no number is looked for; the number stays as it was. */
    async setPhone(phone) {
        await this.save();
        const shown = await this.rpc("set_phone", this.call.id, phone);
        if (shown.find) {
            this.toFind = shown.find;
            return;
        }
        Object.assign(this.call, {
            phone: shown.phone,
            candidates: shown.candidates,
            citizen: shown.citizen,
            place: shown.place,
        });
    }

    /** Put the call aside; its text stays on the server. */
    async park() {
        await this.save();
        await this.load();
        this.showCall(false);
    }

    async open(callId) {
        await this.save();
        this.showCall(await this.rpc("open_call", callId));
    }

    setLine(lineId) {
        this.lineId = lineId;
        this.touch();
    }

    /** The form as the server keeps it. */
    values() {
        const { topic, citizen, ...plain } = this.form;
        return {
            ...plain,
            redirect_cause: this.byScript ? false : plain.redirect_cause,
            line_id: this.lineId,
            topic_id: topic ? topic.id : false,
            workplace_draft: this.newCitizenTyped ? { citizen: { ...citizen } } : false,
        };
    }

    /** The values with the citizen that was typed and not kept yet. */
    finalValues() {
        const values = this.values();
        return this.newCitizenTyped && !this.citizen
            ? { ...values, citizen: { ...this.form.citizen } }
            : values;
    }

    /** Something was typed: keep it soon, look again what is missing. */
    touch() {
        if (!this.call) {
            return;
        }
        this.dirty = true;
        this.saveSoon();
        if (this.form.group === "appeal" && !this.registered && !this.appealDraft) {
            this.checkSoon();
        }
    }

    async save() {
        if (this.call && this.dirty) {
            const values = this.values();
            await this.keep(() => this.rpc("save_call", this.call.id, values));
        }
    }

    /**
     * Send all that was typed by `act`, after what is still on its way: an older save must never
     * land on top of it. Should `act` fail, what was typed is still to be kept.
     */
    async keep(act) {
        this.dirty = false;
        const before = this.sending;
        const sent = (async () => {
            await before;
            return act();
        })();
        this.sending = sent.catch(() => {});
        try {
            return await sent;
        } catch (error) {
            this.dirty = true;
            throw error;
        }
    }

    change(values) {
        Object.assign(this.form, values);
        this.touch();
    }

    setGroup(group) {
        this.status = false;
        this.chooseGroup(group);
    }

    /** The first disposition of a group is the usual one: most calls need no further choice. */
    chooseGroup(group) {
        this.form.group = group;
        const [first] = this.dispositions;
        this.form.disposition_id = first ? first.id : false;
        if (group === "redirect") {
            this.form.redirect_cause = this.form.redirect_cause || "competence";
        }
        this.touch();
    }

    /** Choose a disposition by its code, with its group. */
    chooseDisposition(code) {
        for (const group of this.groups) {
            const found = group.dispositions.find((one) => one.code === code);
            if (found) {
                this.setGroup(group.value);
                this.change({ disposition_id: found.id });
            }
        }
    }

    redirectTo(agencyId) {
        if (!["redirect", "thanks", "tech"].includes(this.form.group)) {
            this.setGroup("redirect");
        }
        this.change({ agency_id: agencyId });
    }

    /** Put a hint's text into what was answered: the caller's own words are never filled in. */
    insertText(text) {
        if (!this.form.group) {
            this.setGroup("consultation");
        }
        this.change({ result: [this.form.result.trim(), text].filter(Boolean).join("\n") });
    }

    async close() {
        return this.finish(() => this.rpc("close_call", this.call.id, this.finalValues()));
    }

    async discard() {
        return this.finish(() => this.rpc("discard_call", this.call.id));
    }

    /** End the talk by `act`; a call that the server keeps open is shown as it is now. */
    async finish(act) {
        return this.once(async () => {
            const done = await this.keep(act);
            this.promises = done.promises;
            this.openCalls = done.call ? this.openCalls : this.parked;
            this.showCall(done.call || false);
            return done;
        });
    }

    async promise(dueAt, note) {
        const made = await this.rpc("promise", this.call.id, { due_at: dueAt, note });
        this.call.tasks = made.tasks;
        this.promises = made.promises;
    }

    /** The talk is about a case that is there; asked again: it is not. */
    async linkCase(ticketId) {
        const wanted = !this.isLinked(ticketId) && ticketId;
        this.call.linked = await this.rpc("link_case", this.call.id, wanted);
    }

    /** A part of the page linked a call: of the one on this screen it is shown. */
    onLinked({ callId, linked }) {
        if (this.call && this.call.id === callId) {
            this.call.linked = linked;
        }
    }

    async cancelPromise(taskId) {
        const left = await this.rpc("cancel_promise", this.call.id, taskId);
        this.call.tasks = left.tasks;
        this.promises = left.promises;
    }

    // Who calls

    async choose(partnerId) {
        await this.save();
        this.call.citizen = await this.rpc("set_citizen", this.call.id, partnerId);
        this.call.place = await this.rpc("get_place", this.call.id);
        this.touch();
    }

    async createCitizen() {
        await this.once(async () => {
            const made = await this.rpc("create_citizen", this.call.id, { ...this.form.citizen });
            this.call.citizen = made;
            this.form.citizen = emptyForm().citizen;
            this.touch();
        });
    }

    async updateCitizen(values) {
        this.call.citizen = await this.rpc("update_citizen", this.call.id, values);
        this.touch();
    }

    async rememberPhone() {
        this.call.citizen = await this.rpc("remember_phone", this.call.id);
    }

    search(text) {
        return this.rpc("search_citizens", text);
    }

    /** What is typed so far in the one box: {rows, meant, unknown}. */
    find(text) {
        return this.quiet("find", text);
    }

    // What it is about

    /** Take an account or an object: it fills what is still empty. */
    async setPlace(method, ...args) {
        await this.once(async () => {
            await this.save();
            const { place, citizen, draft } = await this.rpc(method, this.call.id, ...args);
            const typed = { ...this.form.citizen };
            Object.assign(this.call, { place, citizen });
            Object.assign(this.form.citizen, draft.citizen);
            for (const [part, text] of Object.entries(this.form.citizen)) {
                if (text !== typed[part]) {
                    this.told[part] = text;
                }
            }
            this.touch();
        });
    }

    // Cases

    async checkIntake() {
        const call = this.call;
        if (!call || this.form.group !== "appeal" || this.registered) {
            return;
        }
        const answer = await this.rpc("check_intake", call.id, this.finalValues());
        if (this.call && this.call.id === call.id) {
            this.intake = answer;
        }
    }

    async register() {
        return this.once(async () => {
            const registered = await this.keep(() =>
                this.rpc("register", this.call.id, this.finalValues())
            );
            this.showCall(await this.rpc("open_call", this.call.id));
            return registered;
        });
    }

    /** Make the text a draft that the caller confirms later; its code is told once. */
    async makeDraft() {
        return this.once(async () => {
            const draft = await this.keep(() =>
                this.rpc("make_draft", this.call.id, this.finalValues())
            );
            this.showCall(await this.rpc("open_call", this.call.id));
            this.call.appeal_draft = draft;
            return draft;
        });
    }

    async renewDraftCode() {
        return this.once(async () => {
            this.call.appeal_draft = await this.rpc("renew_draft_code", this.call.id);
        });
    }

    async showStatus(...asked) {
        this.status = await this.rpc("get_status", ...asked);
        this.chooseGroup("status");
    }
}
