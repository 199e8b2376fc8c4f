// Drag a card to the step that one of its buttons leads to. Without script the buttons do the same.
const LEADS_TO = { accept: ["accepted", "granted", "asked", "translation", "edit"], ready: ["ready"], back: ["edit", "accepted", "granted"] };

const formOf = (card, stage) =>
    [...card.querySelectorAll("form")].find((form) => {
        const step = /\/step\/([a-z]+)\/$/.exec(form.action);
        return step && LEADS_TO[step[1]]?.includes(stage);
    });

const board = document.querySelector("[data-board]");
const columns = [...board.querySelectorAll("[data-board-stage]")];
let dragged = null;

const mark = () => {
    for (const column of columns) {
        column.dataset.open = dragged && formOf(dragged, column.dataset.boardStage) ? "yes" : "";
    }
};

for (const card of board.querySelectorAll("[data-board-card]")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
        dragged = card;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", card.innerText.split("\n")[0]);
        mark();
    });
    card.addEventListener("dragend", () => {
        dragged = null;
        mark();
    });
}

for (const column of columns) {
    column.addEventListener("dragover", (event) => {
        if (dragged && formOf(dragged, column.dataset.boardStage)) {
            event.preventDefault();
        }
    });
    column.addEventListener("drop", (event) => {
        const form = dragged && formOf(dragged, column.dataset.boardStage);
        if (form) {
            event.preventDefault();
            form.requestSubmit();
        }
    });
}
