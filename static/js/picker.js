// The picker: a click on the page chooses without leaving, and rules show at once what they find. All of it
// works without this file: links of the frame lead back with what they stand for, and forms are forms.
const picker = document.querySelector("[data-picker]");
const PARTS = "[data-picker-part]";
const PAUSE = 600;
let asked = 0;
let typed = 0;

const part = (root, name) => root.querySelector(`[data-picker-part="${name}"]`);

const frame = () => picker.querySelector("[data-picker-frame]");

const role = () => picker.querySelector("[data-picker-role][aria-current]")?.dataset.pickerRole;

// Where somebody is: the field, and what of it is selected. An answer that comes between selecting a text and typing
// over it must leave it selected, or what is typed is added to it.
const place = () => {
    const { id, value = "", selectionStart: start = null, selectionEnd: end = null } = document.activeElement ?? {};
    return { id, start, end, isWhole: end > 0 && start === 0 && end === value.length };
};

const backTo = ({ id, start, end, isWhole }) => {
    const field = id && document.getElementById(id);
    if (!field) return;
    field.focus({ preventScroll: true });
    if (start === null || field.type !== "text") return;
    if (isWhole) field.select();
    else field.setSelectionRange(start, end);
};

const take = (fresh, { keepsFields = false } = {}) => {
    const before = place();
    for (const old of picker.querySelectorAll(PARTS)) {
        const name = old.dataset.pickerPart;
        const next = part(fresh, name);
        if (next && !(keepsFields && name === "rules")) old.replaceWith(document.adoptNode(next));
    }
    backTo(before);
    const source = fresh.querySelector("[data-picker-frame]")?.getAttribute("src");
    if (source && source !== frame().getAttribute("src")) turn(source);
};

// The page is shown anew with its outlines, at the place where it was.
const turn = (source) => {
    const view = frame();
    const top = view.contentWindow?.scrollY ?? 0;
    view.addEventListener("load", () => view.contentWindow.scrollTo(0, top), { once: true });
    view.setAttribute("src", source);
};

const ask = async (address, { body, keepsFields, isKept } = {}) => {
    asked += 1;
    const mine = asked;
    const before = typed;
    picker.toggleAttribute("data-picker-busy", true);
    try {
        const answer = await fetch(address, body ? { method: "POST", body } : {});
        const text = await answer.text();
        if (mine !== asked) return;
        const fresh = new DOMParser().parseFromString(text, "text/html");
        if (!fresh.querySelector("[data-picker]")) {
            window.location.assign(answer.url);
            return;
        }
        // What was typed while the answer was on its way stays, and is tried next.
        take(fresh, { keepsFields: keepsFields || typed !== before });
        if (isKept) window.history.replaceState(null, "", answer.url);
    } catch {
        if (!body) window.location.assign(address);
    } finally {
        if (mine === asked) picker.toggleAttribute("data-picker-busy", false);
    }
};

const MANY = new Set(["leave_out"]);

// Where a click on an element without a link of its own leads: the way of its nearest link, with its own mark.
const wayTo = (mark) => {
    const current = new URL(frame().contentWindow.location.href);
    const told = current.searchParams;
    const as = role() ?? told.get("role");
    told.delete("role");
    const known = MANY.has(as) ? (told.get(as) ?? "").split(" ").filter(Boolean) : [];
    const marks = known.includes(mark) ? known.filter((one) => one !== mark) : [...known, mark];
    if (marks.length) told.set(as, marks.join(" "));
    else told.delete(as);
    return `${window.location.pathname}?${told}`;
};

const listen = () => {
    const page = frame().contentDocument;
    if (!page || page.documentElement.dataset.heard) return;
    page.documentElement.dataset.heard = "1";
    let hovered = null;
    page.addEventListener("mouseover", (event) => {
        hovered?.removeAttribute("data-hover");
        hovered = event.target.closest("[data-mark]");
        hovered?.setAttribute("data-hover", "");
    });
    page.addEventListener("click", (event) => {
        const link = event.target.closest("a[href]");
        const mark = event.target.closest("[data-mark]")?.dataset.mark;
        if (!link && !mark) return;
        event.preventDefault();
        // The small marks before blocks stand for their block; a link of the page stands for what was clicked.
        const own = link && !link.dataset.mark ? link.parentElement.closest("[data-mark]")?.dataset.mark : mark;
        if (own) ask(wayTo(own), { isKept: true });
    });
};

const rulesOf = (form, submitter) => {
    const body = new FormData(form);
    if (submitter?.name) body.set(submitter.name, submitter.value);
    return body;
};

if (picker) {
    frame().addEventListener("load", listen);
    listen();
    picker.addEventListener("click", (event) => {
        const link = event.target.closest("[data-picker-go]");
        if (!link || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        ask(link.href, { isKept: true });
    });
    picker.addEventListener("change", (event) => {
        const form = event.target.closest("[data-picker-candidates]");
        if (form) ask(`?${new URLSearchParams(new FormData(form))}`, { isKept: true });
    });
    picker.addEventListener("submit", (event) => {
        const form = event.target.closest("[data-picker-rules]");
        if (!form || event.submitter?.name === "save") return;
        event.preventDefault();
        ask(form.action, { body: rulesOf(form, event.submitter ?? { name: "try", value: "1" }) });
    });
    let pause = 0;
    picker.addEventListener("input", (event) => {
        const form = event.target.closest("[data-picker-rules]");
        if (!form || event.target.closest("select, [type=checkbox]")) return;
        typed += 1;
        clearTimeout(pause);
        pause = setTimeout(() => {
            if (!form.isConnected) return;
            ask(form.action, { body: rulesOf(form, { name: "try", value: "1" }), keepsFields: true });
        }, PAUSE);
    });
}
