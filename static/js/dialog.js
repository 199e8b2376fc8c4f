// Opens the page of a link with data-dialog in a dialog above this one: its form is fetched, so that it is the same
// form with the same protection. Whatever goes wrong, the link leads there.
document.querySelectorAll("a[data-dialog]").forEach((link) => link.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    const form = main.querySelector("form");
    if (!answer.ok || !form) throw new Error("no form");
    main.querySelectorAll("script, link").forEach((part) => part.remove());
    main.querySelectorAll("form").forEach((one) => one.getAttribute("action") || one.setAttribute("action", answer.url));
    const dialog = document.createElement("dialog");
    const close = document.createElement("button");
    close.textContent = "×";
    close.ariaLabel = link.dataset.dialog;
    close.onclick = () => dialog.close();
    dialog.append(close, ...main.childNodes);
    dialog.setAttribute("aria-label", link.textContent);
    dialog.onclose = () => { dialog.remove(); link.focus(); };
    document.body.append(dialog);
    dialog.showModal();
  } catch {
    location.href = link.href;
  }
}));
