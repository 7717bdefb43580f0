import { ActivityMenu } from "@mail/core/web/activity_menu";
import { patch } from "@web/core/utils/patch";

/** There is one digest a morning: the bell opens it, not a list of one row. */
patch(ActivityMenu.prototype, {
    async executeActivityAction(group, ...others) {
        if (group.model !== "hotline.outbox.digest") {
            return super.executeActivityAction(group, ...others);
        }
        const newest = await this.env.services.orm.call(group.model, "action_open_newest", []);
        return this.action.doAction(newest, { newWindow: others[3], clearBreadcrumbs: true });
    },
});
