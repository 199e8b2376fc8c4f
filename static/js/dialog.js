// Opens the page of a link with data-dialog in a dialog above this one: its form is fetched, so that it is the same
// form with the same protection. It fails where there is none; then the link leads there.
function button(words, close) {
  const made = document.createElement("button");
  made.textContent = "×";
  made.ariaLabel = words;
  made.onclick = close;
  return made;
}

export async function open(link) {
  const place = new URL(link.href);
  place.searchParams.set("next", location.pathname);
  const answer = await fetch(place);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!answer.ok || !main.querySelector("form")) throw new Error("no form");
  const looks = [...main.querySelectorAll("link[rel=stylesheet]")];
  const hasKeys = main.querySelector("[data-passkey]");
  main.querySelectorAll("script").forEach((part) => part.remove());
  main.querySelectorAll("form").forEach((one) => one.getAttribute("action") || one.setAttribute("action", answer.url));
  const dialog = document.createElement("dialog");
  dialog.append(button(link.dataset.dialog, () => dialog.close()), ...main.childNodes);
  dialog.setAttribute("aria-label", link.textContent);
  dialog.onclose = () => { dialog.remove(); link.focus(); };
  document.body.append(dialog);
  await Promise.all(looks.map((look) => new Promise((done) => { look.onload = look.onerror = done; })));
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden])").focus();
  if (hasKeys) (await import("./passkey.js")).offer(dialog);
}
