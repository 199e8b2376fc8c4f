// The reading list: what saved.js keeps on this device, line by line.
import { read, drop } from "./saved.js";

for (const list of document.querySelectorAll("[data-list]")) {
  const name = list.dataset.list, none = list.nextElementSibling;
  for (const { href, name: words, lang, dir } of read(name)) {
    if (!String(href).startsWith("/") || href.startsWith("//")) continue;
    const [line, link, button] = ["li", "a", "button"].map((tag) => document.createElement(tag));
    link.href = href;
    Object.assign(link, { textContent: words, lang, dir });
    Object.assign(button, { type: "button", textContent: list.dataset.drop, ariaLabel: `${list.dataset.drop}: ${words}` });
    button.addEventListener("click", () => {
      drop(name, href);
      (line.nextElementSibling || line.previousElementSibling)?.querySelector("button").focus();
      line.remove();
      none.hidden = list.children.length > 0;
    });
    line.append(link, button);
    list.append(line);
  }
  none.hidden = list.children.length > 0;
}
