// One thing on your mind: the same forms without loading whole pages, so that the browser's own Back shows the answers before
// without asking to send a form again. What was answered stands in the history of this window, and nowhere else.
const place = () => document.querySelector("[data-one-thing]");

async function show(state, focus = true) {
  const answer = await fetch(place().dataset.address, state ? { method: "POST", body: new URLSearchParams(state) } : {});
  if (!answer.ok) return answer.status;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-one-thing]");
  document.title = page.title;
  place().replaceWith(next);
  ready();
  if (focus) next.querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
  return 200;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-step]") || !place()) return;
  event.preventDefault();
  const sent = new URLSearchParams(new FormData(form, event.submitter)).toString();
  const status = await show(sent).catch(() => 0);
  if (status === 200) history.pushState(place().dataset.state, "");
  else tell(document.body.dataset[{ 0: "offline", 429: "tooFast" }[status] || "trouble"], "warning");
});

addEventListener("popstate", (event) => show(event.state).catch(() => location.reload()));

// A page that a form brought: from here on going back to it, or loading it anew, asks nothing.
document.addEventListener("DOMContentLoaded", () => {
  const { state } = history;
  const came = performance.getEntriesByType("navigation")[0]?.type;
  if (place().dataset.state) history.replaceState(place().dataset.state, "", place().dataset.address);
  else if (state && came !== "navigate") show(state, false);
  else history.replaceState(null, "");
});
