// What a piece offers beyond reading. Its buttons appear here.
const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
const here = location.href.split("#")[0];

function offer(selector, act) {
  all(selector, (button) => {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  });
}

if (navigator.share) offer("[data-share]", () => navigator.share({ title: document.title, url: here }).catch(() => {}));
if (navigator.clipboard) {
  offer("[data-copy]", (button) => navigator.clipboard.writeText(here).then(() => { button.textContent = button.dataset.copy; }));
}
offer("[data-print]", () => print());

// Listening, in a voice of the page's language; without one there is no button.
const speech = window.speechSynthesis;
const language = document.documentElement.lang;
const voice = () => speech.getVoices().find((one) => one.lang.toLowerCase().startsWith(language.split("-")[0]));

function listen(button) {
  const [start, stop] = [button.textContent, button.dataset.listen];
  const show = (speaks) => {
    button.ariaPressed = speaks;
    button.textContent = speaks ? stop : start;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const speaks = button.ariaPressed === "true";
    speech.cancel();
    show(!speaks);
    if (speaks) return;
    const parts = [...document.querySelectorAll("h1, .article-head .standfirst, .body > :not(.chart, .embed, .table)")];
    parts.forEach((part, at) => {
      const words = new SpeechSynthesisUtterance(part.innerText);
      words.lang = language;
      words.voice = voice();
      if (at === parts.length - 1) words.onend = () => show(false);
      speech.speak(words);
    });
  });
}

if (speech) {
  let isOffered = false;
  const ask = () => {
    if (isOffered || !voice()) return;
    isOffered = true;
    all("[data-listen]", listen);
  };
  ask();
  speech.addEventListener?.("voiceschanged", ask);
  addEventListener("pagehide", () => speech.cancel());
}

// What stands elsewhere is fetched when a reader asks for it.
function open(link) {
  const frame = document.createElement("iframe");
  frame.src = link.dataset.embed;
  frame.title = link.textContent;
  frame.allow = "fullscreen; encrypted-media";
  frame.referrerPolicy = "strict-origin";
  link.replaceWith(frame);
}

all("[data-embed]", (link) => {
  if (document.documentElement.dataset.notice === "all") return open(link);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(link);
  });
});

// Says once that this page is looked at; shows how often it was.
const views = document.querySelector("[data-views]");
let isSaid = false;

async function say() {
  if (document.hidden || navigator.webdriver || isSaid) return;
  isSaid = true;
  const answer = await fetch("/-/seen/", { method: "POST", keepalive: true, body: views.dataset.views });
  views.textContent = await answer.text();
  views.parentNode.hidden = !views.textContent;
}

if (views) {
  document.addEventListener("visibilitychange", say);
  say();
}
