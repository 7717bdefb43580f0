import { Component, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { debounce } from "@web/core/utils/timing";
import { QuestionnaireDialog } from "../questionnaire/questionnaire";

const TYPING_PAUSE = 300;
// As a separator of a form: the other headings there look so.
export const FORM_HEADING = "o_horizontal_separator mt-4 mb-3 text-uppercase fw-bolder small";

/** Articles for the topic and the words of the talk, or for what the operator looks for. */
export class KnowledgeHints extends Component {
    static template = "gov_hotline_kb.KnowledgeHints";
    static props = {
        topic: { type: [Object, Boolean] },
        text: String,
        call: { type: [Object, Boolean] },
        insertText: Function,
        "*": true,
    };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.state = useState({ query: "", found: [], openId: false, marked: {}, noted: "" });
        this.last = new KeepLast();
        this.findSoon = debounce(() => this.find(), TYPING_PAUSE);
        useEffect(
            () => {
                this.findSoon();
            },
            () => [this.topicId, this.objectId, this.text, this.state.query]
        );
        onWillUnmount(() => this.findSoon.cancel());
    }

    get topicId() {
        return this.props.topic ? this.props.topic.id : false;
    }

    /** What the talk is about stands where: articles of another district are not for it. */
    get objectId() {
        const { object } = (this.props.call && this.props.call.place) || {};
        return (object && object.id) || false;
    }

    get text() {
        return this.props.text;
    }

    get about() {
        return { topic_id: this.topicId, object_id: this.objectId };
    }

    /** Without a talk there is nowhere to insert, and nobody to ask about measures for. */
    get mayInsert() {
        return Boolean(this.props.call);
    }

    get hasMeasures() {
        return true;
    }

    get mayNote() {
        return true;
    }

    get headingClass() {
        return "o_hotline_subtitle";
    }

    /** What shares only a word with the question stands last, under a heading of its own. */
    get firstSimilarId() {
        const similar = this.state.found.find((article) => article.similar);
        return similar && similar.id;
    }

    get query() {
        return this.state.query.trim();
    }

    /** The question that stays without an answer: what was looked for, else the caller's words. */
    get asked() {
        return this.query || this.text.trim();
    }

    async find() {
        const found = await this.last.add(this.search());
        const fits = found.filter((article) => !article.similar);
        this.state.found = [...fits, ...found.filter((article) => article.similar)];
    }

    search() {
        if (this.query) {
            return this.orm.call("document.page", "search_text", [this.query], this.about);
        }
        const args = [this.topicId, this.text];
        return this.orm.call("document.page", "suggest", args, { object_id: this.objectId });
    }

    /** What nobody could read out goes into the list of those who write articles. */
    async noteGap() {
        const { asked, topicId } = this;
        const call = (this.props.call && this.props.call.id) || false;
        const about = { topic_id: topicId, call_id: call };
        await this.orm.call("hotline.kb.gap", "note", [asked], about);
        this.state.noted = asked;
    }

    toggle(article) {
        this.state.openId = this.state.openId === article.id ? false : article.id;
        if (this.state.openId) {
            this.noteUsed(article);
        }
    }

    /** Which articles are used at all: what is never opened is looked at by those who write. */
    noteUsed(article) {
        this.orm.silent.call("document.page", "note_used", [article.id]);
    }

    /** Said once, it is shown; said otherwise, the server corrects it. */
    async mark(article, helped) {
        await this.orm.call("document.page", "mark_helped", [article.id, helped]);
        this.state.marked[article.id] = helped ? "yes" : "no";
    }

    /** Which measures of support the caller may count on: asked over the talk (C6). */
    pickMeasures() {
        const insertText = (text) => this.insertList(text);
        this.dialog.add(QuestionnaireDialog, this.props.call ? { insertText } : {});
    }

    /** A list picked anew takes the place of the one that stands there: from its head to its end. */
    insertList(text) {
        const { workplace } = this.props;
        const [head, end] = [text.split("\n", 1)[0], text.slice(text.lastIndexOf("\n") + 1)];
        const written = workplace.form.result;
        const start = written.indexOf(head);
        const last = written.indexOf(end, start);
        if (start < 0 || last < 0) {
            this.props.insertText(text);
            return;
        }
        const rest = written.slice(last + end.length);
        workplace.change({ result: written.slice(0, start) + text + rest });
    }

    insert(article) {
        const mark = _t(
            "[Example from the knowledge base: compare it with the law and delete this line.]"
        );
        const text = article.short || article.text;
        this.props.insertText(article.example ? `${mark}\n${text}` : text);
        this.noteUsed(article);
    }
}

registry
    .category("gov_hotline.workplace_hints")
    .add("knowledge", { Component: KnowledgeHints }, { sequence: 20 });
