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
        this.state = useState({ parts: [], kept: {}, checked: false });
        onWillStart(async () => {
            const args = [this.props.model, this.props.id];
            this.state.parts = await this.orm.call(SERVICE, "propose", args);
        });
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
        };
    }

    key(part, piece) {
        return `${part.name} ${piece.start}`;
    }

    isKept(part, piece) {
        return Boolean(this.state.kept[this.key(part, piece)]);
    }

    toggle(part, piece) {
        this.state.kept[this.key(part, piece)] = !this.isKept(part, piece);
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
        this.props.done(await this.orm.call(SERVICE, "make", [model, id, this.kept]));
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
