// Small comforts on top of pages that work without them. All listeners sit on the document, so swapped-in parts need no set-up.

const store = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // Without storage the choice lasts until the page is left.
    }
  },
};

// Speaks to screen readers and eyes at once; the words come from the page, which is translated.
function tell(text, tone = "info") {
  const place = document.getElementById("live");
  if (!place || !text) return;
  const line = document.createElement("p");
  line.className = `notice ${tone}`;
  line.textContent = text;
  place.replaceChildren(line);
}

// Theme: <button data-theme-choice="" | "light" | "dark">
function showTheme() {
  const theme = document.documentElement.dataset.theme || "";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}

function chooseTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  store.set("afterword-theme", theme);
  showTheme();
}

// Copy: <button data-copy="#id" data-copied="Copied">; the text of a field or of any element.
async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  if (!source) return;
  const text = "value" in source ? source.value : source.innerText;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http has no clipboard: select the text, so that one key press copies it.
    if ("select" in source) source.select();
    else getSelection().selectAllChildren(source);
    return;
  }
  const label = button.querySelector("[data-label]") || button;
  const before = label.textContent;
  label.textContent = button.dataset.copied || before;
  tell(button.dataset.copied, "success");
  setTimeout(() => (label.textContent = before), 2500);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice], [data-copy], [data-open], [data-share], [data-keys-switch], [data-print], [data-insert]");
  if (button) {
    if ("themeChoice" in button.dataset) chooseTheme(button.dataset.themeChoice);
    else if ("copy" in button.dataset) copy(button);
    else if ("open" in button.dataset) document.querySelector(button.dataset.open)?.showModal();
    else if ("share" in button.dataset) share(button);
    else if ("print" in button.dataset) print();
    else if ("insert" in button.dataset) insert(event, button);
    else switchKeys(button);
  }
  // A menu closes when the next tap lands elsewhere.
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Words kept for the purpose: <button data-insert="…" data-into="id of the field">; without scripts it sends the form, which comes back with them.
function insert(event, button) {
  const field = document.getElementById(button.dataset.into);
  if (!field) return;
  event.preventDefault();
  field.value = [field.value.trim(), button.dataset.insert].filter(Boolean).join("\n\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

// Share sheet of the phone: <button data-share="#id" hidden>; shown only where the device has one.
function share(button) {
  const source = document.querySelector(button.dataset.share);
  navigator.share({ text: "value" in source ? source.value : source.innerText }).catch(() => {});
}

// One-key commands for the review desk: <button data-key="a">. They can be switched off (WCAG 2.1.4).
function switchKeys(button) {
  const off = store.get("afterword-keys") !== "off";
  store.set("afterword-keys", off ? "off" : "");
  button.setAttribute("aria-pressed", String(!off));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, dialog[open], [contenteditable]")) return;
  if (store.get("afterword-keys") === "off") return;
  const target = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
  if (target) {
    event.preventDefault();
    target.focus();
    target.click();
  }
});

// Unsaved text: <form data-guard>. A saved draft or a sent form is no longer unsaved.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) unsaved.add(form);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
addEventListener("beforeunload", (event) => {
  for (const form of unsaved) {
    if (form.isConnected) return event.preventDefault();
  }
});

// Drafts: <form data-guard> keeps what is typed on the server, for its writer alone, until it is sent. A form with
// data-saves looks after itself; one with data-draft names the address at which the server fills it in again.
const DRAFTS = document.body?.dataset.drafts;
const drafted = "form[data-guard]:not([data-saves])";
const written = (form) => [...form.querySelectorAll("textarea[name], input[type=text][name], input[type=email][name]")];
const chosen = (form) => [...form.querySelectorAll("select[name], :is([type=date], [type=time], [type=datetime-local])[name]")];
const original = (field) => field.type === "select-one" ? (field.querySelector("[selected]") ?? field.options[0])?.value : field.defaultValue;
const ticked = (form) => [...form.querySelectorAll("[type=radio][name], [type=checkbox][name]")];
const keeping = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.closest(drafted);
  if (!form || !DRAFTS) return;
  clearTimeout(keeping.get(form));
  keeping.set(form, setTimeout(() => {
    const body = new URLSearchParams({ path: form.dataset.draft ?? location.pathname });
    for (const field of written(form)) body.set(field.name, field.value);
    for (const field of form.querySelectorAll("[data-carried]")) body.set(field.name, field.value);
    // A time or choice that the page proposed may be another one next time: only what she chose is hers.
    const all = form.dataset.draft || form.querySelector("[aria-invalid='true']");
    for (const field of chosen(form)) if (all || field.value !== original(field)) body.set(field.name, field.value);
    for (const box of ticked(form)) if (box.checked) body.set(`${box.name}=${box.value}`, "on");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    fetch(DRAFTS, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => {});
  }, 800));
});
document.addEventListener("submit", (event) => clearTimeout(keeping.get(event.target)));
async function bringBack() {
  const form = document.querySelector(drafted);
  // A form with errors holds what was typed already.
  if (!form || !DRAFTS || form.dataset.draft || form.querySelector("[aria-invalid='true']")) return;
  const answer = await fetch(`${DRAFTS}?path=${encodeURIComponent(location.pathname)}`).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { fields } = await answer.json();
  let changed = false;
  for (const field of [...written(form), ...chosen(form)]) {
    const text = fields[field.name];
    const before = field.value;
    if (text && text !== before && before === original(field)) {
      field.value = text;
      // A choice that is not offered any more stays as the page has it.
      if (field.value === text) changed = true;
      else field.value = before;
    }
  }
  for (const box of ticked(form)) {
    if (fields[`${box.name}=${box.value}`] && !box.checked && !box.defaultChecked) box.checked = changed = true;
  }
  if (changed) tell(document.body.dataset.brought, "info");
}

