// The newslist by keyboard, and live. Each key is a link, button or field of the page (`data-key`): in the line that
// has the focus, else anywhere. Nothing needs this script.
const POLL_MS = 20_000;
const CHORD_MS = 1_500;
const KEPT = "newsroom-newslist";
const OFF = "newsroom-keys-off";

const list = document.querySelector("[data-newsroom-list]");
const one = (name) => document.querySelector(`[data-newsroom-${name}]`);
const help = one("help");
const act = document.getElementById("newslist-act");

const isTyping = (target) =>
    target.closest("textarea, select, [contenteditable], dialog, input:not([type=checkbox], [type=radio])") !== null;

const lines = () => [...(list?.querySelectorAll("[data-newsroom-piece]") ?? [])].filter((line) => line.checkVisibility());
const current = () => document.activeElement?.closest("[data-newsroom-piece]");
const headline = (line) => line?.querySelector("[data-newsroom-open]");
const say = (words) => { one("said").textContent = words; };

const go = (step) => {
    const all = lines();
    const at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (next === all.at(-1)) further();
    headline(next)?.focus();
    next?.scrollIntoView({ block: "nearest" });
};

// A word to the server about one line, and what the page shows of the answer.

const post = async (address, line) => {
    const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams({ csrfmiddlewaretoken: act.elements.csrfmiddlewaretoken.value }),
        headers: { "X-Newsroom": "fetch" },
    });
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(`${answer.status}`);
    const told = await answer.json();
    line?.removeAttribute("aria-busy");
    say(told.said);
    if (told.undo) offerUndo(told.undo);
    return told;
};

const offerUndo = (words) => {
    one("undo-words").textContent = words;
    one("undo").hidden = !words;
};

const linesOf = (number) => document.querySelectorAll(`[data-newsroom-piece="${number}"]`);

const takeAway = (line) => {
    const all = lines();
    const at = all.indexOf(line);
    const next = all[at + 1] ?? all[at - 1];
    for (const same of linesOf(line.dataset.newsroomPiece)) {
        same.hidden = true;
        same.style.display = "none";
    }
    headline(next)?.focus();
};

const bringBack = (numbers) => {
    for (const line of numbers.flatMap((number) => [...linesOf(number)])) {
        line.hidden = false;
        line.style.display = "";
        line.removeAttribute("aria-busy");
        headline(line)?.focus();
    }
};

const inPlace = async (button) => {
    const line = button.closest("[data-newsroom-piece]");
    const isSorting = button.dataset.key === "s";
    line.setAttribute("aria-busy", "true");
    if (isSorting) takeAway(line);
    try {
        const told = await post(button.formAction, line);
        if (isSorting && !told.gone) bringBack([line.dataset.newsroomPiece]);
        if (told.unread) {
            line.classList.add("newsroom-line--unread");
            button.remove();
        }
    } catch {
        act.requestSubmit(button);
    }
};

const undo = async () => {
    const form = one("undo");
    if (form.hidden) return;
    form.hidden = true;
    try {
        const told = await post(form.action);
        if (!told.brought.some((number) => linesOf(number).length)) window.location.reload();
        bringBack(told.brought);
    } catch {
        form.submit();
    }
};

// A story opens where it stands.

const unfold = async (link) => {
    const home = link.closest("li");
    const inside = home.querySelector(":scope > .newsroom-inside");
    if (inside) {
        inside.hidden = !inside.hidden;
        inside.style.display = inside.hidden ? "none" : "";
        link.setAttribute("aria-expanded", String(!inside.hidden));
        return;
    }
    const line = link.closest("[data-newsroom-piece]");
    line.setAttribute("aria-busy", "true");
    link.setAttribute("aria-expanded", "true");
    try {
        const answer = await fetch(link.dataset.newsroomUnfold);
        if (!answer.ok) throw new Error(`${answer.status}`);
        line.insertAdjacentHTML("afterend", await answer.text());
    } catch {
        window.location.assign(link.href);
    }
    line.removeAttribute("aria-busy");
};

// What was chosen, and where one stood, outlives a look at a piece.

const chosen = () => [...document.querySelectorAll(".newsroom-choose:checked")];

const countChosen = () => {
    const number = new Set(chosen().map((box) => box.value)).size;
    for (const button of document.querySelectorAll("[data-newsroom-for-chosen]")) button.disabled = number === 0;
};

const keep = () => {
    const told = { at: location.search, line: current()?.dataset.newsroomPiece, chosen: chosen().map((box) => box.value), pages };
    sessionStorage.setItem(KEPT, JSON.stringify(told));
};

