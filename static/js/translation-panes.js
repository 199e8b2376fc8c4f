/* What lies beside the sentence in hand: the memory's offers, the house's words, machines, past translations, history
   and comments. Panes are fetched for many sentences at once, before somebody comes to them; nothing is asked while
   somebody types. Without this file each sentence has a button that shows its pane under it. */

const FIRST = 60;
const AHEAD = 12;
const OLD_MS = 30_000;
const WAIT_MS = 1_000;
const WAITS = 45;
const HEADERS = { "X-Requested-With": "XMLHttpRequest" };

const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

class Panes {
    constructor(form, aside) {
        this.form = form;
        this.desk = form.desk;
        this.aside = aside;
        this.place = aside.querySelector("[data-desk-aside-pane]");
        this.known = new Map();
        this.asked = new Set();
        for (const section of form.querySelectorAll("[data-desk-inline] [data-desk-pane]")) {
            this.learn(section);
            section.closest("[data-desk-inline]").remove();
        }
        aside.hidden = false;
        aside.addEventListener("click", (event) => this.click(event));
        this.toggle = aside.querySelector("[data-desk-aside-toggle]");
        this.toggle.addEventListener("click", () => this.lay(!this.isOpen));
        form.addEventListener("desk:current", (event) => this.show(event.detail));
        form.addEventListener("desk:told", (event) => this.told(event.detail));
        for (const part of aside.querySelectorAll("details[data-desk-part]")) {
            part.addEventListener("toggle", () => part.open && this.fill(part));
        }
        this.part("talk").addEventListener("submit", (event) => this.say(event));
        this.pastForm.addEventListener("submit", (event) => this.searchPast(event));
        this.fetch(this.around(this.desk.current, FIRST));
        this.show(this.desk.current);
    }

    get pastForm() {
        return this.aside.querySelector("[data-desk-past-form]");
    }

    part(name) {
        return this.aside.querySelector(`details[data-desk-part="${name}"]`);
    }

    /* Fetching */

    around(row, count) {
        const { rows } = this.desk;
        const start = Math.max(0, Math.min(rows.indexOf(row) - 2, rows.length - count));
        return rows.slice(start, start + count).map((one) => one.segment);
    }

    async fetch(segments) {
        const wanted = segments.filter((one) => !this.asked.has(one));
        if (!wanted.length) {
            return;
        }
        wanted.forEach((one) => this.asked.add(one));
        try {
            const answer = await fetch(`${this.form.dataset.panesUrl}?of=${wanted.join(",")}`, { headers: HEADERS });
            if (answer.ok && !answer.redirected) {
                [...parsed(await answer.text()).children].forEach((section) => this.learn(section));
            }
        } catch {
            /* A lost line: they are asked for again when somebody comes to them. */
        }
        wanted.forEach((one) => this.asked.delete(one));
        if (wanted.includes(this.desk.current?.segment)) {
            this.show(this.desk.current);
        }
    }

    learn(section) {
        for (const put of section.querySelectorAll("[data-desk-put]")) {
            put.hidden = false;
        }
        this.known.set(section.dataset.deskPane, { section, at: performance.now() });
    }

    /* Showing */

    show(row) {
        if (!row) {
            return;
        }
        this.aside.querySelector("[data-desk-aside-title]").textContent =
            this.aside.dataset.title.replace("{number}", row.number).replace("{total}", this.desk.rows.length);
        const pane = this.known.get(row.segment);
        if (pane && this.place.firstElementChild !== pane.section && !this.place.contains(document.activeElement)) {
            this.place.replaceChildren(pane.section);
        } else if (!pane) {
            this.place.textContent = this.aside.dataset.waiting;
        }
        this.showState(row);
        if (!pane || performance.now() - pane.at > OLD_MS) {
            this.fetch([row.segment]);
        }
        this.fetch(this.around(row, AHEAD).filter((one) => !this.known.has(one)));
        for (const part of this.aside.querySelectorAll("details[data-desk-part][open]")) {
            this.fill(part);
        }
    }

    showState(row) {
        const isApproved = row.state === "approved";
        for (const button of this.aside.querySelectorAll("[data-desk-when]")) {
            button.hidden = (button.dataset.deskWhen === "approved") !== isApproved;
        }
    }

    /* What was approved may be an offer for what comes: those panes are looked up again when they are shown. */
    told(row) {
        if (row.state === "approved") {
            this.known.forEach((pane) => { pane.at = Math.min(pane.at, performance.now() - OLD_MS); });
        }
        if (row === this.desk.current) {
            this.showState(row);
        }
    }

    /* On a narrow screen only its head is seen, until it is opened. */
    get isOpen() {
        return this.aside.classList.contains("desk-aside--open");
    }

