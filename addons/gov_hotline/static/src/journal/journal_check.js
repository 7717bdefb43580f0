import { Component, onWillDestroy, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const MOST_SHOWN = 100; // findings; all are counted

/** A walk along the journal's chain, part by part; ends when the server says so or `stop()`. */
export class Check {
    constructor(marks) {
        Object.assign(this, { marks, number: 0, total: 0, count: 0, waiting: 0, read: 0 });
        Object.assign(this, { faults: [], running: true, done: false });
    }

    get percent() {
        return this.total ? Math.round((100 * this.number) / this.total) : 0;
    }

    stop() {
        this.running = false;
    }

    async run(orm) {
        let previous;
        try {
            while (this.running && !this.done) {
                const at = previous ? { number: this.number, previous } : {};
                const told = await orm.silent.call("hotline.journal.seal", "check_part", [], {
                    ...at,
                    marks: this.marks,
                });
                previous = told.previous;
                this.take(told);
            }
        } finally {
            this.running = false;
        }
    }

    take({ number, total, count, faults, waiting, marks, done }) {
        Object.assign(this, { number, total, waiting, done, read: marks });
        this.count += count;
        this.faults.push(...faults.slice(0, MOST_SHOWN - this.faults.length));
    }
}

/** «Проверка журнала»: one button, the progress, the findings. */
export class JournalCheck extends Component {
    static template = "gov_hotline.JournalCheck";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ marks: "", check: null });
        this.display = { controlPanel: {} };
        onWillDestroy(() => this.state.check?.stop());
    }

    async start() {
        this.state.check = new Check(this.state.marks);
        await this.state.check.run(this.orm);
    }

    get progress() {
        const { number, total } = this.state.check;
        return _t("Seals checked: %(number)s of %(total)s", { number, total });
    }

    /** Whether something was pasted to be compared, and nothing in it could be. */
    get isUncompared() {
        const { marks, read, done } = this.state.check;
        return Boolean(done && marks.trim() && !read);
    }

    get colour() {
        const { count, done } = this.state.check;
        if (count) {
            return "alert-danger";
        }
        return done && !this.isUncompared ? "alert-success" : "alert-warning";
    }

    get verdict() {
        const { count, done } = this.state.check;
        if (count) {
            return _t("Findings: %(count)s", { count });
        }
        if (this.isUncompared) {
            return _t("Nothing was compared: the pasted text holds no whole control mark");
        }
        return done ? _t("The journal is whole: nothing was found") : _t("Stopped");
    }

    get more() {
        const { count, faults } = this.state.check;
        return count > faults.length && _t("and %(count)s more", { count: count - faults.length });
    }

    /** What the user may want to know beside the verdict. */
    get remarks() {
        const { waiting, read } = this.state.check;
        return [
            this.isUncompared &&
                !this.state.check.count &&
                _t("The lines and seals themselves are in order."),
            read && _t("Compared with control marks: %(read)s", { read }),
            waiting && _t("New lines that are about to be sealed: %(waiting)s", { waiting }),
        ].filter(Boolean);
    }
}

registry.category("actions").add("gov_hotline.journal_check", JournalCheck);
