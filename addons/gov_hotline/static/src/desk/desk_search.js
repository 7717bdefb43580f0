import { SearchModel } from "@web/search/search_model";

/** Names of the filters that the counters stand for, in their order on the screen. */
export const COUNTERS = ["today", "soon", "overdue", "waiting", "decision_today"];

/** A counter is a filter of the search: one of them at a time. */
export class DeskSearchModel extends SearchModel {
    /** The filters of the counters, in their order. */
    get counterItems() {
        const items = Object.values(this.searchItems).filter((item) => item.type === "filter");
        return COUNTERS.map((name) => items.find((item) => item.name === name)).filter(Boolean);
    }

    isChosen(item) {
        return this.query.some((one) => one.searchItemId === item.id);
    }

    /** Show what is behind a counter; a second time all again. */
    choose(item) {
        const chosen = this.isChosen(item);
        const query = this.queryWithoutCounters;
        this.query = chosen ? query : [...query, { searchItemId: item.id }];
        this._notify();
    }

    get queryWithoutCounters() {
        const ids = new Set(this.counterItems.map((item) => item.id));
        return this.query.filter((one) => !ids.has(one.searchItemId));
    }

    /** What the counters count: all that the search finds, whichever of them is chosen. */
    get countedDomain() {
        const query = this.query;
        this.query = this.queryWithoutCounters;
        try {
            return this._getDomain();
        } finally {
            this.query = query;
        }
    }
}