    lay(isOpen) {
        this.aside.classList.toggle("desk-aside--open", isOpen);
        this.toggle.setAttribute("aria-expanded", String(isOpen));
    }

    /* Using */

    click(event) {
        const button = event.target.closest("button, a");
        const row = this.desk.current;
        if (!button || !row) {
            return;
        }
        const { deskUse, deskPut, deskMachine, deskDeed } = button.dataset;
        if (deskUse) {
            this.use(button, row);
        } else if (deskPut) {
            row.type(deskPut);
        } else if (deskMachine) {
            this.askMachine(deskMachine, row);
        } else if (deskDeed) {
            this.do(deskDeed, row);
        } else {
            return;
        }
        event.preventDefault();
    }

    use(button, row) {
        const words = button.closest(".desk-offer").querySelector("[data-desk-words]").textContent;
        this.lay(false);
        row.put(words, button.dataset.deskUse);
    }

    do(name, row = this.desk.current) {
        if (this.part(name)) {
            this.open(name);
        } else {
            this.desk.do(name, row);
        }
    }

    /* The offer with a number; 0 is the machine's proposal, which is asked for where there is none. */
    offer(number) {
        const all = number === 0
            ? this.place.querySelectorAll("[data-desk-use^='machine:']")
            : this.place.querySelectorAll("[data-desk-use^='memory:']");
        const button = number === 0 ? all[0] : all[number - 1];
        if (button) {
            this.use(button, this.desk.current);
        } else if (number === 0) {
            this.askMachine("", this.desk.current);
        }
    }

    async askMachine(name, row) {
        const body = this.desk.body({ machine: name });
        const address = this.form.dataset.machineUrl.replace("/0/", `/${row.segment}/`);
        for (let turn = 0; turn < WAITS; turn += 1) {
            try {
                const answer = await fetch(
                    turn ? `${this.form.dataset.panesUrl}?of=${row.segment}` : address,
                    turn ? { headers: HEADERS } : { method: "POST", body, headers: HEADERS },
                );
                this.learn(parsed(await answer.text()).firstElementChild);
            } catch {
                return;
            }
            const { section } = this.known.get(row.segment);
            if (row === this.desk.current) {
                this.place.replaceChildren(section);
                this.showState(row);
            }
            if (!section.querySelector("[data-desk-waiting]")) {
                return;
            }
            await new Promise((done) => { setTimeout(done, WAIT_MS); });
        }
    }

    /* Parts that are fetched when they are opened */

    open(name) {
        const part = this.part(name);
        this.lay(true);
        part.open = true;
        part.scrollIntoView({ block: "nearest" });
        part.querySelector("summary").focus();
        part.querySelector("input, textarea, select, button")?.focus();
    }

    async fill(part) {
        const address = this.form.dataset[`${part.dataset.deskPart}Url`];
        if (!address) {
            return;
        }
        const { segment } = this.desk.current;
        try {
            const answer = await fetch(address.replace("/0/", `/${segment}/`), { headers: HEADERS });
            const told = await answer.text();
            if (answer.ok && segment === this.desk.current.segment) {
                part.querySelector("[data-desk-fill]").replaceChildren(...parsed(told).childNodes);
            }
        } catch {
            /* A lost line: what was there stays. */
        }
    }

    /* A comment, an answer, or a thread settled: its part of the page comes back. */
    async say(event) {
        event.preventDefault();
        const body = new FormData(event.target, event.submitter);
        body.set("csrfmiddlewaretoken", this.desk.token);
        const row = this.desk.current;
        const place = this.part("talk").querySelector("[data-desk-fill]");
        try {
            const answer = await fetch(event.target.action, { method: "POST", body, headers: HEADERS });
            place.replaceChildren(...parsed(await answer.text()).childNodes);
        } catch {
            place.prepend(this.form.dataset.lost);
            return;
        }
        const open = place.querySelectorAll("[data-open-thread]").length;
        const told = row.part("remarks");
        told.hidden = !open;
        told.querySelector("b").textContent = open;
    }

    async searchPast(event) {
        event.preventDefault();
        const asked = new URLSearchParams(new FormData(this.pastForm));
        const place = this.aside.querySelector("[data-desk-past-hits]");
        try {
            const answer = await fetch(`${this.pastForm.action}?${asked}`, { headers: HEADERS });
            place.replaceChildren(...parsed(await answer.text()).childNodes);
        } catch {
            place.textContent = this.form.dataset.lost;
        }
    }

    /* Words that are selected, in a field or on the page, are looked for at once. */
    searchFor(words) {
        this.open("past");
        if (words.trim()) {
            this.pastForm.elements.words.value = words.trim();
            this.pastForm.requestSubmit();
        }
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    const aside = document.querySelector("[data-desk-aside]");
    if (form.desk.rows.length) {
        form.panes = new Panes(form, aside);
    }
}
