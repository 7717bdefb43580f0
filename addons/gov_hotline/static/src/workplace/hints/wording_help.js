import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { workplaceHints, workplaceProps } from "../workplace_registries";

/** Help to formulate (A4): what the text does not tell yet, and which of the three kinds it is. */
export class WordingHelp extends Component {
    static template = "gov_hotline.WordingHelp";
    static props = workplaceProps;

    get wording() {
        const { intake } = this.props.workplace;
        return (intake && intake.wording) || { kind: "", unclear: [] };
    }

    get aspects() {
        return [
            { code: "what", text: _t("What happened") },
            { code: "where", text: _t("Where: address, institution") },
            { code: "when", text: _t("Since when") },
            { code: "asked", text: _t("What is asked for") },
        ].map((one) => ({ ...one, told: !this.wording.unclear.includes(one.code) }));
    }

    get kinds() {
        return [
            {
                code: "proposal",
                name: _t("Proposal"),
                means: _t("to improve a law, the work of a body, social or economic life"),
                words: _t("«I propose …»"),
            },
            {
                code: "statement",
                name: _t("Statement"),
                means: _t("a request for help with a right, or a report of a violation"),
                words: _t("«I ask you to …», «I report that …»"),
            },
            {
                code: "complaint",
                name: _t("Complaint"),
                means: _t("a request to restore or protect a violated right"),
                words: _t("«My right to … is violated: … I ask you to restore …»"),
            },
        ].map((one) => ({ ...one, current: one.code === this.wording.kind }));
    }
}

workplaceHints.add(
    "gov_hotline.wording",
    {
        Component: WordingHelp,
        isDisplayed: ({ group, workplace }) =>
            group === "appeal" && !workplace.registered && !workplace.appealDraft,
    },
    { sequence: 10 }
);
