/* Who else is on the page, at which sentence, and what they changed: asked every twelve seconds while the page is seen,
   never because somebody types and never between two keys: whoever writes is waited for until they pause. Nothing is
   locked. What changed goes into fields that nobody touched here. */

const EVERY_MS = 12_000;
const PAUSE_MS = 1_500;

class Company {
    constructor(form) {
        this.form = form;
        this.desk = form.desk;
        this.place = document.querySelector("[data-desk-company]");
        this.typedAt = -PAUSE_MS;
        setInterval(() => this.askInAPause(), EVERY_MS);
        form.addEventListener("input", () => { this.typedAt = performance.now(); });
        document.addEventListener("visibilitychange", () => document.hidden || this.ask());
        window.addEventListener("pagehide", () => this.leave());
        this.ask();
    }

    askInAPause() {
        clearTimeout(this.timer);
        const left = this.typedAt + PAUSE_MS - performance.now();
        if (left > 0) {
            this.timer = setTimeout(() => this.askInAPause(), left);
        } else {
            this.ask();
        }
    }

    async ask() {
        if (document.hidden || this.isAsking) {
            return;
        }
        this.isAsking = true;
        const { current, rows } = this.desk;
        const body = this.desk.body({
            at: current?.segment ?? "",
            seen: rows.map((row) => `${row.segment}:${row.field.dataset.version}`).join(","),
        });
        if (current && !current.isSaved) {
            body.set("writing", "1");
        }
        try {
            const answer = await fetch(this.form.dataset.atWorkUrl, {
                method: "POST",
                body,
                headers: { "X-Requested-With": "XMLHttpRequest" },
            });
            if (answer.ok && !answer.redirected) {
                this.hear(await answer.json());
            }
        } catch {
            /* A lost line: the page says so where words cannot be saved. */
        }
        this.isAsking = false;
    }

    hear(told) {
        this.showPeople(told.people);
        for (const one of told.changed) {
            this.desk.bySegment.get(String(one.segment))?.takeOver(one);
        }
        if (told.is_divided) {
            this.place.append(` ${this.form.dataset.divided}`);
        }
    }

    showPeople(people) {
        const words = people.map((one) => one.words).join(" · ");
        if (this.place.textContent !== words) {
            this.place.textContent = words;
        }
        const writers = new Map(people.filter((one) => one.is_writing).map((one) => [String(one.segment), one]));
        const places = new Set(people.map((one) => String(one.segment)));
        for (const row of this.desk.rows) {
            const writer = writers.get(row.segment);
            const mark = row.part("writing");
            if (mark.hidden === Boolean(writer)) {
                mark.hidden = !writer;
                mark.textContent = writer?.writing_words ?? "";
            }
            row.element.classList.toggle("desk-row--visited", places.has(row.segment));
        }
    }

    leave() {
        const body = this.desk.body({ leave: "1" });
        navigator.sendBeacon?.(this.form.dataset.atWorkUrl, body);
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    new Company(form);
}
