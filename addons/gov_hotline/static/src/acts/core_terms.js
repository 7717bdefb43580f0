import { _t } from "@web/core/l10n/translation";

/**
 * Terms of Odoo's own client that its Russian catalogue lacks and our screens show. The client
 * falls back to the terms of any add-on, so it is enough that they are translated in ours.
 */
export const CORE_TERMS = [_t("Custom Filter..."), _t("Custom Group")];
