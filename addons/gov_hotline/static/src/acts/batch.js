import { Component, reactive, useEffect, useRef, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const PART = 20; // records in one call, unless the server names another: below two seconds
const PATIENCE = 1000; // ms; what lasts longer shows its progress

/** Records on which one act is done part by part, each part in a transaction of its own. */
export class Batch {
    constructor({ model, method, ids, args = [], part = PART, words = {}, ...acts }) {
        const { again, see, post, then } = acts; // what may be done afterwards
        Object.assign(this, { model, method, ids, args, part, words, again, see, post, then });
        this.passed = 0;
        this.done = 0;
        this.unsent = 0; // letters that no mail server takes
        this.told = []; // what was done, in words
        this.skipped = []; // nothing was to be done there
        this.refused = [];
        this.waiting = [];
        this.running = true;
    }

    get percent() {
        return this.ids.length ? Math.round((100 * this.passed) / this.ids.length) : 100;
    }

    /** Ids of those it was not done with: refused, or not come to before it was stopped. */
    get left() {
        return [...this.refused.map((one) => one.id), ...this.ids.slice(this.passed)];
    }

    /** Whether there is more to say than how many were done. */
    get tells() {
        return [this.refused, this.skipped, this.told, this.waiting].some((one) => one.length);
    }

    stop() {
        this.running = false;
    }

    async run(orm) {
        while (this.running && this.passed < this.ids.length) {
            const part = this.ids.slice(this.passed, this.passed + this.part);
            const told = await orm.silent.call(this.model, this.method, [part, ...this.args]);
            this.passed += part.length;
            this.done += told.done;
            this.unsent += told.unsent || 0;
            this.told.push(...(told.told || []));
            this.skipped.push(...(told.skipped || []));
            this.refused.push(...told.refused);
            this.waiting.push(...(told.waiting || []));
        }
        this.running = false;
    }
}

/** How far it has come; afterwards what was refused and why. */
export class BatchDialog extends Component {
    static template = "gov_hotline.BatchDialog";
    static components = { Dialog };
    static props = { title: String, batch: Object, close: Function };

    setup() {
        this.batch = useState(this.props.batch);
        this.orm = useService("orm");
        this.actions = useService("action");
        // Enter closes or goes on; no link of the list is entered by itself.
        const footer = useRef("footer");
        useEffect(
            () => footer.el?.querySelector(".btn-primary")?.focus(),
            () => [this.batch.running]
        );
    }

    get canRepeat() {
        return !this.batch.running && this.batch.again && this.batch.left.length > 0;
    }

    get canPost() {
        return !this.batch.running && this.batch.post && this.batch.waiting.length > 0;
    }

    /** Whether to close is all that is left to do. */
    get isLast() {
        return !this.batch.running && !this.canRepeat && !this.canPost;
    }

    /** Opens what was written for them all, now for those that are left. */
    async repeat() {
        const { again, left } = this.batch;
        const action = await this.orm.call(again.model, "action_repeat", [[again.id], left]);
        this.props.close();
        return this.actions.doAction(action);
    }

    /** Opens where the outcome of what was done is to be found. */
    see() {
        return this.open(this.batch.see, this.batch.told);
    }

    /** Opens the letters that are still to be printed and posted. */
    post() {
        return this.open(this.batch.post, this.batch.waiting);
    }

    async open(act, lines) {
        const ids = lines.map((one) => one.id);
        const action = await this.orm.call(this.batch.model, act.method, [ids]);
        this.props.close();
        return this.actions.doAction(action);
    }

    get counted() {
        return countedText(this.batch);
    }

    get unsentText() {
        return _t(
            "Mail is not set up: letters that wait under «Outgoing mail» until it is: %(count)s",
            { count: this.batch.unsent }
        );
    }

    /** Stopping leaves what is done and shows it; the part being done is done to its end. */
    stopOrClose() {
        return this.batch.running ? this.batch.stop() : this.props.close();
    }
}

function countedText({ done, ids }) {
    return _t("Done: %(done)s of %(all)s", { done, all: ids.length });
}

/** Does the act, with a dialog once it lasts; reloads the list, then says what came of it. */
export async function runBatch(env, action) {
    const { action: actions, dialog, notification, orm } = env.services;
    const batch = reactive(new Batch(action.params));
    const title = action.name;
    const show = () => dialog.add(BatchDialog, { title, batch }, { onClose: () => batch.stop() });
    let close = () => {};
    const timer = setTimeout(() => (close = show()), PATIENCE);
    try {
        await batch.run(orm);
    } finally {
        clearTimeout(timer);
        batch.stop();
        // closes every dialog: what was refused is shown after it
        await actions.doAction({ type: "ir.actions.client", tag: "soft_reload" });
        close();
        if (batch.then && batch.done && batch.passed === batch.ids.length) {
            await actions.doAction(batch.then);
        }
        if (batch.tells) {
            show();
        } else {
            const type = batch.done === batch.ids.length ? "success" : "warning";
            notification.add(countedText(batch), { title, type });
        }
    }
}

registry.category("actions").add("hotline_batch", runBatch);
