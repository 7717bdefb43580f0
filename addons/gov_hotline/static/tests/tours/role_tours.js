import { App } from "@odoo/owl";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// Abbreviations and codes that Russian screens carry as they are.
const ALLOWED = new Set([
    "alt", // names of keys on hints
    "ctrl",
    "shift",
    "enter",
    "esc",
    "csv",
    "docx",
    "dl", // a size of envelopes
    "europe", // time zones
    "moscow",
    "imap",
    "journal", // /srv/journal, an example of a folder
    "srv",
    "pdf",
    "pop",
    "qr",
    "sig",
    "ssl",
    "tls",
    "word",
    "sms",
    "utf",
    "vip",
    "vk",
    "windows",
    "xlsx",
    "odoobot", // the author of what Odoo notes by itself
    ...["doc", "jpeg", "jpg", "mp", "ods", "odt", "png", "rtf", "tif", "tiff", "txt", "xls"], // files
]);
// Places that are not ours to translate: the tour's own pointer, code, icons.
const SKIPPED = "script, style, .o_tour_pointer, .fa, .oi, .o_avatar, .o-mail-DiscussSystray";
// Odoo builds the tooltip of a breadcrumb («Back to …») in its template, untranslatable.
const CORE_TOOLTIPS = ".o_breadcrumb";
const LATIN = /[A-Za-z]{2,}/g;
// Templates of numbers, addresses, file and domain names, columns of a file, codes of rules,
// checksums, Roman numbers.
const NO_WORDS =
    /\{[^}]*\}|\S+@\S+|\S*\w\.\w\S*|https?:\S+|\w+(;\w+)+|[A-Z]+(-[A-Z0-9]+)+|\b[0-9a-f]{64}\b|\b[IVXLC]+\b/g;

const STILL_FRAMES = 3;
const PATIENCE = 30000; // milliseconds

function visible(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

function latin(text) {
    const found = (text || "").replace(NO_WORDS, " ").match(LATIN) || [];
    return found.filter((word) => !ALLOWED.has(word.toLowerCase()));
}

/** Return what stands on the screen in Latin letters: «word ← its text». */
function latinOnScreen() {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const text = walker.currentNode.textContent.trim();
        if (text && !element.closest(SKIPPED) && visible(element)) {
            latin(text).forEach((word) => found.add(`${word} ← ${text.slice(0, 60)}`));
        }
    }
    for (const element of document.querySelectorAll("[placeholder], [title], [data-tooltip]")) {
        if (!element.closest(`${SKIPPED}, ${CORE_TOOLTIPS}`) && visible(element)) {
            for (const name of ["placeholder", "title", "data-tooltip"]) {
                const text = element.getAttribute(name);
                latin(text).forEach((word) => found.add(`${word} ← @${name} ${text}`));
            }
        }
    }
    return [...found];
}

// Requests under way, by their number.
const requests = new Set();
rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => requests.add(detail.data.id));
rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => requests.delete(detail.data.id));

function busy() {
    const drawing = [...App.apps].some((app) => app.scheduler.tasks.size);
    return drawing || requests.size || document.querySelector(".o_loading_indicator");
}

/**
 * Wait until the screen rests: no request under way, no component waits to be drawn, and three
 * frames have passed in which nothing on the page was changed.
 */
async function settle() {
    const end = performance.now() + PATIENCE;
    let moved;
    const observer = new MutationObserver(() => (moved = true));
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    for (let still = 0; still < STILL_FRAMES; still = moved || busy() ? 0 : still + 1) {
        if (performance.now() > end) {
            throw new Error("The screen does not come to rest");
        }
        moved = false;
        await new Promise(requestAnimationFrame);
    }
    observer.disconnect();
}

function leaves(menu) {
    const own = menu.actionID ? [menu] : [];
    return menu.childrenTree.reduce((all, child) => all.concat(leaves(child)), own);
}

async function click(selector) {
    const element = [...document.querySelectorAll(selector)].find(visible);
    if (element) {
        element.click();
        await settle();
    }
    return Boolean(element);
}

class Walk {
    constructor() {
        this.problems = [];
        this.screens = 0;
        this.services = odoo.__WOWL_DEBUG__.root.env.services;
    }

    look(where) {
        this.screens += 1;
        const dialog = document.querySelector(".o_error_dialog");
        if (dialog) {
            this.problems.push(`${where}: ${dialog.innerText.slice(0, 200)}`);
        }
        this.problems.push(...latinOnScreen().map((found) => `${where}: ${found}`));
    }

    async screen(menu) {
        await this.services.action.doAction(menu.actionID, { clearBreadcrumbs: true });
        await settle();
        this.look(menu.name);
        if (await click(".o_searchview_dropdown_toggler")) {
            this.look(`${menu.name}, фильтры`);
            await click(".o_searchview_dropdown_toggler");
        }
        for (const facet of document.querySelectorAll(".o_facet_remove")) {
            facet.click();
            await settle();
        }
        await this.record(menu);
    }

    async record(menu) {
        if (
            !(await click(".o_data_row td.o_data_cell")) ||
            !document.querySelector(".o_form_view")
        ) {
            return;
        }
        this.look(`${menu.name}, запись`);
        if (await click(".o_hotline_more")) {
            this.look(`${menu.name}, ещё`);
            await click(".o_hotline_more");
        }
        for (const tab of document.querySelectorAll(".o_notebook .nav-link")) {
            tab.click();
            await settle();
            this.look(`${menu.name}, ${tab.innerText}`);
        }
    }

    /** Open every menu of the hotline, or the one of this xml id. */
    async all(only) {
        const app = this.services.menu
            .getApps()
            .find((each) => each.xmlid === "gov_hotline.menu_root");
        await this.services.menu.selectMenu(app);
        await settle();
        const menus = leaves(this.services.menu.getMenuAsTree(app.id));
        for (const menu of menus.filter((each) => !only || each.xmlid === only)) {
            await this.screen(menu);
        }
        if (this.problems.length) {
            throw new Error(`Not in Russian:\n${[...new Set(this.problems)].join("\n")}`);
        }
        console.log(`${this.screens} screens looked at`); // eslint-disable-line no-console
    }
}

// A step waits a minute at most, the administrator's walk takes longer: marks of half a minute.
const MARKS = [1, 2, 3, 4, 5, 6, 7, 8];

function startWalk(only) {
    const mark = (number) => document.body.classList.add(`o_walk_${number}`);
    const timers = MARKS.map((number) => setTimeout(() => mark(number), number * 30000));
    new Walk()
        .all(only)
        .then(() => MARKS.forEach(mark))
        .catch((error) => console.error(error.message)) // eslint-disable-line no-console
        .finally(() => timers.forEach(clearTimeout));
}

function walk(only) {
    return [
        { trigger: ".o_web_client .o_main_navbar", run: () => startWalk(only) },
        ...MARKS.map((number) => ({ trigger: `body.o_walk_${number}`, timeout: 60000 })),
    ];
}

tours.add("hotline_role_walk", { url: "/odoo", steps: () => walk() });
tours.add("hotline_tasks_walk", { url: "/odoo", steps: () => walk("gov_hotline.menu_tasks") });

/** The administrator gives an operator a second role on the user's form. */
tours.add("hotline_two_roles", {
    steps: () => [
        {
            trigger: ".o_form_view label:contains(Контроль)",
            run({ anchor }) {
                document.getElementById(anchor.htmlFor).click();
            },
        },
        { trigger: ".o_select_menu_item:contains(Контролёр)", run: "click" },
        { trigger: ".o_form_button_save:visible", run: "click" },
        { trigger: ".o_form_view .o_form_saved" },
    ],
});
