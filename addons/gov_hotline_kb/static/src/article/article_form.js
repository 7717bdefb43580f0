import { useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** Says which draft was before the writer's eyes: two who write at once are told, not mixed. */
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

    async onWillSaveRecord(record, changes) {
        if (record.resId) {
            changes.draft_base = record.data.draft_revision;
        }
        return super.onWillSaveRecord(record, changes);
    }
}

registry
    .category("views")
    .add("hotline_article_form", { ...formView, Controller: ArticleFormController });
