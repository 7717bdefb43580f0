import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { SimilarList } from "../../similar/similar_list";
import { workplaceHints, workplaceProps } from "../workplace_registries";

const DELAY = 800;
const GROUPS = ["appeal", "status"];

/** Beside the talk: what the caller has filed already on this, and the same words of others. */
export class SimilarHint extends Component {
    static template = "gov_hotline.SimilarHint";
    static components = { SimilarList };
    static props = { ...workplaceProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ cases: [] });
        this.findSoon = useDebounced((props) => this.find(props), DELAY);
        onWillStart(() => {
            this.findSoon(this.props);
        });
        onWillUpdateProps((next) => {
            if (this.asked(next) !== this.asked(this.props)) {
                this.findSoon(next);
            }
        });
    }

    /** What the answer depends on: asked anew only when it changes. */
    asked({ call, citizen, topic, text }) {
        return [call && call.id, citizen && citizen.id, topic && topic.id, text].join("|");
    }

    async find({ call, topic, text }) {
        if (!call || !(text || topic)) {
            this.state.cases = [];
            return;
        }
        const args = [call.id, text, topic ? topic.id : false];
        const cases = await this.orm.silent.call("hotline.workplace", "find_similar", args);
        if (this.props.call && this.props.call.id === call.id) {
            this.state.cases = cases;
        }
    }

    open(one) {
        return this.props.workplace.showStatus(one.id);
    }
}

workplaceHints.add(
    "similar",
    {
        Component: SimilarHint,
        isDisplayed: ({ call, group, workplace }) =>
            Boolean(call) && GROUPS.includes(group) && !workplace.registered,
    },
    { sequence: 5 }
);
