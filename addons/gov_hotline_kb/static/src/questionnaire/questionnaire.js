import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { Dialog } from "@web/core/dialog/dialog";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const SERVICE = "hotline.kb.questionnaire";
const TYPING_PAUSE = 300;

/** Measures of support by a citizen's answers (C6). The answers live on this screen alone. */
export class Questionnaire extends Component {
    static template = "gov_hotline_kb.Questionnaire";
    static props = {
        ticketId: { type: [Number, Boolean], optional: true },
        insertText: { type: Function, optional: true },
        close: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.last = new KeepLast();
        this.found = useRef("found");
        this.state = useState({
            questions: [],
            places: [],
            answers: {},
            typed: {},
            place: false,
            fits: [],
            mayFit: [],
            chosen: {},
            openId: false,
            mayPut: false,
            mayWrite: false,
        });
        this.chooseSoon = useDebounced(() => this.choose(), TYPING_PAUSE);
        onWillStart(() => this.load());
    }

    async load() {
        const told = await this.orm.call(SERVICE, "get_questions", [this.props.ticketId || false]);
        Object.assign(this.state, {
            questions: told.questions,
            places: told.places,
            place: told.place,
            mayPut: told.may_put,
            mayWrite: told.may_write,
        });
        await this.choose();
    }

    async choose() {
        const found = await this.last.add(
            this.orm.call(SERVICE, "choose", [this.state.answers, this.state.place])
        );
        this.state.fits = found.fits;
        this.state.mayFit = found.may_fit;
    }

    get isAnswered() {
        return Object.keys(this.state.answers).length > 0;
    }

    get pickedCount() {
        return this.state.fits.length;
    }

    /** On a telephone what fits stands far below the questions. */
    toFound() {
        this.found.el.scrollIntoView({ behavior: "smooth" });
    }

    get groups() {
        return [
            { key: "fits", title: _t("Fit"), measures: this.state.fits },
            { key: "may", title: _t("May fit: ask more"), measures: this.state.mayFit },
        ].filter((group) => group.measures.length);
    }

    /** What fits goes into the list unless taken out, what may fit only when it is put in. */
    isChosen(measure) {
        const said = this.state.chosen[measure.id];
        return said === undefined ? this.state.fits.some(({ id }) => id === measure.id) : said;
    }

    get chosenIds() {
        return [...this.state.fits, ...this.state.mayFit]
            .filter((measure) => this.isChosen(measure))
            .map(({ id }) => id);
    }

    set(question, value) {
        if (value === undefined) {
            delete this.state.answers[question.id];
        } else {
            this.state.answers[question.id] = value;
        }
        this.chooseSoon();
    }

    /** Out of the question's bounds it is no answer, and the screen says so. */
    setNumber(question, text) {
        this.state.typed[question.id] = text;
        const number = this.numberOf(question);
        this.set(question, isNaN(number) || this.isWrong(question) ? undefined : number);
    }

    numberOf(question) {
        return parseFloat((this.state.typed[question.id] || "").replace(",", "."));
    }

    isWrong(question) {
        const number = this.numberOf(question);
        const isPart = question.whole && number % 1 !== 0;
        return !isNaN(number) && (number < question.least || number > question.most || isPart);
    }

    boundsText({ least, most, whole }) {
        if (whole) {
            return _t("The answer is a whole number from %(least)s to %(most)s.", { least, most });
        }
        return _t("The answer is a number from %(least)s to %(most)s.", { least, most });
    }

    /** A second click on the same answer takes it back. */
    setYesNo(question, value) {
        this.set(question, this.state.answers[question.id] === value ? undefined : value);
    }

    has(question, option) {
        return (this.state.answers[question.id] || []).includes(option.id);
    }

    setOption(question, option) {
        const now = this.state.answers[question.id] || [];
        const without = now.filter((id) => id !== option.id);
        const more = question.multiple ? [...without, option.id] : [option.id];
        const next = this.has(question, option) ? without : more;
        this.set(question, next.length ? next : undefined);
    }

    setPlace(text) {
        this.state.place = text ? parseInt(text, 10) : false;
        this.choose();
    }

    toggle(measure) {
        this.state.openId = this.state.openId === measure.id ? false : measure.id;
    }

    /** The next caller: nothing of this one stays. */
    clear() {
        Object.assign(this.state, { answers: {}, typed: {}, chosen: {}, openId: false });
        this.choose();
    }

    // Handing over

    get handed() {
        return [this.chosenIds, this.state.answers, this.state.place];
    }

    print() {
        const [measure_ids, answers, place_id] = this.handed;
        const chosen = JSON.stringify({ measure_ids, answers, place_id });
        return download({ url: "/hotline/knowledge/measures", data: { chosen } });
    }

    async insert() {
        this.props.insertText(await this.orm.call(SERVICE, "list_text", this.handed));
        this.props.close();
    }

    async put() {
        await this.orm.call(SERVICE, "put_to_case", [this.props.ticketId, ...this.handed]);
        this.notification.add(_t("Noted in the case."), { type: "success" });
    }

    async write() {
        const args = [this.props.ticketId, ...this.handed];
        const action = await this.orm.call(SERVICE, "write_to_citizen", args);
        await this.action.doAction(action);
    }
}

/** Beside a talk: over the workplace, so that nothing of the talk is left. */
export class QuestionnaireDialog extends Component {
    static template = "gov_hotline_kb.QuestionnaireDialog";
    static components = { Dialog, Questionnaire };
    static props = {
        insertText: { type: Function, optional: true },
        ticketId: { type: [Number, Boolean], optional: true },
        close: Function,
    };
}

export class QuestionnaireAction extends Component {
    static template = "gov_hotline_kb.QuestionnaireAction";
    static components = { Questionnaire };
    static props = { ...standardActionServiceProps };

    get ticketId() {
        const { params, context } = this.props.action;
        return (params && params.ticket_id) || (context && context.hotline_ticket_id) || false;
    }
}

registry.category("actions").add("gov_hotline_kb.questionnaire", QuestionnaireAction);
