import { Component, onMounted, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useDebounced } from "@web/core/utils/timing";
import { unbroken } from "../../places/unbroken";
import { workplaceFound } from "../workplace_registries";

const DELAY = 150;
const SHORTEST = 2;
const NOTHING = { text: "", rows: [], meant: "", unknown: [] };

/** «Найти»: citizens, accounts, objects, cases, agencies in one box; what is taken fills the screen. */
export class FinderBox extends Component {
    static template = "gov_hotline.FinderBox";
    static props = { model: Object };

    setup() {
        this.unbroken = unbroken;
        this.model = useState(this.props.model);
        this.found = useState({ ...NOTHING, active: 0 });
        this.typed = useState({ text: "" });
        this.lookSoon = useDebounced(() => this.look(), DELAY);
        const search = useRef("search");
        onMounted(() => {
            if (!this.model.candidates.length && !this.model.citizen) {
                search.el.focus();
            }
        });
        useEffect(
            (words) => words && this.findWords(words, search.el),
            () => [this.model.toFind]
        );
    }

    /** [{kind, label, rows: [{index, …}]}], in the order the server found them. */
    get groups() {
        const groups = new Map();
        this.found.rows.forEach((row, index) => {
            const taker = workplaceFound.get(row.kind);
            const group = groups.get(row.kind) || { kind: row.kind, rows: [] };
            group.label = taker.label();
            group.rows.push({
                ...row,
                ...(taker.shown ? taker.shown(this.model, row) : {}),
                index,
            });
            groups.set(row.kind, group);
        });
        return [...groups.values()];
    }

    get nothingFound() {
        return this.found.text.length >= SHORTEST && !this.found.rows.length;
    }

    get hint() {
        const { unknown } = this.found;
        if (unknown.length) {
            return _t(
                "Nothing found: «%(words)s» is not known here. Ask for the spelling, or write down a new citizen.",
                { words: unknown.join("», «") }
            );
        }
        return _t(
            "These words are not found together. Leave one out: the name without the address, or the address without the flat."
        );
    }

    get meantText() {
        return _t("Shown for: «%(words)s»", { words: this.found.meant });
    }

    onInput(ev) {
        this.typed.text = ev.target.value;
        this.lookSoon();
    }

    /** Words typed where the telephone belongs are looked for here. */
    findWords(words, box) {
        this.model.toFind = "";
        this.typed.text = words;
        box.focus();
        this.look();
    }

    async look() {
        const text = this.typed.text.trim();
        const found = text.length < SHORTEST ? NOTHING : await this.model.find(text);
        if (text === this.typed.text.trim()) {
            Object.assign(this.found, NOTHING, found, { text, active: 0 });
        }
    }

    async onKeydown(ev) {
        const { key } = ev;
        if (!["ArrowDown", "ArrowUp", "Enter", "Escape"].includes(key) || !this.typed.text) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        if (key === "Escape") {
            this.clear();
        } else if (key === "Enter") {
            await this.onEnter();
        } else {
            this.move(key === "ArrowDown" ? 1 : -1);
        }
    }

    move(step) {
        const count = this.found.rows.length;
        this.found.active = count ? (this.found.active + step + count) % count : 0;
    }

    /** What is marked is taken; words not answered yet are looked for first, nothing is guessed. */
    async onEnter() {
        if (this.typed.text.trim() !== this.found.text) {
            return this.look();
        }
        const row = this.found.rows[this.found.active];
        if (row) {
            await this.take(row);
        }
    }

    async take(row) {
        this.clear();
        await workplaceFound.get(row.kind).take(this.model, row);
    }

    clear() {
        this.typed.text = "";
        Object.assign(this.found, NOTHING, { active: 0 });
    }
}

workplaceFound
    .add("citizen", {
        label: () => _t("Citizens"),
        shown: (model, row) => ({
            note: row.open ? _t("open cases: %(count)s", { count: row.open }) : "",
        }),
        take: (model, row) => model.choose(row.id),
    })
    .add("account", {
        label: () => _t("Accounts"),
        shown: (model, row) => ({
            title: [row.title, row.name].filter(Boolean).join(" · "),
            subtitle: [row.subtitle, row.provider].filter(Boolean).join(" · "),
            note: row.is_closed ? _t("account closed") : "",
        }),
        take: (model, row) => model.setPlace("set_account", row.id),
    })
    .add("object", {
        label: () => _t("Objects"),
        take: (model, row) => model.setPlace("set_object", row.id),
    })
    .add("case", {
        label: () => _t("Appeals"),
        take: async (model, row) => {
            if (row.citizen_id && !model.citizen) {
                await model.choose(row.citizen_id);
            }
            await model.showStatus(row.id);
        },
    })
    .add("external", {
        label: () => _t("Appeals of the document system"),
        shown: (model, row) => ({ note: row.source }),
        take: (model, row) => model.showStatus(false, row.id),
    })
    .add("agency", {
        label: () => _t("Agencies"),
        shown: (model, row) => {
            const known = model.agencies.find((agency) => agency.id === row.id);
            return { note: known ? [known.phone, known.hours].filter(Boolean).join(" · ") : "" };
        },
        take: (model, row) => model.takeAgency(row),
    });
