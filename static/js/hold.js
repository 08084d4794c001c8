// The minutes for which a slot is kept while its form is open. Without scripts the page says until when.
const place = document.querySelector("[data-hold]");
const left = place?.querySelector("[data-hold-left]");
const ends = left && new Date(left.dateTime);

function tick() {
  const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
  left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds) return;
  clearInterval(timer);
  place.querySelector("[data-hold-on]").hidden = true;
  place.querySelector("[data-hold-over]").hidden = false;
}
const timer = ends && setInterval(tick, 1000);
if (timer) tick();
