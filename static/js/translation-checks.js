/* What the checks find, while somebody types: asked after a pause, never at a key; the last question wins. A finding is
   let stand with a reason where it is shown. Without this file the findings come with the page, after saving. */

const PAUSE_MS = 1_200;
const HEADERS = { "X-Requested-With": "XMLHttpRequest" };

class Findings {
    constructor(form) {
        this.form = form;
        this.desk = form.desk;
        this.timers = new Map();
        this.asking = new Map();
        form.addEventListener("desk:typed", (event) => this.wait(event.detail));
        form.addEventListener("desk:told", () => this.count());
        form.addEventListener("click", (event) => this.click(event));
        document.querySelector("[data-desk-next-finding]").addEventListener("click", (event) => {
            event.preventDefault();
            this.next();
        });
        form.querySelectorAll("[data-desk-findings]").forEach((place) => this.dress(place));
        this.count();
    }

    wait(row) {
        clearTimeout(this.timers.get(row));
        this.timers.set(row, setTimeout(() => this.ask(row), PAUSE_MS));
    }

    async ask(row) {
        this.asking.get(row)?.abort();
        const asking = new AbortController();
        this.asking.set(row, asking);
        const address = this.desk.address("check", row.segment);
        try {
            const answer = await fetch(address, {
                method: "POST",
                body: this.desk.body({ text: row.field.value }),
                headers: HEADERS,
                signal: asking.signal,
            });
            if (answer.ok && !answer.redirected) {
                this.show(row, await answer.text());
            }
        } catch {
            /* A lost line: what was found before stays until the next pause. */
        }
    }

    show(row, html) {
        const place = row.part("findings");
        const told = new DOMParser().parseFromString(html, "text/html").body;
        if (place.innerHTML.trim() === told.innerHTML.trim()) {
            return;
        }
        place.replaceChildren(...told.childNodes);
        this.dress(place);
        this.count();
    }

    dress(place) {
        place.querySelectorAll("[data-desk-answer]").forEach((button) => { button.hidden = false; });
        place.querySelectorAll("[data-desk-plain]").forEach((part) => { part.hidden = true; });
    }

    /* Letting one stand, where it is shown */

    click(event) {
        const button = event.target.closest("[data-desk-answer]");
        if (!button) {
            return;
        }
        const finding = button.closest("[data-key]");
        if (finding.hasAttribute("data-open")) {
            this.askWhy(finding, button);
        } else {
            this.answer(finding, { heed: "1" });
        }
    }

    askWhy(finding, button) {
        const why = document.createElement("span");
        why.className = "desk-why";
        const field = document.createElement("input");
        field.type = "text";
        field.maxLength = 300;
        field.setAttribute("aria-label", this.form.dataset.why);
        field.placeholder = this.form.dataset.why;
        field.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && !event.isComposing) {
                event.preventDefault();
                this.answer(finding, { ignore: "1", reason: field.value });
            }
        });
        const done = document.createElement("button");
        done.type = "button";
        done.className = "button button-small";
        done.textContent = this.form.dataset.letStand;
        done.addEventListener("click", () => this.answer(finding, { ignore: "1", reason: field.value }));
        why.append(field, done);
        button.replaceWith(why);
        field.focus();
    }

    async answer(finding, said) {
        const row = this.desk.rowAt(finding);
        if (!(await row.rest())) {
            return;
        }
        const address = this.form.dataset.findingsUrl.replace("/0/", `/${row.segment}/`);
        try {
            const answer = await fetch(address, {
                method: "POST",
                body: this.desk.body({ key: finding.dataset.key, ...said }),
                headers: HEADERS,
            });
            this.show(row, await answer.text());
            row.field.focus();
        } catch {
            row.complain(this.form.dataset.lost);
        }
    }

    /* All of them */

    open(severity) {
        const of = severity ? `[data-severity="${severity}"]` : "";
        return [...this.form.querySelectorAll(`[data-open]${of}`)];
    }

    count() {
        const troubles = this.form.querySelectorAll("[data-desk-trouble]:not([hidden])").length;
        const sums = { block: this.open("block").length + troubles, warn: this.open("warn").length };
        for (const [name, sum] of Object.entries(sums)) {
            const place = document.querySelector(`[data-desk-faults-${name}]`);
            place.hidden = !sum;
            place.querySelector("b").textContent = sum;
        }
        const link = document.querySelector("[data-desk-next-finding]");
        link.hidden = !(sums.block + sums.warn);
        link.href = "#";
    }

    /* Those that must not go out first; from the sentence in hand on, and around. */
    next() {
        const rows = this.marked("block").length ? this.marked("block") : this.marked("");
        const at = this.desk.rows.indexOf(this.desk.current);
        this.desk.go(rows.find((row) => this.desk.rows.indexOf(row) > at) ?? rows[0]);
    }

    marked(severity) {
        const found = new Set(this.open(severity).map((one) => this.desk.rowAt(one)));
        return this.desk.rows.filter((row) => found.has(row) || !row.part("trouble").hidden);
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    form.checks = new Findings(form);
}
