export const CITIZEN_PARTS = ["surname", "given_name", "patronymic", "address"];

/** What the operator types in one talk, before anything is typed. */
export function emptyForm() {
    return {
        group: "",
        disposition_id: false,
        topic: false,
        question: "",
        result: "",
        agency_id: false,
        redirect_cause: "",
        citizen: Object.fromEntries(CITIZEN_PARTS.map((part) => [part, ""])),
    };
}

/** What the register wrote into a kept form: the account's address, the holder's whole name. */
export function toldByRegister({ place, draft }) {
    const account = (place && place.account) || {};
    const citizen = (draft && draft.citizen) || {};
    const { address, ...names } = citizen;
    const whole = [names.surname, names.given_name, names.patronymic].filter(Boolean).join(" ");
    return {
        ...(whole && whole === account.holder ? names : {}),
        ...(address && address === account.address ? { address } : {}),
    };
}

/** The caller's own words: a name or an address that the register told proves nobody. */
export function callersWords({ form, told }) {
    return Object.fromEntries(
        CITIZEN_PARTS.map((part) => {
            const text = form.citizen[part] || "";
            return [part, text === told[part] ? "" : text];
        })
    );
}
