import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Files go one by one, each with its own progress. Without this script the form sends them all at
 * once and the page says the same.
 */
export class HotlineUpload extends Interaction {
    static selector = ".o_hotline_upload";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.onChoose },
        ".o_upload_plain": { "t-att-class": () => ({ "d-none": true }) },
    };

    setup() {
        this.room = Number(this.el.dataset.room);
    }

    word(name) {
        return this.el.querySelector(`[data-word=${name}]`).textContent;
    }

    async onChoose(ev) {
        const files = [...ev.target.files];
        ev.target.disabled = true;
        const taken = [];
        for (const file of files) {
            taken.push(await this.send(file, this.addLine(file)));
        }
        if (taken.every(Boolean)) {
            window.location.reload();
            return;
        }
        ev.target.value = "";
        ev.target.disabled = false;
    }

    addLine(file) {
        const line = this.el.querySelector(".o_upload_line.d-none").cloneNode(true);
        line.classList.remove("d-none");
        line.querySelector(".o_name").textContent = file.name;
        this.el.querySelector(".o_upload_course").append(line);
        return line;
    }

    show(line, part, refusal = "") {
        const percent = `${Math.round(part * 100)} %`;
        line.querySelector(".o_percent").textContent = part === 1 ? this.word("taken") : percent;
        line.querySelector(".progress-bar").style.width = `${part * 100}%`;
        line.querySelector(".o_refusal").textContent = refusal;
        line.querySelector(".progress").classList.toggle("d-none", Boolean(refusal));
        if (refusal) {
            line.querySelector(".o_percent").textContent = "";
        }
    }

    /** Resolves to whether the file was taken. */
    send(file, line) {
        if (file.size > this.room) {
            this.show(line, 0, this.word("large"));
            return Promise.resolve(false);
        }
        return new Promise((resolve) => {
            const call = new XMLHttpRequest();
            const end = (refusal) => {
                this.show(line, refusal ? 0 : 1, refusal);
                if (!refusal) {
                    this.room -= file.size;
                }
                resolve(!refusal);
            };
            call.upload.addEventListener("progress", (ev) =>
                this.show(line, Math.min(ev.loaded / ev.total, 0.99))
            );
            call.addEventListener("load", () => end(this.refusal(call)));
            call.addEventListener("error", () => end(this.word("broken")));
            call.open("POST", this.el.action);
            call.setRequestHeader("Accept", "application/json");
            const form = new FormData();
            form.append("files", file);
            call.send(form);
        });
    }

    refusal(call) {
        try {
            return JSON.parse(call.responseText).error;
        } catch {
            return this.word(call.status === 413 ? "gone" : "broken");
        }
    }
}

registry.category("public.interactions").add("gov_hotline_channels.upload", HotlineUpload);
