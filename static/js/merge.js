// What the device kept is brought to the account at each sign-in; after signing out its lists are nobody's here.
const names = ["saved", "followed"];

async function leave() {
  for (const name of [...names, "here"]) localStorage.removeItem(name);
  await window.caches?.delete("saved");
}

/** Make the device's lists and the account's one. `here` tells who is signed in, `known` who was when they last met. */
export async function meet(here, known, read, put) {
  if (!here) return leave();
  const own = Object.fromEntries(names.map((name) => [name, read(name).map((one) => one.href)]));
  const answer = await fetch("/-/me/", here === known ? {} : { method: "POST", body: JSON.stringify(own) });
  if (!answer.ok) return;
  const lists = await answer.json();
  for (const name in lists) put(name, lists[name]);
  localStorage.here = here;
}
