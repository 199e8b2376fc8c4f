// Dragging and keys for an edition: the page's own forms do the same without script.
const board = document.querySelector("[data-edition]");
const arrange = document.getElementById("arrange");
let dragged = null;

const places = () => [...board.querySelectorAll("[data-place]")];
const pieces = () => [...board.querySelectorAll("[data-place], [data-proposal]")];

const mark = (place) => {
    for (const one of board.querySelectorAll("[data-over]")) {
        delete one.dataset.over;
    }
    if (place) {
        place.dataset.over = "yes";
    }
};

const open = (state) => {
    for (const slot of board.querySelectorAll("[data-slot]")) {
        slot.dataset.open = state ? "yes" : "";
    }
};

const submitOrder = () => {
    for (const slot of board.querySelectorAll("[data-slot]")) {
        for (const one of slot.querySelectorAll("[data-place], [data-proposal]")) {
            const field = document.createElement("input");
            field.type = "hidden";
            field.name = "order";
            field.value = `${slot.dataset.slot}:${one.dataset.place ?? one.dataset.proposal}`;
            arrange.append(field);
        }
    }
    arrange.requestSubmit();
};

for (const piece of pieces()) {
    piece.draggable = true;
    piece.addEventListener("dragstart", (event) => {
        dragged = piece;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", piece.querySelector(".newsroom-headline").textContent);
        open(true);
    });
    piece.addEventListener("dragend", () => {
        dragged = null;
        open(false);
        mark(null);
    });
}

for (const slot of board.querySelectorAll("[data-slot]")) {
    slot.addEventListener("dragover", (event) => {
        if (dragged) {
            event.preventDefault();
            mark(event.target.closest("[data-place]"));
        }
    });
    slot.addEventListener("drop", (event) => {
        if (!dragged) {
            return;
        }
        event.preventDefault();
        const before = event.target.closest("[data-place]");
        if (before && before !== dragged) {
            before.before(dragged);
        } else if (!before) {
            slot.querySelector(".newsroom-places").append(dragged);
        }
        submitOrder();
    });
}

const step = (by) => {
    const all = pieces();
    const at = all.indexOf(document.activeElement.closest("[data-place], [data-proposal]"));
    const to = all[Math.min(all.length - 1, Math.max(0, at + by))];
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
};

const press = (selector) => document.activeElement.closest("[data-place], [data-proposal]")?.querySelector(selector)?.click();

const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    J: () => press('[name="do"][value="down"]'),
    K: () => press('[name="do"][value="up"]'),
    x: () => press('[name="do"][value="out"]'),
    a: () => document.activeElement.closest("[data-proposal]")?.querySelector("button").click(),
};

document.addEventListener("keydown", (event) => {
    const isWriting = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!isWriting && !event.ctrlKey && !event.metaKey && !event.altKey && KEYS[event.key]) {
        event.preventDefault();
        KEYS[event.key]();
    }
});

// After a move the page comes back to the piece that was moved.
const here = location.hash.startsWith("#place-") && document.getElementById(location.hash.slice(1));
if (here) {
    here.focus();
}
