// What changes while a page is open. Without this script a page is as true as when it was loaded.
(() => {
  // Parts: <div {% live part %}>. Asked for after a few seconds, then ever more rarely while nothing changes or nobody
  // answers, at most once a minute; a hidden tab asks nothing. A part that holds [data-live-over] is not asked for again.
  const LONGEST = 60_000;
  const parts = new Map();

  const firstWait = (part) => Number(part.dataset.live) * 1000;

  function plan(part, wait) {
    clearTimeout(parts.get(part)?.timer);
    if (!part.isConnected || part.querySelector("[data-live-over]")) return parts.delete(part);
    const next = { wait: Math.min(wait, LONGEST) };
    if (!document.hidden) next.timer = setTimeout(() => htmx.trigger(part, "look"), next.wait);
    parts.set(part, next);
  }

  function find() {
    for (const part of document.querySelectorAll("[data-live]")) if (!parts.has(part)) plan(part, firstWait(part));
  }

  document.addEventListener("htmx:config:request", (event) => {
    const { version } = event.target.dataset ?? {};
    if (parts.has(event.target)) event.detail.ctx.request.headers["If-None-Match"] = `"${version}"`;
  });

  document.addEventListener("htmx:finally:request", (event) => {
    const part = event.target;
    if (!parts.has(part)) return;
    const response = event.detail.ctx.response?.raw;
    // Signed out, or no longer hers: there is nothing to follow any more.
    if (response && (response.redirected || (response.status >= 400 && response.status < 500 && response.status !== 429))) {
      parts.delete(part);
      return;
    }
    const isNew = response?.status === 200;
    if (isNew) part.dataset.version = (response.headers.get("ETag") ?? "").replace(/^W\/|"/g, "");
    plan(part, isNew ? firstWait(part) : parts.get(part).wait * 2);
  });

  document.addEventListener("visibilitychange", () => {
    for (const part of [...parts.keys()]) {
      if (document.hidden) clearTimeout(parts.get(part).timer);
      else plan(part, 0);
    }
    if (!document.hidden) nameDays();
  });

  document.addEventListener("htmx:after:swap", find);

  // Time left: <span data-left="…instant…">in 3 hours</span>, in one unit like the server's words. One that stands beside a
  // [data-left-said] is read out when an hour begins, and ten minutes before the end.
  const MINUTE = 60_000;
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });
  const UNITS = [["day", 24 * 60], ["hour", 60], ["minute", 1]];

  function inWords(minutes) {
    // Ten minutes of slack, as the server has: 11:55 hours are 12.
    const shown = minutes > 60 ? minutes + 10 : minutes;
    const [unit, length] = UNITS.find(([, each]) => shown >= each) ?? UNITS[2];
    return words.format(Math.floor(shown / length), unit);
  }

  function count() {
    for (const each of document.querySelectorAll("[data-left]")) {
      const minutes = Math.ceil((new Date(each.dataset.left) - Date.now()) / MINUTE);
      if (minutes <= 0) {
        each.textContent = each.dataset.over ?? "";
        continue;
      }
      const text = inWords(minutes);
      if (text === each.textContent) continue;
      each.textContent = text;
      const said = each.parentElement.querySelector("[data-left-said]");
      if (said && (minutes >= 60 || minutes === 10)) said.textContent = text;
    }
  }

  // "Today" and "tomorrow" are true until the reader's midnight. From then on the date stands there, which is true on any day.
  // Counted from the server's number of seconds: a device's clock may be hours off.
  let dayEnds = Date.now() + 1000 * Number(document.body.dataset.dayLeft);

  function nameDays() {
    if (!(Date.now() >= dayEnds)) return;
    for (const each of document.querySelectorAll("time.near")) each.replaceWith(each.title);
    dayEnds += 24 * 60 * MINUTE;
  }

  setInterval(() => {
    count();
    nameDays();
  }, 15_000);
  addEventListener("load", find);
})();
