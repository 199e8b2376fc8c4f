/* The translation desk, quicker: saves by itself, keeps words where the line is lost, approves and goes on.
   Without this file the same form does the same work. Nothing here waits in the typing path: a key sets a timer, and
   the server is asked after a pause or when a sentence is left. Other scripts find it as `form.desk`; it tells them
   `desk:current` (another sentence is in hand), `desk:typed` and `desk:told` (a sentence stands otherwise now). */

const PAUSE_MS = 1_500;
const AGAIN_MS = [3_000, 8_000, 20_000];
const CLASH = 409;

const growsByItself = CSS.supports("field-sizing", "content");
const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

class Row {
    constructor(desk, element) {
        this.desk = desk;
        this.element = element;
        this.segment = element.dataset.segment;
        this.field = element.querySelector("textarea");
        this.kept = this.field.defaultValue;
        this.taken = null;
        this.sending = Promise.resolve(true);
        /* After a clash the writer decides with a button; a pause is no decision. */
        this.isClash = !this.part("theirs").hidden;
    }

    part(name) {
        return this.element.querySelector(`[data-desk-${name}]`);
    }

    get isSaved() {
        return this.field.value === this.kept;
    }

    get state() {
        return this.element.dataset.state;
    }

    get number() {
        return this.element.dataset.number;
    }

    grow() {
        if (!growsByItself) {
            this.field.style.blockSize = "auto";
            this.field.style.blockSize = `${this.field.scrollHeight}px`;
        }
    }

    typed() {
        this.grow();
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.rest(), PAUSE_MS);
    }

    rest() {
        clearTimeout(this.timer);
        return this.isClash ? Promise.resolve(false) : this.save();
    }

    /* One request at a time for a sentence, each with the version that the last one left. */
    save(deed = "") {
        clearTimeout(this.timer);
        this.sending = this.sending.then(() => (deed || !this.isSaved ? this.send(deed) : true));
        return this.sending;
    }

    async send(deed) {
        const typed = this.field.value;
        const body = this.desk.body({ text: typed, version: this.field.dataset.version });
        if (deed) {
            body.set(deed, "1");
        }
        const taken = this.takenFor(typed);
        if (taken) {
            body.set("taken", taken);
        }
        this.keep();
        this.desk.state("saving");
        const told = await this.desk.ask(this.desk.address("segment", this.segment), body);
        if (!told) {
            return false;
        }
        this.hear(told, typed);
        return told.status < 400;
    }

    /* Words of the memory that were changed are the writer's; a machine's stay a machine's draft. */
    takenFor(text) {
        const { name = "", words = "" } = this.taken ?? {};
        return name.startsWith("machine:") || words === text ? name : "";
    }

    keep() {
        if (!this.isSaved) {
            const taken = this.taken;
            this.desk.kept.keep(this.segment, { text: this.field.value, version: this.field.dataset.version, taken });
        }
    }

    hear(told, typed) {
        this.isClash = told.theirs !== undefined;
        if (told.name) {
            this.field.name = told.name;
            this.field.dataset.version = told.version;
            this.kept = this.isClash ? told.theirs : told.text;
            if (!this.isClash && this.field.value === typed && typed !== told.text) {
                this.field.value = told.text;
            }
            this.show(told);
        }
        if (this.isSaved) {
            this.taken = null;
            this.desk.kept.drop(this.segment);
        }
        this.showTheirs(told.theirs);
        this.complain(told.trouble);
        this.desk.tell("told", this);
    }

    show(told) {
        const { element } = this;
        element.classList.remove(`desk-row--${this.state}`);
        element.classList.add(`desk-row--${told.state}`);
        element.dataset.state = told.state;
        element.dataset.words = told.words;
        element.dataset.mine = told.mine ?? "";
        this.part("state").textContent = told.state_label;
        this.part("origin").textContent = told.origin_label;
        this.part("origin").hidden = !told.origin_label;
        this.part("who").textContent = told.who;
        if (told.slug) {
            document.querySelector("[data-desk-slug]").textContent = told.slug;
        }
    }

    showTheirs(theirs) {
        this.part("theirs").hidden = theirs === undefined;
        this.part("theirs-text").textContent = theirs ?? "";
    }

    /* What somebody else did, told by the server: into a field that nobody touched here. */
    takeOver(told) {
        if (Number(told.version) <= Number(this.field.dataset.version)) {
            return;
        }
        if (!this.isSaved) {
            this.complain(told.by);
            return;
        }
        this.field.value = told.text;
        this.hear(told, told.text);
        this.grow();
    }

    complain(message) {
        const place = this.part("trouble");
        place.textContent = message ?? "";
        place.hidden = !message;
        if (message) {
            this.field.setAttribute("aria-invalid", "true");
        } else {
            this.field.removeAttribute("aria-invalid");
        }
    }

    /* Words instead of all that stands there, so that undo brings that back. */
    put(words, taken = null) {
        this.taken = taken && { name: taken, words };
        this.field.focus();
        this.field.select();
        this.type(words);
    }

    /* Words at the cursor, or in place of what is selected. */
    type(words) {
        this.field.focus();
        const done = words
            ? document.execCommand("insertText", false, words)
            : document.execCommand("delete");
        if (!done) {
            this.field.setRangeText(words, this.field.selectionStart, this.field.selectionEnd, "end");
            this.desk.onTyped(this);
        }
    }

    /* ⟦1⟧ around the selected words with its end, a lone mark at the cursor. */
    mark(token) {
        const { selectionStart: start, selectionEnd: end, value } = this.field;
        const after = token.endsWith("/⟧") ? "" : token.replace("⟦", "⟦/");
        const words = value.slice(start, end);
        this.field.focus();
        this.field.setSelectionRange(start, end);
        this.type(token + words + after);
        if (!words && after) {
            this.field.setSelectionRange(start + token.length, start + token.length);
        }
    }

    markNext() {
        const there = this.field.value;
        const tokens = [...this.element.querySelectorAll("[data-desk-mark]")].map((one) => one.dataset.deskMark);
        const next = tokens.find((token) => !token.startsWith("⟦/") && !there.includes(token));
        if (next) {
            this.mark(next);
        }
    }
}

