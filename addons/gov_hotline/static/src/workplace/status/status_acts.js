import { _t } from "@web/core/l10n/translation";

/** Look a status up by what the caller told: the server compares, counts and logs. */
export function findStatus(model, values) {
    return model.orm.call("hotline.status", "find", [values]);
}

/** The call ends with `method`: the status was told, or refused to a third person. */
export async function endWithStatus(model, method, ...args) {
    if (!model.call) {
        await model.start("");
    }
    await model.save();
    return model.finish(() => model.rpc(method, model.call.id, ...args));
}

/** Say that the call is closed, or why it stays open. */
export function notifyEnd(notification, done) {
    if (done.call) {
        notification.add(done.words, { type: "warning", sticky: true });
    } else {
        notification.add(_t("Call %(number)s is closed.", done), { type: "success" });
    }
}

/** The months in the user's language, and the years a caller may mean, this one first. */
export function monthChoices(now) {
    return {
        months: luxon.Info.months("long").map((label, index) => ({
            label,
            value: String(index + 1).padStart(2, "0"),
        })),
        years: [...Array(6).keys()].map((back) => String(now.year - back)),
    };
}
