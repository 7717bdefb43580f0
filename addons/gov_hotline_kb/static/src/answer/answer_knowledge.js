import { registry } from "@web/core/registry";
import { FormKnowledge } from "../hints/form_knowledge";

/** The same search beside an answer: what may leave the body goes into its text by one click. */
export class AnswerKnowledge extends FormKnowledge {
    get answerId() {
        return this.props.record.resId;
    }

    get text() {
        return "";
    }

    get caseId() {
        const { ticket_id: ticket } = this.props.record.data;
        return (ticket && ticket.id) || false;
    }

    get mayInsert() {
        return true;
    }

    search() {
        const ids = this.answerId ? [this.answerId] : [];
        const about = this.answerId ? {} : { ticket_id: this.caseId };
        return this.orm.call("hotline.answer", "find_articles", [ids, this.query], about);
    }

    /** What is being written is kept first: the server adds to it; a new answer is kept later. */
    async insert(article) {
        const { record } = this.props;
        if (!this.answerId) {
            const written = (record.data.text || "").trimEnd();
            await record.update({ text: [written, article.letter].filter(Boolean).join("\n\n") });
            this.noteUsed(article);
            return;
        }
        if (await record.save()) {
            await this.orm.call("document.page", "action_insert_into_answer", [[article.id]], {
                context: { hotline_answer_id: this.answerId },
            });
            await record.load();
        }
    }
}

registry.category("view_widgets").add("hotline_answer_knowledge", { component: AnswerKnowledge });
