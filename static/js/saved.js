// What a reader keeps, on this device; where somebody is signed in, with their account: only then is anything sent.
export const read = (name) => { try { return JSON.parse(localStorage[name]) || []; } catch { return []; } };
const here = /(?:^|; )here=(\w+)/.exec(document.cookie)?.[1];
const put = (name, kept) => { try { localStorage[name] = JSON.stringify(kept.slice(0, 500)); } catch { /* a full device */ } };
const tell = (shelf, href, make) => here && fetch("/-/saved/", {
  method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ shelf, href, do: make }),
}).catch(() => {});
const change = async (name, kept, way, href) => {
  put(name, kept);
  if (name === "saved" && window.caches) (await caches.open(name))[way](href).catch(() => {});
};
const without = (name, href) => read(name).filter((one) => one.href !== href);
export const drop = (name, href) => { tell(name, href, "let-go"); return change(name, without(name, href), "delete", href); };

let known;
try { known = localStorage.here; } catch { /* storage is closed to us */ }
if (here || known) await import("./merge.js").then((merge) => merge.meet(here, known, read, put)).catch(() => {});

for (const button of document.querySelectorAll("[data-keep]")) {
  const { keep, kept, name } = button.dataset, href = location.pathname, off = button.textContent;
  const { lang, dir } = document.documentElement;
  const isKept = () => read(keep).some((one) => one.href === href);
  const show = () => {
    button.ariaPressed = isKept();
    button.textContent = isKept() ? kept : off;
  };
  button.onclick = () => {
    if (isKept()) drop(keep, href);
    else {
      tell(keep, href, "keep");
      change(keep, [{ href, name, lang, dir }, ...without(keep, href)], "add", href);
    }
    show();
  };
  show();
  button.hidden = false;
}
