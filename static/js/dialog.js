// Opens the page of a link with data-dialog in a dialog above this one: its form is fetched, so that it is the same
// form with the same protection. Whatever goes wrong, the link leads there. Whoever is signed in is led to their page.
const isIn = /(^|; )here=/.test(document.cookie);
document.querySelectorAll("a[data-dialog]").forEach((link) => {
  if (isIn && link.dataset.in) {
    link.textContent = link.dataset.in;
    return;
  }
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    try {
      const place = new URL(link.href);
      place.searchParams.set("next", location.pathname);
      const answer = await fetch(place);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = page.querySelector("main");
      const form = main.querySelector("form");
      if (!answer.ok || !form) throw new Error("no form");
      const looks = [...main.querySelectorAll("link[rel=stylesheet]")];
      const hasKeys = main.querySelector("[data-passkey]");
      main.querySelectorAll("script").forEach((part) => part.remove());
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
      await Promise.all(looks.map((look) => new Promise((done) => { look.onload = look.onerror = done; })));
      dialog.showModal();
      dialog.querySelector("input:not([type=hidden])").focus();
      if (hasKeys) (await import("./passkey.js")).offer(dialog);
    } catch {
      location.href = link.href;
    }
  });
});
