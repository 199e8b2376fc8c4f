// What a reader keeps on this device: pieces to read later, topics and outlets that are followed. Nothing is sent anywhere.
export const read = (name) => { try { return JSON.parse(localStorage[name]) || []; } catch { return []; } };
const change = async (name, kept, way, href) => {
  try { localStorage[name] = JSON.stringify(kept.slice(0, 500)); } catch { /* a full device */ }
  if (name === "saved" && window.caches) (await caches.open(name))[way](href).catch(() => {});
};
const without = (name, href) => read(name).filter((one) => one.href !== href);
export const drop = (name, href) => change(name, without(name, href), "delete", href);

for (const button of document.querySelectorAll("[data-keep]")) {
  const { keep, kept, name } = button.dataset, href = location.pathname, off = button.textContent;
  const { lang, dir } = document.documentElement;
  const isKept = () => read(keep).some((one) => one.href === href);
  const show = () => {
    button.ariaPressed = isKept();
    button.textContent = isKept() ? kept : off;
  };
  button.onclick = () => {
    isKept() ? drop(keep, href) : change(keep, [{ href, name, lang, dir }, ...without(keep, href)], "add", href);
    show();
  };
  show();
  button.hidden = false;
}
