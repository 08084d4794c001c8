"""Page words are not code words: what stands on a page or in a mail, and which of it only the code would say."""

import re
from html.parser import HTMLParser

# docs/glossary.md has the words that stand on the pages instead.
CODE_WORDS = re.compile(
    r"\b(misleading|conduct|omitted|omission|regretted|logistics|triage|let_go|correct_now|thank_you_note|status|state"
    r"|requirement|coverage|debrief|provisional|engine|policy|mistakes?|corrections?|enum|null|unknown|true|false)\b",
    re.IGNORECASE,
)
# Good English with the same letters.
FINE = re.compile(r"not quite true|what is true|true is|a wrong fact|is (not )?true", re.IGNORECASE)


class _Words(HTMLParser):
    """The words of the main part of a page, as they are read: no tags, no scripts, nothing hidden in attributes but labels."""

    # Her own words may be whatever she likes.
    HERS = ("script", "style", "template", "textarea", "blockquote")

    def __init__(self, page):
        super().__init__()
        self.found, self.skips = [], 0
        main = re.search(r"<main.*</main>", page, re.DOTALL)
        # A part of a page, fetched alone, has none.
        self.feed(main[0] if main else page)

    def handle_starttag(self, tag, attrs):
        self.skips += tag in self.HERS
        self.found += [value for name, value in attrs if name in ("aria-label", "title", "alt") and value]

    def handle_endtag(self, tag):
        self.skips -= tag in self.HERS

    def handle_data(self, data):
        if not self.skips:
            self.found.append(data)


def code_words_in(text):
    return CODE_WORDS.findall(FINE.sub("", text))


def code_words_on(page):
    return code_words_in(" ".join(_Words(page).found))
