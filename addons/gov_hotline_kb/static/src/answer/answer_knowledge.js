import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { FORM_HEADING, KnowledgeHints } from "../hints/knowledge_hints";

/** The same search beside an answer: what may leave the body goes into its text by one click. */
export class AnswerKnowledge extends KnowledgeHints {
    static props = { ...standardWidgetProps };

    get answerId() {
        return this.props.record.resId;
    }

    get topicId() {
        const { topic_id: topic } = this.props.record.data;
        return (topic && topic.id) || false;
    }

    get objectId() {
        return false;
    }

    get text() {
        return "";
    }

    get caseId() {
        const { ticket_id: ticket } = this.props.record.data;
        return (ticket && ticket.id) || false;
    }

    get headingClass() {
        return FORM_HEADING;
    }

    get mayInsert() {
        return true;
    }

    get hasMeasures() {
        return false;
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