// One question at a time on a phone: the one that has just appeared comes into sight.
document.addEventListener("change", (event) => {
  if (event.target.type === "radio") event.target.closest(".question > .field")?.nextElementSibling?.scrollIntoView({ block: "nearest" });
});

// A form that saves itself and cannot, because the session has ended: its words wait in this window for the way back.
const ALONG = "afterword-along";
function takeAlong() {
  for (const form of document.querySelectorAll("form[data-saves]")) {
    const fields = Object.fromEntries(written(form).map((field) => [field.name, field.value]));
    unsaved.delete(form);
    try {
      sessionStorage.setItem(ALONG, JSON.stringify({ path: location.pathname, fields }));
    } catch {
      // Without storage the page asks before it is left.
      unsaved.add(form);
    }
  }
}
function bringAlong() {
  const form = document.querySelector("form[data-saves]");
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(ALONG));
    if (form && kept?.path === location.pathname) sessionStorage.removeItem(ALONG);
  } catch {
    return;
  }
  if (!form || kept?.path !== location.pathname) return;
  let changed = null;
  for (const field of written(form)) {
    if (field.name in kept.fields && field.value !== kept.fields[field.name]) {
      field.value = kept.fields[field.name];
      changed = field;
    }
  }
  if (!changed) return;
  changed.dispatchEvent(new Event("input", { bubbles: true }));
  tell(document.body.dataset.brought, "info");
}

// A moment to take it back: <time data-countdown datetime="…">; without scripts the page loads itself anew.
function countDown() {
  for (const each of document.querySelectorAll("[data-countdown]")) {
    const left = Math.max(0, Math.round((new Date(each.dateTime) - Date.now()) / 1000));
    each.textContent = left;
  }
}
setInterval(countDown, 1000);

// htmx: errors that are whole pages are never swapped into a part of one (see htmx-config), they are told instead.
// A part that only follows what happens elsewhere (live.js) is not worth a word, nor the way to the sign-in page.
const isFollowing = (event) => Boolean(event.detail.ctx?.sourceElement?.matches("[data-live]"));
document.addEventListener("htmx:before:response", (event) => {
  const response = event.detail.ctx.response.raw;
  // A session that ended answers with the sign-in page: go there, and back afterwards.
  if (response.redirected && new URL(response.url).pathname === document.body.dataset.loginPath) {
    event.preventDefault();
    if (isFollowing(event)) return;
    takeAlong();
    location.assign(`${document.body.dataset.loginPath}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
});
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement.closest("form[data-guard]");
  if (form && ctx.request.method !== "GET" && ctx.response.raw.ok) unsaved.delete(form);
});
document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (isFollowing(event)) return;
  if (status === 429) tell(document.body.dataset.tooFast, "warning");
  else if (status >= 500 || status === 403 || status === 404) tell(document.body.dataset.trouble, "error");
});
document.addEventListener("htmx:error", (event) => {
  if (!isFollowing(event)) tell(document.body.dataset.offline, "warning");
});

// Where somebody is with the keyboard stays where it is when a part of the page is exchanged: on the same thing in the new
// part, or at the beginning of the page where there is no such thing any more.
let leftOff = null;
const likeness = (each) => [each.tagName, each.name, each.value, each.getAttribute("href"), each.textContent].join("\n");
document.addEventListener("htmx:before:swap", () => {
  const at = document.activeElement;
  leftOff = at && at !== document.body && at.id === "" ? { at, like: likeness(at) } : null;
});
document.addEventListener("htmx:after:swap", () => {
  if (!leftOff || leftOff.at.isConnected || document.activeElement !== document.body) return;
  const same = [...document.querySelectorAll(`main ${leftOff.at.tagName}`)].find((each) => likeness(each) === leftOff.like);
  (same ?? document.getElementById("main")).focus({ preventScroll: true });
});

function ready() {
  showTheme();
  for (const each of document.querySelectorAll("[data-needs-js]")) each.hidden = false;
  if (navigator.share) for (const each of document.querySelectorAll("[data-share]")) each.hidden = false;
  for (const each of document.querySelectorAll("[data-keys-switch]")) {
    each.setAttribute("aria-pressed", String(store.get("afterword-keys") !== "off"));
  }
}

// After a refused form the first field in error is where one goes on.
const focusError = () => document.querySelector("form [aria-invalid='true']")?.focus();

document.addEventListener("DOMContentLoaded", () => {
  ready();
  focusError();
  bringBack();
});
// After htmx, which begins to listen in a turn of its own: what is brought along is saved at once.
addEventListener("load", () => setTimeout(bringAlong));
document.addEventListener("htmx:after:swap", (event) => {
  ready();
  if (event.detail.ctx.response?.status === 422) focusError();
});
