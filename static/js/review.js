// Keys of the review desk; the dialog #keys lists them. Single keys never act while somebody is typing, in a dialog, or
// once they are switched off (WCAG 2.1.4); what they do can all be done by tabbing too.
(() => {
  const items = [...document.querySelectorAll("[data-review-item]")];
  const send = document.querySelector("[data-review-send]");
  const answers = { a: "agree", c: "change", q: "ask" };
  const CALM = matchMedia("(prefers-reduced-motion: reduce)");
  let at = -1;
  let isSent = false;

  const isTyping = (target) =>
    target.closest("textarea, select, dialog[open], [contenteditable], input:not([type=radio], [type=checkbox])");
  const areOff = () => store.get("afterword-keys") === "off";

  const go = (to) => {
    at = Math.max(0, Math.min(items.length - 1, to));
    items[at]?.focus({ preventScroll: true });
    items[at]?.scrollIntoView({ block: "start", behavior: CALM.matches ? "auto" : "smooth" });
  };

  const answer = (value) => {
    const item = items[Math.max(at, 0)];
    const radio = item?.querySelector(`input[type=radio][value=${value}]`);
    if (!radio) return;
    at = items.indexOf(item);
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    // Where one goes on: to what has to be said with this answer, or to the next decision.
    if (value === "change") item.querySelector("select").focus();
    else if (value === "ask") item.querySelector("textarea").focus();
    else if (at + 1 < items.length) go(at + 1);
    else send?.focus();
  };

  send?.form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  addEventListener("pageshow", () => (isSent = false));

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-review-item]");
    if (item) at = items.indexOf(item);
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && send && !event.target.closest("dialog")) {
      event.preventDefault();
      // Pressed twice, the second would be told that somebody has answered already.
      if (!isSent) send.form.requestSubmit(send);
      return;
    }
    if (event.key === "Escape" && event.target.matches("textarea, select")) {
      const item = event.target.closest("[data-review-item]");
      if (item) item.focus();
      else event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || areOff()) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "n") document.querySelector("[data-review-later]")?.click();
    else if (event.key === "?") document.getElementById("keys")?.showModal();
    else if (answers[event.key]) answer(answers[event.key]);
    else return;
    event.preventDefault();
  });
})();
