// Reading without a network: the last pages that were read, and those that are saved. Nothing is sent anywhere.
const READ = "read-1", LOOKS = "looks-1", LAST = 20;

self.addEventListener("install", (event) => {
  // One page for each language, so that what is said without a network is said in the reader's own.
  const home = new URL(location).searchParams.get("in");
  event.waitUntil(caches.open(LOOKS).then((kept) => kept.add(`/${home}/offline/`)).catch(() => {}).then(() => skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const known = [READ, LOOKS, "saved"];
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => !known.includes(name)).map((name) => caches.delete(name))))
    .then(() => clients.claim()));
});

async function keep(name, request, answer, most) {
  const kept = await caches.open(name);
  await kept.delete(request);
  await kept.put(request, answer);
  const all = await kept.keys();
  for (const old of all.slice(0, Math.max(0, all.length - most))) await kept.delete(old);
}

async function page(event) {
  const request = event.request;
  try {
    const answer = await fetch(request);
    const isPiece = /^\/[^/]+\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/.test(new URL(request.url).pathname);
    if (answer.ok && isPiece) event.waitUntil(keep(READ, request, answer.clone(), LAST));
    // What was taken back is not read from here either.
    if ([404, 410, 451].includes(answer.status)) {
      event.waitUntil(Promise.all([READ, "saved"].map(async (name) => (await caches.open(name)).delete(request))));
    }
    return answer;
  } catch (error) {
    const language = new URL(request.url).pathname.split("/")[1];
    const held = await caches.match(request, { ignoreSearch: true })
      || await caches.match(`/${language}/offline/`)
      || (await (await caches.open(LOOKS)).matchAll())[0];
    if (held) return held;
    throw error;
  }
}

async function look(event) {
  const held = await caches.match(event.request);
  if (held) return held;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(keep(LOOKS, event.request, answer.clone(), 60));
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const path = new URL(url).pathname;
  if (method !== "GET" || !url.startsWith(location.origin) || path.startsWith("/-/") || path.startsWith("/desk/")) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (/\.(woff2|webp|avif|jpe?g|png|css|js)$/.test(path) && /^\/(static|media)\//.test(path)) event.respondWith(look(event));
});
