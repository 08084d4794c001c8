"""How much a page weighs on the wire, compressed as WhiteNoise and a proxy send it, and how much of it moves while it loads."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
# What is drawn already and is moved by what comes later; a hand's own doing does not count.
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg")


class Scale:
    """Weighs what one page asks for. What was there before stays in the browser's cache: `known`."""

    def __init__(self, page):
        self.page = page
        self.known = {}
        self._answers = []
        page.on("response", lambda answer: self._answers.append(answer))

    def visit(self, address):
        """Bytes of this page in a browser that was never here, and in this one."""
        self._answers.clear()
        self.page.goto(address)
        self.page.evaluate("() => document.fonts.ready.then(() => {})")
        weights = {answer.url: weight(answer) for answer in list(self._answers) if answer.ok}
        new = sum(bytes_ for url, bytes_ in weights.items() if url not in self.known)
        self.known |= {url: bytes_ for url, bytes_ in weights.items() if "/static/" in url}
        return sum(weights.values()), new

    def shift(self):
        return self.page.evaluate(SHIFT)


def weight(answer):
    path = urlsplit(answer.url).path
    # The browser lets go of files it has only preloaded; they lie here too.
    body = (ROOT / path.lstrip("/")).read_bytes() if path.startswith("/static/") else answer.body()
    kind = answer.headers.get("content-type", "")
    return len(gzip.compress(body, 6)) if kind.startswith(COMPRESSED) else len(body)
