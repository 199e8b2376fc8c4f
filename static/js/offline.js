// The pages that this device keeps, by their headlines.
const list = document.querySelector("[data-kept]");
const seen = new Set();
for (const name of window.caches ? ["saved", "read-1"] : []) {
  const kept = await caches.open(name);
  for (const request of (await kept.keys()).reverse()) {
    if (seen.has(request.url)) continue;
    seen.add(request.url);
    const page = new DOMParser().parseFromString(await (await kept.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = request.url;
    link.lang = page.documentElement.lang;
    link.dir = page.documentElement.dir;
    link.textContent = page.querySelector("h1")?.textContent || request.url;
    const line = document.createElement("li");
    line.append(link);
    list.append(line);
  }
}
document.querySelector("[data-none]").hidden = list.children.length > 0;
