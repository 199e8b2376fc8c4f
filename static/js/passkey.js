// Passkeys: a form with data-passkey is shown where the browser can make or use one; its button fills in the rest.
const key = window.PublicKeyCredential;
const can = Boolean(key?.parseRequestOptionsFromJSON && key.parseCreationOptionsFromJSON);

async function options(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function used(form) {
  const { publicKey } = await options(form);
  return navigator.credentials.get({ publicKey: key.parseRequestOptionsFromJSON(publicKey) });
}

// A passkey is found without an address, and asks for its owner: so it opens the account by itself.
async function made(form) {
  const { publicKey } = await options(form);
  const asked = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, ...asked };
  return navigator.credentials.create({ publicKey: key.parseCreationOptionsFromJSON(publicKey) });
}

export function offer(place) {
  for (const form of can ? place.querySelectorAll("[data-passkey]") : []) {
    const trouble = form.querySelector("[role=alert]");
    form.hidden = false;
    form.querySelector("button").addEventListener("click", async () => {
      if (!form.reportValidity()) return;
      trouble.hidden = true;
      try {
        const credential = await (form.dataset.passkey === "create" ? made : used)(form);
        form.elements.credential.value = JSON.stringify(credential.toJSON());
        form.submit();
      } catch {
        trouble.hidden = false;
      }
    });
  }
  for (const words of can ? [] : place.querySelectorAll("[data-no-passkey]")) words.hidden = false;
}

offer(document);
