import { useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** Says which draft was before the writer's eyes: two who write at once are told, not mixed. */
export class ArticleRecord extends RelationalModel.Record {
    get isArticle() {
        return this.config.isRoot && this.resModel === "document.page" && Boolean(this.resId);
    }

    /** Nobody hears a refusal after the page is closed: the server then keeps the text. */
    get context() {
        const leaving = this.model._urgentSave && this.isArticle;
        return leaving ? { ...super.context, hotline_leaving: true } : super.context;
    }

    async _save(options = {}) {
        if (!this.isArticle || !Object.keys(this._getChanges()).length) {
            return super._save(options);
        }
        this._changes.draft_base = this.data.draft_revision;
        return super._save({
            ...options,
            onError: async (error, ways) => {
                await this.keepUnsaved();
                if (options.onError) {
                    return options.onError(error, ways);
                }
                throw error;
            },
        });
    }

    /** What a colleague's newer draft does not let be saved stays in the article's history. */
    async keepUnsaved() {
        const args = [[this.resId], this._getChanges()];
        const kept = await this.model.orm.call(this.resModel, "keep_unsaved", args);
        if (kept) {
            this.model.notification.add(
                _t("Your text is kept: page «Versions» of the article, «Not saved»."),
                { type: "warning", sticky: true }
            );
        }
    }
}

export class ArticleModel extends RelationalModel {
    static Record = ArticleRecord;
}

export class ArticleFormController extends FormController {
    setup() {
        super.setup();
        useEffect(
            () => this.noteRead(),
            () => [this.model.root.resId]
        );
    }

    /** Whoever cannot write it has opened it to use it. */
    noteRead() {
        const { resId, data } = this.model.root;
        if (resId && data.state === "published" && !this.canEdit) {
            this.orm.silent.call("document.page", "note_used", [resId]);
        }
    }
}

registry.category("views").add("hotline_article_form", {
    ...formView,
    Controller: ArticleFormController,
    Model: ArticleModel,
});
