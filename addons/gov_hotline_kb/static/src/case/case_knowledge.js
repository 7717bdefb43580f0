import { onWillStart } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { FormKnowledge } from "../hints/form_knowledge";

const ASKERS = ["operator", "supervisor", "officer"];

/** The same search beside a case: the short form is read out without leaving it. */
export class CaseKnowledge extends FormKnowledge {
    setup() {
        super.setup();
        this.isAsker = false;
        onWillStart(async () => {
            const roles = ASKERS.map((role) => user.hasGroup(`gov_hotline.group_${role}`));
            this.isAsker = (await Promise.all(roles)).some(Boolean);
        });
    }

    get caseId() {
        return this.props.record.resId;
    }

    get text() {
        return this.props.record.data.name || "";
    }

    get mayInsert() {
        return false;
    }

    get mayNote() {
        return this.isAsker;
    }

    search() {
        return this.orm.call("helpdesk.ticket", "find_articles", [[this.caseId], this.query]);
    }

    /** Words of the case are noted by the server, without the applicant's name. */
    async noteGap() {
        const { asked, query, topicId } = this;
        if (query) {
            await this.orm.call("hotline.kb.gap", "note", [query], { topic_id: topicId });
        } else {
            await this.orm.call("helpdesk.ticket", "action_note_gap", [[this.caseId]]);
        }
        this.state.noted = asked;
    }
}

registry.category("view_widgets").add("hotline_case_knowledge", { component: CaseKnowledge });
