import { registry } from "@web/core/registry";

/**
 * Extension points of the telephone on the screen, for what answers and speaks in the browser.
 * An item is `{ Component }`, added with `{ sequence }`; it gets `{ call }`: in the strip the
 * running call (CALL of `hotline.handset.look()`, false while one is dialled or wound up), in the
 * pop the ringing one. How the telephone stands is in the service `gov_hotline.phone`.
 */
export const callStripItems = registry.category("gov_hotline.call_strip_items");
export const popItems = registry.category("gov_hotline.pop_items");
