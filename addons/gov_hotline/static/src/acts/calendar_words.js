import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";

/** The calendar library carries no Russian: the one word of its own that our screens show. */
patch(CalendarCommonRenderer.prototype, {
    get options() {
        return { ...super.options, weekText: _t("Week"), weekTextLong: _t("Week") };
    },
});
