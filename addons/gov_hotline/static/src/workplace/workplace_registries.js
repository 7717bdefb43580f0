import { registry } from "@web/core/registry";

/**
 * Extension points of the operator's screen. An item is `{ Component, isDisplayed? }`, added with
 * `{ sequence }`. Its component gets the props of `workplaceProps` below; `isDisplayed(props)`
 * leaves out what has nothing to show. See docs/architecture.md, «Workplace».
 */
export const workplaceHead = registry.category("gov_hotline.workplace_head");
export const workplaceHints = registry.category("gov_hotline.workplace_hints");
/**
 * What the one box finds, by kind: `{ label(), shown?(model, row), take(model, row) }`. `shown`
 * gives `title`, `note` beside what the server's row (hotline.finder) has.
 */
export const workplaceFound = registry.category("gov_hotline.workplace_found");

/** What the browser does when the operator transfers an emergency: `async (workplace, card) =>`. */
export const workplaceTransfers = registry.category("gov_hotline.workplace_transfers");

/**
 * On `env.bus` with detail `{callId, linked}`: that call is about this older case ({id, number}),
 * or about none (false); whatever shows the call follows.
 */
export const CALL_LINKED = "GOV_HOTLINE:CALL_LINKED";

/**
 * On `env.bus` with detail `{callId}`: a workplace that shows this call sets `detail.model`, so that
 * what is done about the call elsewhere on the page is seen there, and nothing typed is lost.
 */
export const SHOWN_CALL = "GOV_HOTLINE:SHOWN_CALL";

/** What every item of the first two registries gets: spread it into `static props`. */
export const workplaceProps = {
    call: { type: [Object, Boolean] },
    citizen: { type: [Object, Boolean] },
    topic: { type: [Object, Boolean] },
    line: { type: [Object, Boolean] },
    group: { type: String },
    text: { type: String },
    insertText: { type: Function },
    setAgency: { type: Function },
    workplace: { type: Object },
};

/** The value of those props for a workplace (a WorkplaceModel). */
export function propsOf(workplace) {
    return {
        call: workplace.call,
        citizen: workplace.citizen,
        topic: workplace.form.topic,
        line: workplace.line,
        group: workplace.form.group,
        text: workplace.form.question,
        insertText: (text) => workplace.insertText(text),
        setAgency: (agencyId) => workplace.redirectTo(agencyId),
        workplace,
    };
}

export function displayedItems(category, props) {
    return category
        .getEntries()
        .map(([id, item]) => ({ id, ...item }))
        .filter((item) => !item.isDisplayed || item.isDisplayed(props));
}