class Desk {
    constructor(form) {
        this.form = form;
        this.kept = form.kept;
        this.rows = [...form.querySelectorAll("[data-desk-row]")].map((element) => new Row(this, element));
        this.bySegment = new Map(this.rows.map((row) => [row.segment, row]));
        this.byField = new Map(this.rows.map((row) => [row.field, row]));
        this.failures = 0;
        this.listen();
        this.bringBack();
        if (!growsByItself) {
            this.rows.forEach((row) => row.grow());
        }
        form.parentElement.classList.add("desk-page--live");
        const at = this.rows.find((row) => row.field === document.activeElement || row.field.autofocus);
        this.current = null;
        this.come(at ?? this.rows.find((row) => row.state !== "approved") ?? this.rows[0]);
    }

    listen() {
        const { form } = this;
        form.addEventListener("input", (event) => this.onTyped(this.byField.get(event.target)));
        form.addEventListener("focusin", (event) => this.come(this.rowAt(event.target)));
        form.addEventListener("focusout", (event) => this.byField.get(event.target)?.rest());
        form.addEventListener("submit", (event) => this.submit(event));
        form.addEventListener("click", (event) => this.click(event));
        window.addEventListener("beforeunload", (event) => this.leave(event));
        window.addEventListener("pagehide", () => this.rows.forEach((row) => row.keep()));
        window.addEventListener("online", () => this.tryAgain());
        window.addEventListener("focus", () => this.failures && this.tryAgain());
    }

    rowAt(target) {
        return this.bySegment.get(target.closest("[data-desk-row]")?.dataset.segment);
    }

    onTyped(row) {
        if (row) {
            row.typed();
            this.tell("typed", row);
        }
    }

    come(row) {
        if (!row || row === this.current) {
            return;
        }
        this.current?.element.classList.remove("desk-row--current");
        row.element.classList.add("desk-row--current");
        this.current = row;
        this.tell("current", row);
    }

    tell(what, row) {
        this.form.dispatchEvent(new CustomEvent(`desk:${what}`, { detail: row }));
    }

    get unsaved() {
        return this.rows.filter((row) => !row.isSaved);
    }

    /* Asking the server. The token is the cookie's: it is another one after somebody signed in again. */

    get token() {
        const kept = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
        return kept?.slice("csrftoken=".length) || this.form.elements.csrfmiddlewaretoken.value;
    }

    body(values = {}) {
        const body = new FormData();
        for (const [name, value] of Object.entries(values)) {
            body.set(name, value);
        }
        body.set("csrfmiddlewaretoken", this.token);
        return body;
    }

    address(what, segment) {
        return this.form.dataset[`${what}Url`].replace("/0/", `/${segment}/`);
    }

    /* What was answered, with its status; nothing where it could not be kept there, which is said. */
    async ask(address, body) {
        let answer;
        try {
            answer = await fetch(address, { method: "POST", body, headers: { "X-Requested-With": "XMLHttpRequest" } });
        } catch {
            return this.failed("lost");
        }
        if (answer.status === 403 || answer.redirected) {
            return this.failed("signedOut");
        }
        try {
            const told = await answer.json();
            if (told.name) {
                this.worked();
            } else {
                this.failed("refused", told.trouble);
            }
            return { ...told, status: answer.status };
        } catch {
            return this.failed("refused");
        }
    }

    failed(why, more = "") {
        this.state(why, more);
        clearTimeout(this.again);
        this.again = setTimeout(() => this.tryAgain(), AGAIN_MS[Math.min(this.failures, AGAIN_MS.length - 1)]);
        this.failures += 1;
        return null;
    }

