import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { _t } from "@web/core/l10n/translation";

const NBSP = "\u00a0";

/** «79,9 %»; a dash where there was no call yet. */
export function share(value) {
    if (value === null || value === undefined || value === false) {
        return "—";
    }
    const digits = Number.isInteger(value) ? 0 : 1;
    return `${formatFloat(value, { digits: [16, digits] })}${NBSP}%`;
}

/** The tiles of a row of figures: [{ name, title, value | begun, note, opens, noteOpens, tone }]. */
export function tiles(row, aims) {
    return [waiting(row), longest(row, aims), level(row, aims), lost(row, aims)].concat([
        callbacks(row),
        promises(row),
        alarms(row),
    ]);
}

function waiting(row) {
    return {
        name: "waiting",
        title: _t("Waiting"),
        value: formatInteger(row.waiting),
        note: row.ringing ? _t("an operator's telephone rings: %s", row.ringing) : "",
        opens: "waiting",
        tone: row.waiting ? "" : "calm",
    };
}

function longest(row, aims) {
    return {
        name: "longest",
        title: _t("Longest wait"),
        value: "—",
        since: row.longest_since,
        late: aims ? aims.seconds : false,
        note: row.waiting ? "" : _t("nobody waits"),
        opens: "waiting",
        tone: row.waiting ? "" : "calm",
    };
}

function level(row, aims) {
    const note = row.offered
        ? _t("%(in_time)s of %(offered)s calls", row)
        : _t("no calls decided today yet");
    return {
        name: "level",
        title: aims
            ? _t("Answered within %(seconds)s s, aim %(level)s", {
                  seconds: aims.seconds,
                  level: share(aims.level),
              })
            : _t("Answered in time"),
        value: share(row.level),
        note: row.late ? _t("%(note)s, late: %(late)s", { note, late: row.late }) : note,
        opens: row.late ? "late" : "offered",
        tone: tone(row.keeps_level),
    };
}

function lost(row, aims) {
    const parts = [row.offered ? _t("%(lost)s of %(offered)s calls", row) : ""];
    if (row.asked) {
        parts.push(_t("asked for a call: %s", row.asked));
    }
    if (row.short) {
        parts.push(_t("given up at once: %s", row.short));
    }
    return {
        name: "lost",
        title: aims ? _t("Lost, at most %s", share(aims.lost)) : _t("Lost"),
        value: share(row.lost_share),
        note: parts.filter(Boolean).join(", ") || _t("no calls decided today yet"),
        opens: row.offered && !row.lost ? "offered" : "lost",
        tone: tone(row.keeps_lost),
    };
}

function callbacks(row) {
    return {
        name: "callbacks",
        title: _t("To call back"),
        value: formatInteger(row.callbacks),
        note: row.callbacks_late ? _t("late: %s", row.callbacks_late) : "",
        opens: row.callbacks_late ? "callbacks_late" : "callbacks",
        whole: row.callbacks_late ? "callbacks" : "",
        tone: row.callbacks_late ? "danger" : row.callbacks ? "" : "calm",
    };
}

function promises(row) {
    return {
        name: "promises",
        title: _t("Late promises"),
        value: formatInteger(row.promises_late),
        note: row.promises_late ? "" : _t("all are kept so far"),
        opens: "promises_late",
        tone: row.promises_late ? "danger" : "calm",
    };
}

function alarms(row) {
    return {
        name: "alarms",
        title: _t("Alarms"),
        value: formatInteger(row.alarms),
        note: row.alarms ? _t("nobody has taken them yet") : "",
        opens: "alarms",
        tone: row.alarms ? "danger" : "calm",
    };
}

function tone(keeps) {
    return keeps === false ? "danger" : "";
}
