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
