const EXPIRES = 120; // seconds: a browser that was closed is gone from the PBX after that
const RECOVERY = { min: 2, max: 30 }; // seconds between tries of a lost connection
const BUSY = { status_code: 486 };
const DECLINED = { status_code: 603 };

/**
 * One registered telephone in this browser: JsSIP's agent and at most one talk.
 *
 * `settings`: { user, password, domain, ws, name }. `told(change)` gets what changed of
 * { status, ringing, talking, muted, who }; status is "connecting", "registered", "failed" or "no_mic".
 * It never dials: the server does (click-to-call), so the allowed destinations hold here too.
 */
export class SoftphoneLine {
    constructor(JsSIP, settings, told) {
        this.told = told;
        this.session = null;
        this.audio = new Audio();
        this.audio.autoplay = true;
        this.agent = new JsSIP.UA({
            sockets: [new JsSIP.WebSocketInterface(settings.ws)],
            uri: `sip:${settings.user}@${settings.domain}`,
            password: settings.password,
            display_name: settings.name || settings.user,
            register_expires: EXPIRES,
            session_timers: false,
            connection_recovery_min_interval: RECOVERY.min,
            connection_recovery_max_interval: RECOVERY.max,
        });
        this.agent.on("connecting", () => told({ status: "connecting" }));
        this.agent.on("disconnected", () => told({ status: "connecting" }));
        this.agent.on("registered", () => told({ status: "registered" }));
        this.agent.on("registrationFailed", () => told({ status: "failed" }));
        this.agent.on("newRTCSession", (event) => this.onSession(event));
    }

    start() {
        this.told({ status: "connecting" });
        this.agent.start();
    }

    /** Leave the PBX; a talk in progress ends. */
    stop() {
        this.agent.stop();
    }

    onSession({ originator, session }) {
        if (originator !== "remote") {
            return;
        }
        if (this.session) {
            session.terminate(BUSY);
            return;
        }
        this.session = session;
        session.on("peerconnection", ({ peerconnection }) => this.hear(peerconnection));
        session.on("accepted", () => this.told({ ringing: false, talking: true }));
        session.on("getusermediafailed", () => this.told({ status: "no_mic" }));
        session.on("ended", () => this.over());
        session.on("failed", () => this.over());
        const { display_name: name, uri } = session.remote_identity;
        const who = uri.user === "anonymous" ? "" : name || uri.user;
        this.told({ ringing: true, talking: false, muted: false, who });
    }

    hear(connection) {
        connection.addEventListener("track", ({ streams }) => {
            this.audio.srcObject = streams[0];
        });
    }

    over() {
        this.session = null;
        this.audio.srcObject = null;
        this.told({ ringing: false, talking: false, muted: false });
    }

    answer() {
        if (this.session && !this.session.isEstablished()) {
            this.session.answer({
                mediaConstraints: { audio: true, video: false },
                pcConfig: { iceServers: [] },
            });
        }
    }

    reject() {
        if (this.session && !this.session.isEstablished()) {
            this.session.terminate(DECLINED);
        }
    }

    hangUp() {
        this.session?.terminate();
    }

    mute(muted) {
        if (this.session) {
            this.session[muted ? "mute" : "unmute"]({ audio: true });
            this.told({ muted });
        }
    }

    /** Send one digit, `*` or `#` into the talk. */
    key(tone) {
        this.session?.sendDTMF(tone, { transportType: "RFC2833" });
    }
}
