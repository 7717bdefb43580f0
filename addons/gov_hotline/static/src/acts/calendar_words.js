import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";

/**
 * The calendar library carries no Russian: the one word of its own that our screens show. It takes
 * `weekText` for its short format only and always says "Week" in the long one.
 */
patch(CalendarCommonRenderer.prototype, {
    get options() {
        const { weekNumberFormat, ...options } = super.options;
        const week = weekNumberFormat.week === "long" ? "short" : weekNumberFormat.week;
        return { ...options, weekText: _t("Week"), weekNumberFormat: { week } };
    },
});
