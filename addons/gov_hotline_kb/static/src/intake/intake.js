import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const SERVICE = "hotline.kb.intake";

/** What may tell of a person, marked: removed unless somebody says that it stays (A2). */
export class IntakeDialog extends Component {
    static template = "gov_hotline_kb.IntakeDialog";
    static components = { Dialog };
    static props = { model: String, id: Number, done: Function, close: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ parts: [], kept: {}, more: [], word: "", checked: false });
        onWillStart(() => this.propose());
    }

    async propose() {
        const { model, id } = this.props;
        this.state.parts = await this.orm.call(SERVICE, "propose", [model, id, this.state.more]);
    }

    /** A name that was missed: it goes wherever it stands. */
    addWord() {
        const word = this.state.word.trim();
        this.state.word = "";
        if (word && !this.state.more.includes(word)) {
            this.setMore([...this.state.more, word]);
        }
    }

    dropWord(word) {
        this.setMore(this.state.more.filter((one) => one !== word));
    }

    setMore(more) {
        Object.assign(this.state, { more, checked: false });
        return this.propose();
    }

    get marks() {
        return this.state.parts.flatMap((part) => part.pieces.filter((piece) => piece.kind));
    }

    get kinds() {
        return {
            name: _t("name"),
            email: _t("e-mail"),
            number: _t("telephone or document"),
            account: _t("account"),
            address: _t("address"),
            plate: _t("car plate"),
            birth: _t("date of birth"),
        };
    }

    key(part, piece) {
        return `${part.name} ${piece.start}`;
    }

    isKept(part, piece) {
        return Boolean(this.state.kept[this.key(part, piece)]);
    }

    /** What was taken for a person by mistake is one mistake, wherever it stands. */
    toggle(part, piece) {
        const isKept = !this.isKept(part, piece);
        for (const where of this.state.parts) {
            for (const one of where.pieces.filter(({ text }) => text === piece.text)) {
                this.state.kept[this.key(where, one)] = isKept;
            }
        }
    }

    get kept() {
        return Object.fromEntries(
            this.state.parts.map((part) => [
                part.name,
                part.pieces
                    .filter((piece) => piece.kind && this.isKept(part, piece))
                    .map((piece) => piece.start),
            ])
        );
    }

    async make() {
        const { model, id } = this.props;
        const args = [model, id, this.kept, this.state.more];
        this.props.done(await this.orm.call(SERVICE, "make", args));
        this.props.close();
    }
}

function openIntake(env, { params }) {
    return new Promise((resolve) => {
        env.services.dialog.add(
            IntakeDialog,
            { ...params, done: resolve },
            { onClose: () => resolve(false) }
        );
    });
}

registry.category("actions").add("gov_hotline_kb.intake", openIntake);
