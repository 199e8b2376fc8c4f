// Keeps the reader's text size, colours and answer to the notice on the device. Without it they work, for the page at hand.
const choices = document.querySelectorAll(".choice input");

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is closed to us: the choice lasts for this page
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // as above
  }
}

for (const choice of choices) {
  if (kept(choice.name) === choice.value) choice.checked = true;
  choice.addEventListener("change", () => {
    keep(choice.name, choice.value);
    document.documentElement.setAttribute(`data-${choice.name}`, choice.value);
  });
}

const again = document.querySelector("[data-ask-again]");
if (again) {
  again.hidden = false;
  again.addEventListener("click", () => {
    for (const answer of document.querySelectorAll(".answers input")) answer.checked = false;
    document.documentElement.removeAttribute("data-notice");
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

// Reading without a network; where the worker cannot be had, pages are as they were.
if (location.protocol === "https:" || ["localhost", "127.0.0.1"].includes(location.hostname)) {
  navigator.serviceWorker?.register(`/service-worker.js?in=${document.documentElement.lang}`).catch(() => {});
}
