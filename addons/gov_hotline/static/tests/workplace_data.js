/** What the server would say: made-up people and cases; the workplace mounted upon it. */
import { mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { Workplace } from "@gov_hotline/workplace/workplace_action";

export const GROUPS = [
    {
        value: "consultation",
        label: "Consultation",
        dispositions: [
            { id: 1, code: "answered", name: "Answered" },
            { id: 11, code: "appeal_howto", name: "Explained" },
        ],
    },
    {
        value: "redirect",
        label: "Redirect",
        dispositions: [{ id: 2, code: "agency", name: "To the agency", needs_agency: true }],
    },
    {
        value: "appeal",
        label: "Appeal or message",
        dispositions: [{ id: 3, code: "message", name: "Message", needs_ticket: true }],
    },
    { value: "status", label: "Status", dispositions: [{ id: 4, code: "told", name: "Told" }] },
];

export function citizen(id, name, values = {}) {
    return {
        id,
        name,
        greeting: name,
        surname: name,
        given_name: "",
        patronymic: "",
        address: `Street ${id}`,
        street: `Street ${id}`,
        phones: ["+79135550101"],
        open_count: 0,
        total_count: 0,
        cases: [],
        calls: [],
        ...values,
    };
}

export function call(values = {}) {
    return {
        id: 7,
        number: "2026-000007",
        manual: true,
        elapsed: 65,
        line_id: 1,
        phone: { e164: "+79135550101", display: "+7 913 555-01-01", kind: "number", note: "" },
        candidates: [],
        citizen: false,
        group: "",
        disposition_id: false,
        topic: false,
        question: "",
        result: "",
        agency_id: false,
        redirect_cause: "",
        draft: {},
        tasks: [],
        registered: false,
        ...values,
    };
}

export function state(values = {}) {
    return {
        lines: [
            { id: 1, name: "Hotline", mode: "message", mode_label: "Messages", greeting: "" },
            { id: 2, name: "Help", mode: "consult", mode_label: "Consultation", greeting: "" },
        ],
        line_id: 1,
        groups: GROUPS,
        causes: [["competence", "Not our competence"]],
        cards: [],
        agencies: [
            { id: 5, name: "Heat", competence: "cold radiators", phone: "1", hours: "" },
            { id: 6, name: "Roads", competence: "holes, snow", phone: "2", hours: "" },
        ],
        promises: 0,
        call: false,
        open_calls: [],
        ...values,
    };
}

/** What a talk is about while nothing was said of it. */
export const NO_PLACE = { object: false, account: false, offered: [] };

/** Answer as the server; `answers`: {method: value, or a function of the call's arguments}. */
export function answerWorkplace(answers) {
    onRpc("hotline.workplace", "*", ({ method, args }) => {
        const answer = { whose: [], whose_words: [], ...answers }[method];
        return typeof answer === "function" ? answer(...args) : (answer ?? true);
    });
}

/** Mount the workplace upon such answers. */
export async function mountWorkplace(answers) {
    answerWorkplace(answers);
    await mountWithCleanup(Workplace, { props: { action: {}, actionId: 1 } });
}
