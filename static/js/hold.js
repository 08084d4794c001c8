// The minutes for which a slot is kept while its form is open. Without scripts the page says until when.
// Counted from the server's number of seconds: a device's clock may be hours off.
const place = document.querySelector("[data-hold]");
const left = place?.querySelector("[data-hold-left]");
const ends = Date.now() + 1000 * Number(left?.dataset.holdLeft);
let timer;

function tick() {
  const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
  left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds) return;
  clearInterval(timer);
  place.querySelector("[data-hold-on]").hidden = true;
  for (const each of place.querySelectorAll("[data-hold-over]")) each.hidden = false;
}

if (left) {
  timer = setInterval(tick, 1000);
  tick();
}
