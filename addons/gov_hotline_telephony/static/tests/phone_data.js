/** What the server would say of the telephone; made-up people. */
import { getService, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { session } from "@web/session";

export const DESK = { id: 1, number: "101", kind: "desk", registered: true };
export const BROWSER = { id: 2, number: "110", kind: "browser", registered: false };

export function look(values = {}) {
    return {
        pbx: { online: true, words: "" },
        extension: DESK,
        extensions: [DESK, BROWSER],
        presence: { state: "ready", words: "", reason: "", since: false },
        reasons: [
            { id: 1, name: "Lunch" },
            { id: 2, name: "Study" },
        ],
        queue: { waiting: 0, longest_since: false },
        call: false,
        ...values,
    };
}

const ACTS = ["hold", "transfer", "hangup"];

export function talk(values = {}) {
    return {
        call_id: 5,
        number: "2026-000005",
        phase: "talking",
        direction: "in",
        phone: "+7 913 555-01-01",
        who: "Иванова М. П.",
        since: "2026-11-22 09:00:00",
        now: "2026-11-22 09:04:12",
        consult: false,
        may: ACTS,
        ...values,
    };
}

/** Answer as `hotline.handset`: {method: value, or a function of the arguments}. */
export function answerHandset(answers = {}) {
    patchWithCleanup(session, { hotline_phone: true });
    onRpc("hotline.handset", "*", ({ method, args }) => {
        const answer = { look: look(), targets: [], ...answers }[method];
        return (typeof answer === "function" ? answer(...args) : answer) ?? { command_id: 9 };
    });
}

/** The telephone once the server has told of it. */
export async function readyPhone() {
    const phone = getService("gov_hotline.phone");
    await phone.look();
    return phone;
}
