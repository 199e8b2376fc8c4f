/* Words that are not saved yet, kept on this device: by person, translation and sentence, with the version they were
   written over. A browser without room for them keeps them in the page alone. */

class Kept {
    constructor(form) {
        this.prefix = `dateline-translation-${form.dataset.user}-${form.dataset.job}-`;
    }

    keep(segment, words) {
        try {
            localStorage.setItem(this.prefix + segment, JSON.stringify({ ...words, at: Date.now() }));
        } catch {
            /* No room: the page still has them, and asks before it is closed. */
        }
    }

    drop(segment) {
        try {
            localStorage.removeItem(this.prefix + segment);
        } catch {
            /* Nothing was kept. */
        }
    }

    all() {
        try {
            return Object.keys(localStorage)
                .filter((name) => name.startsWith(this.prefix))
                .map((name) => ({ segment: name.slice(this.prefix.length), ...JSON.parse(localStorage.getItem(name)) }));
        } catch {
            return [];
        }
    }
}

for (const form of document.querySelectorAll("[data-translation-desk]")) {
    form.kept = new Kept(form);
}
