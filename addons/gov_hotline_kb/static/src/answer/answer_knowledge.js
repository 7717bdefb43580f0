import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { KnowledgeHints } from "../hints/knowledge_hints";

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

    get mayInsert() {
        return true;
    }

    get hasMeasures() {
        return false;
    }

    search() {
        return this.orm.call("hotline.answer", "find_articles", [[this.answerId], this.query]);
    }

    /** What is being written is kept first: the server adds to it. */
    async insert(article) {
        const { record } = this.props;
        if (await record.save()) {
            await this.orm.call("document.page", "action_insert_into_answer", [[article.id]], {
                context: { hotline_answer_id: this.answerId },
            });
            await record.load();
        }
    }
}

registry.category("view_widgets").add("hotline_answer_knowledge", { component: AnswerKnowledge });
