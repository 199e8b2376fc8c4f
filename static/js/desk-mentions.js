// After an @ the people whose name begins so are offered below the box; a name may as well be typed whole.
const begun = (box) => /(?:^|[^\w@.])@([\w.@+-]*)$/.exec(box.value.slice(0, box.selectionStart));

const offer = (box, list, people) => {
    const match = begun(box);
    const asked = match?.[1].toLowerCase();
    const found = match
        ? people.filter((one) => one.value.slice(1).toLowerCase().startsWith(asked) || one.text.toLowerCase().includes(asked)).slice(0, 6)
        : [];
    list.replaceChildren(
        ...found.map((one) => {
            const item = document.createElement("li");
            const button = document.createElement("button");
            button.type = "button";
            button.textContent = `${one.value} ${one.text}`;
            button.addEventListener("click", () => {
                const start = box.selectionStart - match[1].length - 1;
                box.setRangeText(`${one.value} `, start, box.selectionStart, "end");
                list.replaceChildren();
                list.hidden = true;
                box.focus();
            });
            item.append(button);
            return item;
        }),
    );
    list.hidden = found.length === 0;
};

for (const box of document.querySelectorAll("[data-mentions]")) {
    const people = [...document.getElementById(box.dataset.mentions).options];
    const list = document.createElement("ul");
    list.className = "newsroom-people";
    list.hidden = true;
    box.after(list);
    box.addEventListener("input", () => offer(box, list, people));
    box.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown" && !list.hidden) {
            event.preventDefault();
            list.querySelector("button").focus();
        }
        if (event.key === "Escape") {
            list.hidden = true;
        }
    });
}
