/* What the checks find, while somebody types: asked after a pause, never at a key; the last question wins.
   Without this file the findings come with the page, after saving. */

const pause = 1200;

class Checked {
    constructor(row, address, token) {
        this.field = row.querySelector("textarea");
        this.place = row.querySelector("[data-desk-findings]");
        this.address = address;
        this.token = token;
        this.field.addEventListener("input", () => this.wait());
        this.field.addEventListener("blur", () => this.timer && this.ask());
    }

    wait() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), pause);
    }

    async ask() {
        clearTimeout(this.timer);
        this.timer = 0;
        this.asking?.abort();
        this.asking = new AbortController();
        const body = new FormData();
        body.set("text", this.field.value);
        body.set("csrfmiddlewaretoken", this.token);
        try {
            const answer = await fetch(this.address, { method: "POST", body, signal: this.asking.signal });
            if (answer.ok) {
                const told = new DOMParser().parseFromString(await answer.text(), "text/html");
                this.place.replaceChildren(...told.body.childNodes);
            }
        } catch {
            /* A lost line: what was found before stays until the next pause. */
        }
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    const token = form.elements.csrfmiddlewaretoken.value;
    for (const row of form.querySelectorAll("[data-desk-row]")) {
        const address = form.dataset.segmentUrl.replace("/segments/0/", `/check/${row.dataset.segment}/`);
        new Checked(row, address, token);
    }
}
