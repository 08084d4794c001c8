// Keys of the review page: j and k walk, a, c and q answer, ? shows the list. Never while somebody is typing.
(() => {
  const items = [...document.querySelectorAll("[data-review-item]")];
  const keys = document.getElementById("keys");
  const answers = { a: "agree", c: "change", q: "ask" };
  let at = -1;

  const isTyping = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

  const go = (step) => {
    at = Math.max(0, Math.min(items.length - 1, at + step));
    items[at]?.focus();
    items[at]?.scrollIntoView({ block: "start" });
  };

  const answer = (value) => {
    const item = items[at] ?? items[0];
    const radio = item?.querySelector(`input[type=radio][value=${value}]`);
    if (!radio) return;
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-review-item]");
    if (item) at = items.indexOf(item);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "?") keys.open = !keys.open;
    else if (answers[event.key]) answer(answers[event.key]);
    else return;
    event.preventDefault();
  });
})();
