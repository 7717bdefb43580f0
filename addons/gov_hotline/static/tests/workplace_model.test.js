import { describe, expect, test } from "@odoo/hoot";
import { WorkplaceModel } from "@gov_hotline/workplace/workplace_model";
import { call, citizen, state } from "./workplace_data";

describe.current.tags("headless");

/** A model over a server that answers from `answers` and writes down what it was asked. */
async function makeModel(loaded, answers = {}) {
    const asked = [];
    const orm = {
        async call(_model, method, args) {
            asked.push([method, ...args]);
            const answer = method === "get_state" ? loaded : answers[method];
            return typeof answer === "function" ? answer(...args) : answer;
        },
    };
    const model = WorkplaceModel.create(orm);
    await model.load();
    asked.length = 0;
    return { model, asked };
}

test("an open call comes back after a reload with all that was typed", async () => {
    const draft = { citizen: { surname: "Orlov", given_name: "", patronymic: "", address: "" } };
    const { model } = await makeModel(
        state({ call: call({ group: "consultation", question: "When?", draft }) })
    );
    expect(model.form.question).toBe("When?");
    expect(model.form.citizen.surname).toBe("Orlov");
    expect(model.newCitizenTyped).toBe(true);
    expect(model.seconds).toBeGreaterThan(64);
});

test("B6: a call is closed with a group and a disposition only", async () => {
    const { model } = await makeModel(state({ call: call() }));
    expect(model.closingProblem).toBe("group");
    model.setGroup("consultation");
    expect(model.form.disposition_id).toBe(1);
    expect(model.closingProblem).toBe("question");
    model.change({ question: " ?" });
    expect(model.closingProblem).toBe("question");
    model.change({ question: "When will the heating be on?" });
    expect(model.closingProblem).toBe("");
    model.setGroup("redirect");
    expect(model.closingProblem).toBe("agency");
    expect(model.form.redirect_cause).toBe("competence");
    model.redirectTo(5);
    expect(model.closingProblem).toBe("");
    model.setGroup("appeal");
    expect(model.closingProblem).toBe("register");
});

test("B6: thanks are to somebody or for something", async () => {
    const dispositions = [{ id: 12, code: "thanks", name: "Thanks" }];
    const groups = [{ value: "thanks", label: "Thanks", dispositions }];
    const { model } = await makeModel(state({ call: call(), groups }));
    model.setGroup("thanks");
    expect(model.closingProblem).toBe("thanks");
    model.change({ agency_id: 5 });
    expect(model.closingProblem).toBe("");
    model.change({ agency_id: false, question: "For the warmth" });
    expect(model.closingProblem).toBe("");
});

test("an agency of the directory makes the call a redirect, but not a thanks", async () => {
    const { model } = await makeModel(state({ call: call() }));
    model.redirectTo(6);
    expect(model.form.group).toBe("redirect");
    expect(model.agency.name).toBe("Roads");
    model.form.group = "thanks";
    model.redirectTo(5);
    expect(model.form.group).toBe("thanks");
});

test("a hint's text goes to the answer, never into the caller's words", async () => {
    const { model } = await makeModel(state({ call: call({ result: "Hello." }) }));
    model.insertText("Heating starts on 1 October.");
    expect(model.form.group).toBe("consultation");
    expect(model.form.result).toBe("Hello.\nHeating starts on 1 October.");
    model.setGroup("appeal");
    model.insertText("Call the company.");
    expect(model.form.question).toBe("");
    expect(model.form.result).toMatch(/Call the company\.$/);
});

test("a citizen typed and not kept goes with the closing", async () => {
    const { model, asked } = await makeModel(state({ call: call() }), {
        close_call: { number: "1", promises: 2 },
    });
    model.setGroup("consultation");
    model.form.citizen.surname = "Orlov";
    await model.close();
    const [method, id, values] = asked.at(-1);
    expect([method, id]).toEqual(["close_call", 7]);
    expect(values.citizen.surname).toBe("Orlov");
    expect(model.call).toBe(false);
    expect(model.promises).toBe(2);
});

test("a chosen citizen wins over what was typed", async () => {
    const { model } = await makeModel(state({ call: call({ citizen: citizen(1, "Ivanova") }) }));
    model.form.citizen.surname = "Orlov";
    expect("citizen" in model.finalValues()).toBe(false);
});

test("a save that failed is still to be done", async () => {
    const { model } = await makeModel(state({ call: call() }), {
        save_call: () => {
            throw new Error("no network");
        },
    });
    model.change({ question: "When?" });
    await expect(model.save()).rejects.toThrow();
    expect(model.dirty).toBe(true);
});

test("a closing that failed keeps the talk on the screen", async () => {
    const { model } = await makeModel(state({ call: call() }), {
        close_call: () => {
            throw new Error("refused");
        },
    });
    model.change({ question: "When?" });
    await expect(model.close()).rejects.toThrow();
    expect(model.form.question).toBe("When?");
    expect(model.dirty).toBe(true);
    expect(model.busy).toBe(false);
});

test("a second click does nothing while the first is on its way", async () => {
    const { model, asked } = await makeModel(state({ call: call() }), {
        close_call: { number: "1", promises: 0 },
    });
    model.setGroup("consultation");
    await Promise.all([model.close(), model.close()]);
    expect(asked.filter(([method]) => method === "close_call")).toHaveLength(1);
});

test("practice 21: a shared number is not kept for one person", async () => {
    const shared = { e164: "+79135550199", display: "", kind: "shared", note: "" };
    const { model } = await makeModel(state({ call: call({ phone: shared }) }));
    expect(model.phoneIsPersonal).toBe(false);
});

test("the list of what is missing belongs to the call it was asked for", async () => {
    let answer;
    const { model } = await makeModel(state({ call: call({ group: "appeal" }) }), {
        check_intake: () => new Promise((resolve) => (answer = resolve)),
    });
    const checked = model.checkIntake();
    model.showCall(call({ id: 8 }));
    answer({ problems: [{ code: "no_text", text: "", blocks: true }] });
    await checked;
    expect(model.intake).toBe(false);
});

test("an older save never lands on top of a registration", async () => {
    const order = [];
    let saved;
    const { model } = await makeModel(state({ call: call({ group: "appeal" }) }), {
        save_call: () =>
            new Promise((resolve) => {
                saved = () => resolve(order.push("saved"));
            }),
        register: () => order.push("registered"),
        open_call: call({ group: "appeal", disposition_id: 3 }),
    });
    model.change({ question: "Cold" });
    const saving = model.save();
    model.change({ question: "Cold for days" });
    const registering = model.register();
    await Promise.resolve();
    saved();
    await Promise.all([saving, registering]);
    expect(order).toEqual(["saved", "registered"]);
    expect(model.dirty).toBe(false);
    expect(model.form.disposition_id).toBe(3);
});
