// The present on a page that was made some time ago: the day, the latest edition, the newest pieces of its language.
// The page is complete without it; a small fragment, which is made again with each new piece, takes their place.
const rail = document.querySelector(".article-rail");
const day = document.querySelector(".edition-line p");
const most = 10;

function without(own, list) {
  for (const row of [...list.querySelectorAll("li")]) {
    if (new URL(row.querySelector("a").href).pathname === own) row.remove();
  }
  [...list.querySelectorAll("li")].slice(most).forEach((row) => row.remove());
}

async function renew() {
  const answer = await fetch(`/${document.documentElement.lang}/newest.html`, { credentials: "omit" });
  if (!answer.ok) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [today, newest] = [now.querySelector(".edition-line p"), now.querySelector(".article-rail")];
  if (day && today) day.replaceWith(today);
  if (!rail || !newest) return;
  without(location.pathname, newest);
  rail.replaceChildren(...newest.children);
}

if (rail) renew().catch(() => {});
