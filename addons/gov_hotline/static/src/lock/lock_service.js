import { Component, onMounted, onWillUnmount, useRef } from "@odoo/owl";
import {
    CheckIdentityForm,
    checkIdentityService,
} from "@auth_timeout/services/check_identity/check_identity";
import { _t } from "@web/core/l10n/translation";
import { rpc, RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";

const LOCKED = "odoo.addons.auth_timeout.models.ir_http.CheckIdentityException";

/** Core's form: the person by name, a wrong password in words, its field empty and in focus. */
export class LockForm extends CheckIdentityForm {
    setAuthMethods(authMethods) {
        super.setAuthMethods(authMethods);
        this.user.name = user.name;
    }

    async onSubmit(ev) {
        const form = ev.target;
        this.state.error = false;
        await super.onSubmit(ev);
        if (this.state.error && this.state.authMethod === "password") {
            this.state.error = _t("Wrong password. Try again.");
            const input = form.querySelector("input[type=password]");
            if (input) {
                input.value = "";
                input.focus();
            }
        }
    }
}

/** «Сеанс заблокирован»: hides the whole screen, which stays below as it was. */
export class LockScreen extends Component {
    static template = "gov_hotline.LockScreen";
    static components = { LockForm };
    static props = { close: Function };

    setup() {
        this.root = useRef("root");
        let observer;
        onMounted(() => {
            document.body.classList.add("o_hotline_locked");
            // The form comes when the server has told how this person may sign in.
            const focus = () => this.root.el?.querySelector("input[type=password]")?.focus();
            observer = new MutationObserver(focus);
            observer.observe(this.root.el, { childList: true, subtree: true });
            focus();
        });
        onWillUnmount(() => {
            observer?.disconnect();
            document.body.classList.remove("o_hotline_locked");
        });
    }
}

/**
 * Core's service with another screen. Core empties the view and loads it again, so that what was
 * typed is lost; here it stays, and the request that met the lock is sent again afterwards.
 */
export const lockService = {
    ...checkIdentityService,
    dependencies: [...checkIdentityService.dependencies, "overlay"],

    start(env, services) {
        let remove;
        const show = () => {
            remove ||= services.overlay.add(
                LockScreen,
                { close: () => remove?.() },
                { onRemove: () => (remove = undefined), sequence: 1000 }
            );
        };
        const opened = () =>
            new Promise((resolve) => {
                checkIdentityService.eventBus.addEventListener("identityChecked", resolve, {
                    once: true,
                });
            });
        sendAgain(async () => {
            show();
            await opened();
        });
        // Without an action service core leaves the view alone.
        const quiet = Object.create(env, { services: { value: {} } });
        const core = checkIdentityService.start(quiet, { ...services, dialog: { add: show } });
        return { ...core, lock: () => lock(show) };
    },
};

async function lock(show) {
    await rpc("/hotline/session/lock");
    show();
}

/** Let every request that finds the session locked wait for the password. */
function sendAgain(waitForPassword) {
    const send = rpc._rpc;
    rpc._rpc = function (url, params, settings) {
        const first = send(url, params, settings);
        const answer = first.catch(async (error) => {
            const locked = error instanceof RPCError && error.exceptionName === LOCKED;
            if (!locked || settings?.xhr) {
                throw error;
            }
            await waitForPassword();
            return rpc._rpc(url, params, settings);
        });
        answer.abort = (...args) => first.abort?.(...args);
        return answer;
    };
}

registry.category("services").add("check_identity", lockService, { force: true });

if (session.lock_timeout_inactivity) {
    registry.category("user_menuitems").add("hotline_lock", (env) => ({
        type: "item",
        id: "hotline_lock",
        description: _t("Lock the screen"),
        callback: () => env.services.check_identity.lock(),
        sequence: 65,
    }));
}
