/* The translation desk, quicker: saves a sentence when its field is left, approves with Ctrl+Enter and goes on,
   puts the marks of the original where the cursor is. Without this file the same form does the same work.
   Nothing here waits in the typing path: the server is asked when a field is left, never at a key. */

const growsByItself = CSS.supports("field-sizing", "content");

class Row {
    constructor(desk, element) {
        this.desk = desk;
        this.element = element;
        this.field = element.querySelector("textarea");
        this.kept = this.field.defaultValue;
        this.sending = Promise.resolve(true);
        /* After a clash the writer decides with a button; leaving the field is no decision. */
        this.isClash = !this.part("theirs").hidden;
        this.field.addEventListener("blur", () => this.isClash || this.save());
        if (!growsByItself) {
            this.field.addEventListener("input", () => this.grow());
        }
        for (const mark of this.all("[data-desk-mark]")) {
            this.offer(mark);
        }
    }

    all(selector) {
        return this.element.querySelectorAll(selector);
    }

    part(name) {
        return this.element.querySelector(`[data-desk-${name}]`);
    }

    get isSaved() {
        return this.field.value === this.kept;
    }

    grow() {
        this.field.style.blockSize = "auto";
        this.field.style.blockSize = `${this.field.scrollHeight}px`;
    }

    /* One request at a time for a sentence, each with the version that the last one left. */
    save({ approve = false } = {}) {
        this.sending = this.sending.then(() => (approve || !this.isSaved ? this.send(approve) : true));
        return this.sending;
    }

    async send(approve) {
        const typed = this.field.value;
        const body = new FormData();
        body.set("text", typed);
        body.set("version", this.field.dataset.version);
        body.set("csrfmiddlewaretoken", this.desk.token);
        if (approve) {
            body.set("approve", "1");
        }
        try {
            const answer = await fetch(this.desk.address(this.element.dataset.segment), {
                method: "POST",
                body,
                headers: { "X-Requested-With": "XMLHttpRequest" },
            });
            const told = await answer.json();
            this.hear(told, typed, answer.status !== 409);
            return answer.ok;
        } catch {
            this.complain(this.desk.lost);
            return false;
        }
    }

    hear(told, typed, isKept) {
        if (told.name) {
            this.field.name = told.name;
            this.field.dataset.version = told.version;
            this.show(told);
            this.desk.count(told.progress);
        }
        if (isKept && told.name) {
            if (this.field.value === typed) {
                this.field.value = told.text;
            }
            this.kept = told.text;
        }
        this.isClash = told.theirs !== undefined;
        this.part("theirs").hidden = !this.isClash;
        this.part("theirs-text").textContent = told.theirs ?? "";
        this.complain(told.trouble);
    }

    show(told) {
        this.element.className = `desk-row desk-row--${told.state}`;
        this.part("state").textContent = told.state_label;
        this.part("origin").textContent = told.origin_label;
        this.part("origin").hidden = !told.origin_label;
        for (const button of this.all("[data-desk-when]")) {
            button.hidden = (button.dataset.deskWhen === "approved") !== (told.state === "approved");
        }
    }

    complain(message) {
        const place = this.part("trouble");
        place.textContent = message ?? "";
        place.hidden = !message;
        this.field.toggleAttribute("aria-invalid", Boolean(message));
    }

    /* A click on ⟦1⟧ of the original puts ⟦1⟧…⟦/1⟧ around the selected words, a lone mark at the cursor. */
    offer(mark) {
        const token = mark.dataset.deskMark;
        if (token.startsWith("⟦/")) {
            return;
        }
        mark.setAttribute("role", "button");
        mark.tabIndex = 0;
        const insert = () => this.insert(token, token.endsWith("/⟧") ? "" : token.replace("⟦", "⟦/"));
        mark.addEventListener("click", insert);
        mark.addEventListener("keydown", (event) => {
            if (event.key === "Enter" || event.key === " ") {
                event.preventDefault();
                insert();
            }
        });
    }

    insert(before, after) {
        const { selectionStart: start, selectionEnd: end, value } = this.field;
        this.field.setRangeText(before + value.slice(start, end) + after, start, end, "end");
        this.field.focus();
        if (!growsByItself) {
            this.grow();
        }
    }
}

class Desk {
    constructor(form) {
        this.form = form;
        this.lost = form.dataset.lost;
        this.rows = [...form.querySelectorAll("[data-desk-row]")].map((row) => new Row(this, row));
        this.bySegment = new Map(this.rows.map((row) => [row.element.dataset.segment, row]));
        form.addEventListener("submit", (event) => this.submit(event));
        form.addEventListener("keydown", (event) => this.key(event));
        window.addEventListener("beforeunload", (event) => this.leave(event));
    }

    get token() {
        return this.form.elements.csrfmiddlewaretoken.value;
    }

    address(segment) {
        return this.form.dataset.segmentUrl.replace("/segments/0/", `/segments/${segment}/`);
    }

    count(progress) {
        const bar = document.querySelector("[data-desk-progress]");
        bar.value = progress.approved;
        bar.max = progress.total;
        document.querySelector("[data-desk-progress-label]").textContent = progress.label;
    }

    submit(event) {
        const button = event.submitter;
        const row = this.bySegment.get(button?.value);
        const deeds = {
            save: () => row.save(),
            approve: () => row.save({ approve: true }),
            "approve-next": () => this.approveAndGoOn(row),
        };
        if (row && deeds[button.name]) {
            event.preventDefault();
            deeds[button.name]();
        } else {
            this.isLeaving = true;
        }
    }

    key(event) {
        const row = this.rows.find((one) => one.field === event.target);
        if (row && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            this.approveAndGoOn(row);
        }
    }

    async approveAndGoOn(row) {
        if (await row.save({ approve: true })) {
            const after = this.rows.slice(this.rows.indexOf(row) + 1);
            const next = [...after, ...this.rows].find((one) => !one.element.matches(".desk-row--approved"));
            next?.field.focus();
        } else {
            row.field.focus();
        }
    }

    leave(event) {
        if (!this.isLeaving && this.rows.some((row) => !row.isSaved)) {
            event.preventDefault();
        }
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    new Desk(form);
}
