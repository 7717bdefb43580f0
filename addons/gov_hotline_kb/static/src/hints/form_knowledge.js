import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { FORM_HEADING, KnowledgeHints } from "./knowledge_hints";

/** The search as a widget of a form: about the topic of its record. */
export class FormKnowledge extends KnowledgeHints {
    static props = { ...standardWidgetProps };

    get topicId() {
        const { topic_id: topic } = this.props.record.data;
        return (topic && topic.id) || false;
    }

    get objectId() {
        return false;
    }

    get hasMeasures() {
        return false;
    }

    get headingClass() {
        return FORM_HEADING;
    }
}
