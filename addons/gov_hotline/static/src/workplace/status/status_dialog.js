import { Component, onMounted, useEffect, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { callersWords } from "../workplace_form";
import { workplaceHead, workplaceProps } from "../workplace_registries";
import { endWithStatus, findStatus, monthChoices, notifyEnd } from "./status_acts";
import { StatusWords } from "./status_words";

/**
 * «Статус»: ask, compare, read aloud. The fields are filled with the caller's words, never from a
 * card or an account: what the screen prompts is no proof of who is calling.
 */
export class StatusDialog extends Component {
    static template = "gov_hotline.StatusDialog";
    static components = { Dialog, StatusWords };
    static props = { model: Object, close: Function };

    setup() {
        this.notification = useService("notification");
        useAutofocus({ refName: "surname" });
        Object.assign(this, monthChoices(luxon.DateTime.now()));
        this.form = useState({
            ...callersWords(this.props.model),
            month: "",
            year: this.years[0],
            number: "",
            code: "",
        });
        this.state = useState({ answer: false, chosen: 0, refused: false, busy: false });
        useEffect(
            () => this.focusTold(),
            () => [this.state.answer, this.state.refused]
        );
    }

    get found() {
        const { answer, refused } = this.state;
        return answer && !refused ? answer.found : [];
    }

    get chosen() {
        return this.found[this.state.chosen] || false;
    }

    /** Whether the main button ends the call: something was told, or was refused. */
    get mayEnd() {
        return Boolean(this.chosen || this.state.refused);
    }

    get endLabel() {
        return this.state.refused ? _t("Phrase read, close the call") : _t("Told, close the call");
    }

    /** Enter on what was found ends the talk: no hand leaves the keyboard. */
    focusTold() {
        const button = document.querySelector(".o_hotline_status_end");
        if (this.mayEnd && button) {
            button.focus();
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.find();
        }
    }

    values() {
        const { month, year, ...plain } = this.form;
        return { ...plain, month: month && `${year}-${month}` };
    }

    async find() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const answer = await findStatus(this.props.model, this.values());
            Object.assign(this.state, { answer, chosen: 0, refused: false });
        } finally {
            this.state.busy = false;
        }
    }

    refuse() {
        this.state.refused = true;
    }

    back() {
        Object.assign(this.state, { refused: false, answer: false });
    }

    async end() {
        const { model } = this.props;
        const done = this.state.refused
            ? await endWithStatus(model, "refuse_status")
            : await endWithStatus(
                  model,
                  "tell_status",
                  this.chosen.case_id,
                  this.chosen.external_id
              );
        if (done) {
            notifyEnd(this.notification, done);
            this.props.close();
        }
    }
}

/** The button of the head bar; also opens the dialog where the menu asked for it. */
export class StatusButton extends Component {
    static template = "gov_hotline.StatusButton";
    static props = { ...workplaceProps };

    setup() {
        this.dialog = useService("dialog");
        onMounted(() => {
            if (this.props.workplace.statusAsked) {
                this.props.workplace.statusAsked = false;
                this.open();
            }
        });
    }

    open() {
        this.dialog.add(StatusDialog, { model: this.props.workplace });
    }
}

workplaceHead.add("status", { Component: StatusButton }, { sequence: 90 });
