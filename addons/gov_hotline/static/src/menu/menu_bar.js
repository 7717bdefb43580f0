import { patch } from "@web/core/utils/patch";
import { NavBar } from "@web/webclient/navbar/navbar";
import { useEffect } from "@odoo/owl";

/**
 * Odoo fits the sections when the bar is mounted and when the window changes. The icons at its end
 * (the body's name, chats, the telephone) get their width later: then the last section lay under
 * them. The room of the sections is what is left of the bar and does not depend on the sections
 * themselves, so fitting anew whenever it changes comes to rest.
 */
patch(NavBar.prototype, {
    setup() {
        super.setup();
        useEffect(
            (room) => {
                if (!room) {
                    return;
                }
                const observer = new ResizeObserver(() => this.adapt());
                observer.observe(room);
                return () => observer.disconnect();
            },
            () => [this.appSubMenus.el]
        );
    },
});
