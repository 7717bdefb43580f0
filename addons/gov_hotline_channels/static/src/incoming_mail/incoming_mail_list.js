import { onWillStart } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** The list of incoming mail: says above it which mailbox is not fetched. */
export class IncomingMailController extends ListController {
    static template = "gov_hotline_channels.IncomingMailList";

    setup() {
        super.setup();
        const orm = useService("orm");
        onWillStart(async () => {
            this.trouble = await orm.call("hotline.incoming.mail", "mailbox_trouble", []);
        });
    }
}

registry.category("views").add("hotline_incoming_mail_list", {
    ...listView,
    Controller: IncomingMailController,
});
