// Keeps text size, colours and the answer to the notice on the device.
const root = document.documentElement;
const choices = document.querySelectorAll(".choice input");

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {} // closed to us
}

for (const choice of choices) {
  if (kept(choice.name) === choice.value) choice.checked = true;
  choice.addEventListener("change", () => {
    keep(choice.name, choice.value);
    root.setAttribute(`data-${choice.name}`, choice.value);
  });
}

const again = document.querySelector("[data-ask-again]");
if (again) {
  again.hidden = false;
  again.addEventListener("click", () => {
    for (const answer of document.querySelectorAll(".answers input")) answer.checked = false;
    root.removeAttribute("data-notice");
    keep("notice", "");
    document.querySelector(".answers input").focus();
  });
}

document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.panel[open]");
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// Signing in opens above the page.
for (const link of document.querySelectorAll("a[data-dialog]")) {
  if (link.dataset.in && /\bhere=/.test(document.cookie)) link.textContent = link.dataset.in;
  else link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    import("./dialog.js").then((dialog) => dialog.open(link)).catch(() => { location.href = link.href; });
  });
}

// Our letters come last.
if (!root.dataset.letters) addEventListener("load", () => setTimeout(async () => {
  const faces = getComputedStyle(root).getPropertyValue("--later");
  if (faces) await document.fonts.load(`1em ${faces}`, document.title);
  else root.dataset.letters = 1;
  keep("letters", 1);
}));

// Reading without a network.
if (location.protocol === "https:" || ["localhost", "127.0.0.1"].includes(location.hostname)) {
  navigator.serviceWorker?.register(`/service-worker.js?in=${root.lang}`).catch(() => {});
}
