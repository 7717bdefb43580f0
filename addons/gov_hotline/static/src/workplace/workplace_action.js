import { Component, onWillStart, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { CallerPanel } from "./caller/caller_panel";
import { EmergencyPanel } from "./emergency/emergency_panel";
import { HeadBar } from "./head_bar/head_bar";
import { HintsPanel } from "./hints/hints_panel";
import { TalkPanel } from "./talk/talk_panel";
import { WorkplaceModel } from "./workplace_model";
import { CALL_LINKED, SHOWN_CALL } from "./workplace_registries";

/**
 * On `env.bus` with detail `{callId, gently}`: an open workplace turns to that call and sets
 * `detail.taken`. Gently: only where no other talk is on the screen.
 */
export const OPEN_CALL = "GOV_HOTLINE:OPEN_CALL";

/** «Рабочее место»: one screen for a talk. */
export class Workplace extends Component {
    static template = "gov_hotline.Workplace";
    static components = { EmergencyPanel, HeadBar, CallerPanel, TalkPanel, HintsPanel };
    static props = { ...standardActionServiceProps };

    setup() {
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.model = useState(WorkplaceModel.create(this.orm));
        useSetupAction({
            beforeLeave: () => this.mayLeave(),
            beforeUnload: (ev) => this.onBeforeUnload(ev),
        });
        useBus(this.env.bus, OPEN_CALL, ({ detail }) => this.onOpenCall(detail));
        useBus(this.env.bus, CALL_LINKED, ({ detail }) => this.model.onLinked(detail));
        useBus(this.env.bus, SHOWN_CALL, ({ detail }) => this.onAskedFor(detail));
        onWillStart(async () => {
            await this.model.load();
            const { status, call_id: callId } = this.props.action.params || {};
            if (this.model.parked.some((call) => call.id === callId)) {
                await this.model.open(callId);
            }
            this.model.statusAsked = Boolean(status);
        });
    }

    onOpenCall(detail) {
        const { call } = this.model;
        if (detail.gently && call && call.id !== detail.callId) {
            return;
        }
        detail.taken = Promise.resolve(
            call && call.id === detail.callId ? undefined : this.model.open(detail.callId)
        );
    }

    onAskedFor(detail) {
        if (this.model.call && this.model.call.id === detail.callId) {
            detail.model = this.model;
        }
    }

    /** The text is safe on the server; the call still waits for its disposition. */
    async mayLeave() {
        await this.model.save();
        if (!this.model.call || !this.model.hasText) {
            return true;
        }
        return this.ask({
            title: _t("The call is not closed"),
            body: _t(
                "What you typed is kept in call %(number)s. You find it here, in «Calls not closed».",
                { number: this.model.call.number }
            ),
            confirmLabel: _t("Leave"),
            cancelLabel: _t("Stay in the call"),
        });
    }

    onBeforeUnload(ev) {
        if (this.model.dirty) {
            this.model.save();
            ev.preventDefault();
            ev.returnValue = "";
        }
    }

    /** The number first: Enter in it opens the call, an empty one a hidden number's. */
    async startNew() {
        if (this.model.call && !(await this.mayPark())) {
            return;
        }
        if (this.model.call) {
            await this.model.park();
        }
        this.model.phoneAsked++;
    }

    async mayPark() {
        return this.ask({
            title: _t("Put the current call aside?"),
            body: _t("Call %(number)s stays open until you choose its disposition.", {
                number: this.model.call.number,
            }),
            confirmLabel: _t("Put aside"),
            cancelLabel: _t("Stay in the call"),
        });
    }

    ask(texts) {
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                { ...texts, confirm: () => resolve(true), cancel: () => resolve(false) },
                { onClose: () => resolve(false) }
            );
        });
    }
}

registry.category("actions").add("gov_hotline.workplace", Workplace);
