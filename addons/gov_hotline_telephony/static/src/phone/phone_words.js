import { _t } from "@web/core/l10n/translation";

/** What the strip says of the running call. */
export function phaseWords({ phase, direction, own_rings: ownRings }) {
    if (phase === "talking") {
        return _t("Talk");
    }
    if (phase === "held") {
        return _t("On hold");
    }
    if (direction === "out") {
        return ownRings ? _t("Lift your telephone") : _t("Calling");
    }
    return _t("Rings at you");
}

/** How the second talk of an attended transfer goes. */
export function consultWords({ to, phase }) {
    if (phase === "joined") {
        return _t("All three talk: you and %(name)s", { name: to });
    }
    return phase === "talking"
        ? _t("You talk with: %(name)s", { name: to })
        : _t("Calling: %(name)s", { name: to });
}

export function stateWords(state) {
    const words = {
        offline: _t("Off the line"),
        ready: _t("On the line"),
        ringing: _t("It rings"),
        talking: _t("In a talk"),
        wrap_up: _t("Wrap-up"),
        paused: _t("Pause"),
    };
    return words[state] || "";
}

/** Red is for danger only: green may take a call, amber may not now. */
export const STATE_CLASSES = {
    offline: "bg-secondary",
    ready: "bg-success",
    ringing: "bg-success",
    talking: "bg-primary",
    wrap_up: "bg-warning",
    paused: "bg-warning",
};

/** «Desk phone 101» */
export function extensionWords({ number, kind }) {
    const kinds = {
        desk: _t("Desk phone %(number)s", { number }),
        browser: _t("Phone in the browser %(number)s", { number }),
        expert: _t("Expert's phone %(number)s", { number }),
        common: _t("Shared phone %(number)s", { number }),
    };
    return kinds[kind] || kinds.desk;
}

/** What went well needs words only where the operator sees no other sign of it. */
export function doneWords(kind) {
    const words = {
        blind: _t("The call is transferred."),
        complete: _t("The call is transferred."),
        conference: _t("All three of you hear each other."),
    };
    return words[kind] || "";
}
