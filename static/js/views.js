// Says once that this page is looked at; shows how often it was.
let d = document, e = d.querySelector("[data-views]"), said;
const say = () => d.hidden || navigator.webdriver || said || (said = fetch("/-/seen/", { method: "POST", keepalive: true, body: e.dataset.views })
  .then((r) => r.text()).then((t) => { e.textContent = t; e.parentNode.hidden = !t; }));
d.onvisibilitychange = say;
say();