const restore = async () => {
    const told = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (!told || told.at !== location.search) return;
    for (let page = 0; page < told.pages && !document.getElementById(`piece-${told.line}`); page += 1) await further();
    for (const box of document.querySelectorAll(".newsroom-choose")) box.checked ||= told.chosen.includes(box.value);
    const line = told.line && document.getElementById(`piece-${told.line}`);
    headline(line)?.focus({ preventScroll: false });
    countChosen();
};

// Further lines come before one is at the end; the link stays for who asks without script.

let pages = 0;
let coming = null;
const further = () => {
    const link = one("older");
    if (!link) return null;
    coming ??= fetch(link.href, { headers: { "X-Newsroom": "fetch" } })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`${answer.status}`))))
        .then((text) => {
            const told = new DOMParser().parseFromString(text, "text/html");
            list.append(...told.querySelector("ol").children);
            const older = told.querySelector("[data-newsroom-older]");
            if (older) link.replaceWith(older);
            else link.remove();
            pages += 1;
            watchTheEnd();
        })
        .catch(() => watching?.disconnect()) // the link still leads there
        .finally(() => { coming = null; });
    return coming;
};

let watching = null;
const watchTheEnd = () => {
    watching?.disconnect();
    watching = new IntersectionObserver((seen) => seen.some((found) => found.isIntersecting) && further(), { rootMargin: "600px" });
    if (one("older")) watching.observe(one("older"));
};

// Live: what came in is told below the list, which stays as it is.

let tag = "";
const poll = async () => {
    const bar = one("new");
    if (document.hidden || !bar) return;
    const answer = await fetch(bar.dataset.newsroomNew, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.status !== 200 || !answer.headers.get("Content-Type")?.includes("json")) return;
    tag = answer.headers.get("ETag") ?? "";
    const told = await answer.json();
    bar.textContent = told.words;
    bar.hidden = told.number === 0;
};

const quietly = () => poll().catch(() => {});

// Keys.

const keyed = (key) => {
    const quoted = `[data-key="${CSS.escape(key)}"]`;
    const outside = [...document.querySelectorAll(quoted)].find((found) => !found.closest("[data-newsroom-piece]"));
    return current()?.querySelector(quoted) ?? outside;
};

const press = (key) => {
    const found = keyed(key) ?? (key === "o" ? headline(current()) : undefined);
    if (!found || found.hidden || found.disabled) return false;
    if (found.matches("summary")) found.parentElement.open = true;
    if (key === "/") found.focus();
    else if (found.matches("summary")) found.parentElement.querySelector("select, input, a")?.focus();
    else found.click();
    return true;
};

let chord = -Infinity; // when g was pressed
const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (localStorage.getItem(OFF) && event.key !== "?") return;
    const isSecond = event.timeStamp - chord < CHORD_MS;
    chord = event.key === "g" && !isSecond ? event.timeStamp : -Infinity;
    if (event.key === "g" && !isSecond) return event.preventDefault();
    const done = isSecond ? press(`g ${event.key}`) : move(event.key) || (/^[\w/?]$/u.test(event.key) && press(event.key));
    if (done) event.preventDefault();
};

const move = (key) => {
    if (key !== "j" && key !== "k") return false;
    go(key === "j" ? 1 : -1);
    return true;
};

// A panel closes when one turns to something else.
const closePanels = (besides) => {
    for (const panel of document.querySelectorAll("[data-newsroom-panel][open]")) {
        if (panel.contains(besides)) continue;
        if (panel.contains(document.activeElement)) panel.querySelector("summary").focus();
        panel.open = false;
    }
};

document.addEventListener("keydown", (event) => event.key === "Escape" && closePanels(null));
document.addEventListener("pointerdown", (event) => closePanels(event.target));
document.addEventListener("keydown", onKey);
document.addEventListener("change", countChosen);
window.addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", quietly);
document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-newsroom-inplace], [data-key=u], [data-newsroom-unfold], [data-newsroom-show-keys]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (button.matches("[data-newsroom-inplace]")) inPlace(button);
    else if (button.matches("[data-key=u]")) undo();
    else if (button.matches("[data-newsroom-unfold]")) unfold(button);
    else help.showModal();
});

const keysOn = one("keys-on");
keysOn.checked = !localStorage.getItem(OFF);
keysOn.addEventListener("change", () => (keysOn.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
one("show-keys").hidden = false;
restore();
countChosen();
watchTheEnd();
setInterval(quietly, POLL_MS);
