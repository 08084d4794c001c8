// Passkeys: what the browser and its owner do between pressing a button and sending the form.
// <form data-passkey="make | use"> has a hidden field "credential". What to ask for is JSON: in the element that
// data-options names, or at the address data-options-from. Words for what can go wrong stand in data-stopped, those
// for the time in which the device asks in data-waiting.

const asBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const asText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (keys) => (keys ?? []).map((key) => ({ ...key, id: asBytes(key.id) }));

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.querySelector(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return answer.json();
}

async function make(form) {
  const { publicKey } = (await optionsOf(form)).creation_options;
  const alone = form.elements.passwordless?.checked;
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: asBytes(publicKey.challenge),
      user: { ...publicKey.user, id: asBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: Boolean(alone),
        ...(alone && { userVerification: "required" }),
      },
    },
  });
}

async function use(form) {
  const { publicKey } = (await optionsOf(form)).request_options;
  return navigator.credentials.get({
    publicKey: { ...publicKey, challenge: asBytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) },
  });
}

// By hand: some browsers and password managers have no toJSON, or a broken one.
function inJSON(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = asText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: asText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  const waiting = form.querySelector("[data-waiting]");
  if (button) button.disabled = true;
  waiting.textContent = waiting.dataset.waiting;
  try {
    form.elements.credential.value = inJSON(await (form.dataset.passkey === "make" ? make : use)(form));
    form.submit();
  } catch {
    // Refused, cancelled, taken too long, or no connection: the browser has said what it knows.
    tell(form.dataset.stopped, "warning");
  } finally {
    waiting.textContent = "";
    if (button) button.disabled = false;
  }
});

if (!window.PublicKeyCredential) {
  for (const each of document.querySelectorAll("[data-passkey]")) each.hidden = true;
  for (const each of document.querySelectorAll("[data-no-passkeys]")) each.hidden = false;
}
