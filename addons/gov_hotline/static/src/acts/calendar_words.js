import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";

/**
 * The calendar library carries no Russian: the one word of its own that our screens show. It takes
 * `weekText` for its short format only and always says "Week" in the long one.
 */
patch(CalendarCommonRenderer.prototype, {
    get options() {
        const { weekNumberFormat, ...options } = super.options;
        const week = weekNumberFormat.week === "long" ? "short" : weekNumberFormat.week;
        return { ...options, weekText: _t("Week"), weekNumberFormat: { week }, ...this.workingDay };
    },

    /** The diary of personal receptions opens at the working day, not at midnight. */
    get workingDay() {
        const isDiary = this.props.model.resModel === "hotline.reception";
        return isDiary ? { slotMinTime: "08:00:00", slotMaxTime: "21:00:00" } : {};
    },
});

/** Headings name the month by itself: «ноябрь 2026», and with a day «24 ноября 2026». */
patch(CalendarController.prototype, {
    get weekHeader() {
        const { rangeStart, rangeEnd } = this.model;
        const [from, to] = [rangeStart, rangeEnd].map((day) => day.toFormat("LLLL"));
        const fromYear = rangeStart.year === rangeEnd.year ? "" : ` ${rangeStart.year}`;
        return from === to && !fromYear
            ? `${to} ${rangeEnd.year}`
            : `${from}${fromYear} – ${to} ${rangeEnd.year}`;
    },

    get currentMonth() {
        return this.date.toFormat("LLLL y");
    },
});
