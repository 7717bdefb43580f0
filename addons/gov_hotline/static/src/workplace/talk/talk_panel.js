import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { DraftDialog, DraftSummary } from "../../draft/draft_dialog";
import { AgencySelect } from "./agency_select";
import { PromiseMenu } from "./promise_menu";
import { RegisteredDialog } from "./registered_dialog";
import { RegisteredSummary } from "./registered_summary";
import { StatusPanel } from "./status_panel";
import { TopicSelect } from "./topic_select";

/** «Что случилось»: the group of handling, the words, the way to close or to register. */
export class TalkPanel extends Component {
    static template = "gov_hotline.TalkPanel";
    static components = {
        AgencySelect,
        DraftSummary,
        PromiseMenu,
        RegisteredSummary,
        StatusPanel,
        TopicSelect,
    };
    static props = { model: Object };

    setup() {
        this.model = useState(this.props.model);
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.question = useRef("question");
        useEffect(
            () => this.question.el && this.question.el.focus(),
            () => [this.model.citizen && this.model.citizen.id]
        );
    }

    get form() {
        return this.model.form;
    }

    /** Short words for the row of buttons; what a case is called depends on the line. */
    groupLabel(group) {
        const oral = this.model.line && this.model.line.mode === "oral";
        const labels = {
            appeal: oral ? _t("Appeal") : _t("Message"),
            status: _t("Status"),
            tech: _t("Tech support"),
        };
        return labels[group.value] || group.label;
    }

    get refused() {
        return (
            this.form.group === "appeal" && this.model.line && this.model.line.mode === "consult"
        );
    }

    get questionLabel() {
        const labels = {
            appeal: _t("Text: what happened, what is asked for"),
            thanks: _t("Whom and what for"),
            tech: _t("Which system, what does not work"),
        };
        return labels[this.form.group] || _t("What was asked");
    }

    get mayFile() {
        const { registered, appealDraft } = this.model;
        return this.form.group === "appeal" && !registered && !appealDraft && !this.refused;
    }

    get agencyLabel() {
        const labels = {
            redirect: _t("Where to: agency or competence"),
            thanks: _t("Who is thanked: agency"),
        };
        return labels[this.form.group] || _t("Whose employee is calling: agency");
    }

    get closingHint() {
        const hints = {
            group: _t("Choose the group: it is the characteristic of the call."),
            register: _t("Register, or choose another group."),
            disposition: _t("Choose the disposition."),
            agency: _t("Choose the agency."),
            question: _t("Write down what was asked."),
            thanks: _t("Choose who is thanked or write down what for."),
        };
        return hints[this.model.closingProblem] || "";
    }

    /** Elsewhere the case or the agency answers, unless something was told already. */
    get hasResult() {
        return ["consultation", "tech"].includes(this.form.group) || Boolean(this.form.result);
    }

    get hasAgency() {
        return ["redirect", "thanks", "tech"].includes(this.form.group);
    }

    async close() {
        const done = await this.model.close();
        if (done) {
            this.notification.add(_t("Call %(number)s is closed.", done), { type: "success" });
        }
    }

    async makeDraft() {
        const draft = await this.model.makeDraft();
        if (draft) {
            this.dialog.add(DraftDialog, { draft, closeCall: () => this.close() });
        }
    }

    async register() {
        const registered = await this.model.register();
        if (registered) {
            this.dialog.add(RegisteredDialog, { registered, closeCall: () => this.close() });
        }
    }
}
