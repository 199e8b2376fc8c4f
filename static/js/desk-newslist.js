// Keys of the newslist: j and k go down and up, o opens, p opens at the picks, s spikes. Nothing needs them.
const list = document.querySelector("[data-newsroom-list]");

const isTyping = (target) => target.closest("input, select, textarea, [contenteditable], dialog") !== null;

const rows = () => [...list.querySelectorAll("[data-newsroom-piece]")];

const current = () => rows().find((row) => row.contains(document.activeElement));

const go = (step) => {
    const all = rows();
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    next?.querySelector("[data-newsroom-open]").focus();
};

const open = (fragment) => {
    const link = current()?.querySelector("[data-newsroom-open]");
    if (link) window.location.assign(link.href + fragment);
};

const keys = {
    j: () => go(1),
    k: () => go(-1),
    o: () => open(""),
    p: () => open("#pick-heading"),
    s: () => current()?.querySelector("[data-newsroom-spike]")?.click(),
};

if (list) {
    document.querySelector("[data-newsroom-keys]").hidden = false;
    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
        const act = keys[event.key];
        if (act) {
            event.preventDefault();
            act();
        }
    });
}
