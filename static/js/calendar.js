// The arrows walk from day to day in a month, Home and End to the ends of a week, Page Up and Down to the month beside it.
(() => {
  const table = document.querySelector("[data-days]");
  if (!table) return;
  const links = [...table.querySelectorAll("td a")];
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = links.indexOf(event.target.closest("a"));
    if (at < 0) return;
    const beside = { PageUp: "prev", PageDown: "next" }[event.key];
    if (beside) {
      event.preventDefault();
      document.querySelector(`.calendar-bar a[rel="${beside}"]`)?.click();
      return;
    }
    const monday = at - (at % 7);
    const to = { Home: monday, End: monday + 6 }[event.key] ?? at + (steps[event.key] ?? Number.NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    links[to]?.focus();
  });
})();
