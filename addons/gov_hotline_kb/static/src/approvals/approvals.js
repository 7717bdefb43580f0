import { markup, onWillStart } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";

/**
 * What waits for an approver: the list is of answers, articles have their own. Where articles alone
 * wait, the empty list says so; asked anew each time, for a window's own words are cached.
 */
const withArticles = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            const orm = useService("orm");
            const { info, domain } = this.props;
            const isMine = JSON.stringify(domain).includes('"awaits_me"');
            onWillStart(async () => {
                if (info.noContentHelp && isMine) {
                    const words = await orm.call("hotline.answer", "awaiting_articles_help", []);
                    info.noContentHelp = words ? markup(words) : info.noContentHelp;
                }
            });
        }
    };

const views = registry.category("views");
for (const view of [listView, kanbanView]) {
    const Controller = withArticles(view.Controller);
    views.add(`hotline_approvals_${view.type}`, { ...view, Controller });
}