    worked() {
        this.failures = 0;
        clearTimeout(this.again);
        setTimeout(() => this.state(this.unsaved.length ? "unsaved" : "saved"));
    }

    tryAgain() {
        clearTimeout(this.again);
        return Promise.all(this.unsaved.map((row) => row.rest()));
    }

    state(what, more = "") {
        const said = document.querySelector("[data-desk-saved]");
        const words = `${this.form.dataset[what].replace("{time}", clock())} ${more}`.trim();
        said.parentElement.dataset.state = what;
        if (said.textContent !== words) {
            said.textContent = words;
        }
        document.querySelector("[data-desk-sign-in]").hidden = what !== "signedOut";
    }

    /* What an earlier visit could not save. */
    bringBack() {
        for (const { segment, text, version, taken, at } of this.kept.all()) {
            const row = this.bySegment.get(segment);
            if (!row || row.field.value === text) {
                this.kept.drop(segment);
                continue;
            }
            const time = new Date(at).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
            row.taken = taken;
            row.isClash = version !== row.field.dataset.version;
            if (row.isClash) {
                row.showTheirs(row.kept);
            }
            row.field.value = text;
            row.complain(this.form.dataset[row.isClash ? "keptClash" : "kept"].replace("{time}", time));
            row.typed();
        }
    }

    /* Going from sentence to sentence */

    go(row) {
        row?.field.focus();
        row?.element.scrollIntoView({ block: "nearest" });
    }

    step(by) {
        this.go(this.rows[this.rows.indexOf(this.current) + by]);
    }

    nextOpen(from = this.current) {
        const at = this.rows.indexOf(from) + 1;
        const round = [...this.rows.slice(at), ...this.rows.slice(0, at)];
        return round.find((row) => row.element.dataset.mine) ?? round.find((row) => row.state !== "approved");
    }

    async approveAndGoOn(row = this.current) {
        if (!(await row.save("approve"))) {
            row.field.focus();
            return;
        }
        const next = this.nextOpen(row);
        if (next && next !== row) {
            this.go(next);
        } else {
            document.querySelector("[data-desk-saved]").textContent = this.form.dataset.allDone;
        }
    }

    /* Buttons */

    deeds = {
        save: (row) => row.save(),
        approve: (row) => row.save("approve"),
        unapprove: (row) => row.save("unapprove"),
        "approve-next": (row) => this.approveAndGoOn(row),
        copy: (row) => row.put([...row.element.querySelector(".desk-source").childNodes].map((one) => one.textContent).join("")),
        clear: (row) => row.put(""),
        look: (row) => row.field.focus(),
    };

    do(name, row = this.current) {
        return this.deeds[name]?.(row);
    }

    submit(event) {
        const button = event.submitter;
        const row = this.bySegment.get(button?.value);
        if (row && this.deeds[button.name]) {
            event.preventDefault();
            this.do(button.name, row);
        } else if (button?.name === "save") {
            event.preventDefault();
            this.saveAll();
        } else {
            this.submitWhole(event, button);
        }
    }

    async saveAll() {
        await Promise.all(this.rows.filter((row) => !row.isClash).map((row) => row.save()));
    }

    /* The page goes only when each sentence is saved, so that nobody clashes with themselves. */
    async submitWhole(event, button) {
        if (!this.unsaved.length && this.isQuiet) {
            this.form.elements.csrfmiddlewaretoken.value = this.token;
            this.isLeaving = true;
            return;
        }
        event.preventDefault();
        await this.saveAll();
        if (this.unsaved.length) {
            this.go(this.unsaved[0]);
            return;
        }
        this.isQuiet = true;
        /* Not before this event is over: a form that is being submitted does not hear. */
        setTimeout(() => this.form.requestSubmit(button));
    }

    isQuiet = false;

    click(event) {
        const mark = event.target.closest("[data-desk-mark]");
        if (mark && !mark.dataset.deskMark.startsWith("⟦/")) {
            this.rowAt(mark).mark(mark.dataset.deskMark);
        }
    }

    leave(event) {
        if (!this.isLeaving && this.unsaved.length) {
            event.preventDefault();
        }
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    form.desk = new Desk(form);
    form.addEventListener("desk:told", () => count(form.desk.rows));
}

/* How far it is, counted anew whenever a sentence stands otherwise. */
function count(rows) {
    const sums = { approved: 0, total: rows.length, "words-done": 0, words: 0, "target-words": 0 };
    for (const row of rows) {
        const words = Number(row.element.dataset.sourceWords);
        const isDone = row.state === "approved";
        sums.approved += isDone;
        sums["words-done"] += isDone ? words : 0;
        sums.words += words;
        sums["target-words"] += Number(row.element.dataset.words);
    }
    for (const place of document.querySelectorAll("[data-desk-count]")) {
        place.textContent = sums[place.dataset.deskCount];
    }
    const bar = document.querySelector("[data-desk-progress]");
    bar.value = sums.approved;
    bar.max = sums.total;
}
