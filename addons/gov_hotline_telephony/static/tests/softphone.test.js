import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { animationFrame, press, waitUntil } from "@odoo/hoot-dom";
import {
    contains,
    getService,
    makeMockEnv,
    makeServerError,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { softphoneLibrary } from "@gov_hotline_telephony/softphone/softphone_service";
import { SoftphoneLine } from "@gov_hotline_telephony/softphone/softphone_line";
import { SoftphoneRing } from "@gov_hotline_telephony/softphone/softphone_ring";
import { Component, xml } from "@odoo/owl";
import { session } from "@web/session";

describe.current.tags("desktop");
defineMailModels();

const SETTINGS = {
    user: "110",
    password: "secret",
    domain: "pbx.local",
    ws: "wss://pbx.local/ws",
    name: "Оператор",
};

/** What JsSIP gives an agent or a talk: events, and acts that are told to the test. */
class Told {
    remote_identity = { display_name: "Оператор 101", uri: { user: "101" } };
    listeners = {};
    established = false;
    on(name, listener) {
        this.listeners[name] = listener;
    }
    emit(name, event = {}) {
        this.listeners[name]?.(event);
    }
    isEstablished() {
        return this.established;
    }
    answer() {
        expect.step("answer");
    }
    terminate(options) {
        expect.step(["terminate", options?.status_code]);
    }
    mute() {
        expect.step("mute");
    }
    unmute() {
        expect.step("unmute");
    }
    sendDTMF(tone) {
        expect.step(`key ${tone}`);
    }
}

let agents = [];
const FakeSIP = {
    WebSocketInterface: class {
        constructor(address) {
            this.address = address;
        }
    },
    UA: class extends Told {
        constructor(configuration) {
            super();
            this.configuration = configuration;
            agents.push(this);
        }
        start() {
            expect.step("agent started");
        }
        stop() {
            expect.step("agent stopped");
        }
    },
};

/** A page with nothing on it but what stands on every page. */
class Page extends Component {
    static template = xml`<div/>`;
    static props = {};
}

beforeEach(() => {
    agents = [];
    patchWithCleanup(softphoneLibrary, { load: async () => FakeSIP });
    patchWithCleanup(SoftphoneRing.prototype, { tone() {} });
    patchWithCleanup(navigator.locks, { request: async (name, options, hold) => hold() });
});

/** An operator signed in with the browser's telephone; return it and what the PBX does. */
async function open(kind = "browser") {
    onRpc("hotline.handset", "softphone_settings", () => {
        expect.step("settings");
        return SETTINGS;
    });
    await makeMockEnv();
    const phone = getService("gov_hotline.phone");
    const softphone = getService("gov_hotline.softphone");
    await mountWithCleanup(Page);
    phone.extension = { id: 7, number: "110", kind, registered: true };
    await animationFrame();
    expect(softphone.state.status).toBe("off"); // an own telephone, not yet on the line
    phone.presence = { state: "ready" };
    await animationFrame();
    return { phone, softphone };
}

/** The same, its turn among the tabs come, registered. */
async function openRegistered() {
    const opened = await open();
    await waitUntil(() => agents.length);
    agents[0].emit("registered");
    await animationFrame();
    expect.verifySteps(["settings", "agent started"]);
    return { ...opened, agent: agents[0] };
}

async function ring(agent) {
    const session = new Told();
    agent.emit("newRTCSession", { originator: "remote", session });
    await animationFrame();
    return session;
}

test("a desk phone needs no telephone in the browser and asks for no secret", async () => {
    const { softphone } = await open("desk");
    expect(softphone.state.status).toBe("off");
    expect.verifySteps([]);
});

test("the browser's telephone registers with what its owner's session was given", async () => {
    const { softphone, agent } = await openRegistered();
    expect(agent.configuration.uri).toBe("sip:110@pbx.local");
    expect(agent.configuration.sockets[0].address).toBe("wss://pbx.local/ws");
    expect(softphone.state.status).toBe("registered");
});

test("a call rings, is answered by a key, the microphone is switched off, keys are sent", async () => {
    const { agent } = await openRegistered();
    const session = await ring(agent);
    expect("button[name=softphone_answer]").toHaveCount(1);
    await press(["control", "alt", "a"]);
    await animationFrame();
    expect.verifySteps(["answer"]);
    session.established = true;
    session.emit("accepted");
    await animationFrame();
    expect("button[name=softphone_answer]").toHaveCount(0);
    await contains("button[name=microphone]").click();
    await contains("button[name=keypad]").click();
    await contains(".o_hotline_keypad button:contains(5)").click();
    expect.verifySteps(["mute", "key 5"]);
    session.emit("ended");
    await animationFrame();
    expect("button[name=microphone]").toHaveCount(0);
});

test("a colleague's ring, that is no call of this page, is answered and ended in a bar", async () => {
    const { agent } = await openRegistered();
    const session = await ring(agent);
    expect(".o_hotline_softphone_who").toHaveText("Rings at you: Оператор 101");
    await contains("button[name=softphone_answer]").click();
    session.established = true;
    session.emit("accepted");
    await animationFrame();
    expect(".o_hotline_softphone_who").toHaveText("You talk with: Оператор 101");
    await contains("button[name=softphone_hang_up]").click();
    expect.verifySteps(["answer", ["terminate", undefined]]);
    session.emit("ended");
    await animationFrame();
    expect(".o_hotline_softphone_bar").toHaveCount(0);
});

test("the call of a pop or of the strip has its buttons there, and no bar", async () => {
    const { agent, phone } = await openRegistered();
    const pop = getService("gov_hotline.call_pop").state;
    pop.ringing = [{ call_id: 5, phone: "", kind: "number", line: "", people: [] }];
    await ring(agent);
    expect(".o_hotline_softphone_bar").toHaveCount(0);
    expect(".o_hotline_ringing button[name=softphone_answer]").toHaveCount(1);
    pop.ringing = [];
    phone.call = { call_id: 5, phase: "talking", direction: "in", may: [], consult: false };
    await animationFrame();
    expect(".o_hotline_softphone_bar").toHaveCount(0);
});

test("a declined call is refused as declined, a second one as busy", async () => {
    const { agent } = await openRegistered();
    await ring(agent);
    await ring(agent);
    expect.verifySteps([["terminate", 486]]);
    await contains("button[name=softphone_reject]").click();
    expect.verifySteps([["terminate", 603]]);
});

test("who pressed «call» need not answer the own telephone", async () => {
    const { phone, agent } = await openRegistered();
    phone.dialling = { phone: "+79130000001" };
    await ring(agent);
    expect.verifySteps(["answer"]);
});

test("the operator who leaves the line leaves the PBX", async () => {
    const { phone, softphone } = await openRegistered();
    phone.presence = { state: "offline" };
    await animationFrame();
    expect(softphone.state.status).toBe("off");
    expect.verifySteps(["agent stopped"]);
    phone.presence = { state: "ready" };
    await waitUntil(() => agents.length === 2);
    expect.verifySteps(["settings", "agent started"]);
});

test("E9: a supervisor's own telephone is there off the line, to listen in", async () => {
    patchWithCleanup(session, { hotline_listens: { extension: 7 } });
    onRpc("hotline.handset", "softphone_settings", () => SETTINGS);
    await makeMockEnv();
    const softphone = getService("gov_hotline.softphone");
    await mountWithCleanup(Page);
    await waitUntil(() => agents.length);
    agents[0].emit("registered");
    await animationFrame();
    expect(softphone.state.status).toBe("registered");
    await ring(agents[0]);
    await contains("button[name=softphone_answer]").click();
    expect.verifySteps(["agent started", "answer"]);
});

test("a server that gives no telephone is told by the lamp, by no error of the page", async () => {
    patchWithCleanup(session, { hotline_listens: { extension: 7 } });
    onRpc("hotline.handset", "softphone_settings", () => {
        throw makeServerError({ message: "Away" });
    });
    await makeMockEnv();
    const softphone = getService("gov_hotline.softphone");
    await mountWithCleanup(Page);
    await waitUntil(() => softphone.state.status === "failed");
    expect(agents.length).toBe(0);
});

test("why listening in did not come about is told to a supervisor who takes no calls", async () => {
    patchWithCleanup(session, { hotline_listens: { extension: false } });
    mockService("notification", { add: (words) => expect.step(words) });
    await makeMockEnv();
    const end = { command_id: 3, kind: "listen", state: "failed", words: "Not reachable." };
    getService("gov_hotline.phone").onCommand(end);
    getService("gov_hotline.phone").onCommand({ ...end, state: "done", words: "" });
    expect.verifySteps(["Not reachable."]);
    expect(getService("gov_hotline.softphone").state.status).toBe("off");
});

test("no microphone: the telephone says so", async () => {
    const told = [];
    const line = new SoftphoneLine(FakeSIP, SETTINGS, (change) => told.push(change));
    const session = new Told();
    line.onSession({ originator: "remote", session });
    session.emit("getusermediafailed");
    expect(told.at(-1)).toEqual({ status: "no_mic" });
});
