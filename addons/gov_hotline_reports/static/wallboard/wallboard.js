/* The screen on the wall: asks for its figures and shows them; needs nothing else of Odoo. */
(function () {
    "use strict";
    const PAUSE = 700; // ms between the answer and the next question: fresh within a second
    const PATIENCE = 5000;
    const NONE = "—";
    const byId = (id) => document.getElementById(id);
    const place = byId("wallboard").dataset;
    let known = "";

    function clock(seconds) {
        const two = (number) => String(number).padStart(2, "0");
        const hours = Math.floor(seconds / 3600);
        const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
        return hours ? `${hours}:${rest}` : rest;
    }

    function share(value) {
        return typeof value === "number" ? `${String(value).replace(".", ",")} %` : NONE;
    }

    function tile(name, digits, look, more, isLate) {
        const node = byId(name);
        node.className = `tile ${look || ""} ${isLate ? "late" : ""}`;
        node.querySelector(".digits").textContent = digits;
        const under = node.querySelector(".more");
        under.textContent = more === undefined ? "" : `${under.dataset.words} ${more}`;
    }

    function kept(value) {
        return value === true ? "good" : value === false ? "bad" : "";
    }

    function show(told) {
        known = told.now;
        byId("clock").textContent = told.now.slice(0, 5);
        const late = told.longest !== null && told.aim_seconds && told.longest > told.aim_seconds;
        tile("waiting", told.waiting, told.waiting ? "soon" : "good");
        // Whole per cents, rounded down: it never looks better than it is.
        const level = told.level === null ? null : Math.floor(told.level);
        const waited = told.longest === null ? NONE : clock(told.longest);
        tile("longest", waited, late ? "bad" : "");
        tile("level", share(level), kept(told.keeps_level), told.offered);
        tile("lost", told.lost, kept(told.keeps_lost), share(told.lost_share));
        // Red is the number that is late, not the one above it.
        tile("callbacks", told.callbacks, "", told.callbacks_late, told.callbacks_late);
        const cases = told.due_today ? "soon" : "";
        tile("due_today", told.due_today, cases, told.overdue, told.overdue);
        document.querySelectorAll("[data-state]").forEach((node) => {
            node.textContent = told.operators[node.dataset.state] || 0;
        });
        notice(told.troubles ? place.troubles : "");
    }

    function notice(words, stale) {
        byId("notice").textContent = words;
        byId("notice").hidden = !words;
        document.body.classList.toggle("stale", Boolean(stale));
    }

    async function ask() {
        const stop = new AbortController();
        const timer = setTimeout(() => stop.abort(), PATIENCE);
        try {
            const answer = await fetch(place.figures, { signal: stop.signal, cache: "no-store" });
            if (answer.status === 404) {
                return notice(place.revoked, true); // for good: no more questions
            }
            show(await answer.json());
        } catch {
            notice(`${place.away} ${known}`, true);
        } finally {
            clearTimeout(timer);
        }
        return setTimeout(ask, PAUSE);
    }

    ask();
})();
