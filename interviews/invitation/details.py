"""Where an appointment is, its links, and its text."""

import html
import re

from interviews.invitation.lines import LINKS, Component
from interviews.invitation.people import clean_line

MAX_DESCRIPTION = 1_500

_HOSTS = re.compile(
    r"meet\.google\.com|teams\.(?:microsoft|live)\.com|zoom\.us|zoomgov\.com|webex\.com|whereby\.com|meet\.jit\.si|gotomeet(?:ing)?\.com|"
    r"goto\.com|bluejeans\.com|chime\.aws|skype\.com|around\.co|livestorm\.co|hirevue\.com|bigbluebutton|bbb\.",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"'\\\])}]{4,500}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)


def place_of(event: Component) -> str:
    """Where it is, if that is no link."""
    return clean_line(event.text("LOCATION").replace("\n", ", "), 200)


def links_of(event: Component) -> tuple[str, ...]:
    """Where the talk is held online: what is said to be a meeting's link, and links of such services in the text."""
    found: list[str] = []
    for name in LINKS:
        for entry in list(event.all(name))[:5]:
            found += _URL.findall(entry.value[:1000])[:1]
    for name in ("LOCATION", "DESCRIPTION"):
        found += [link for link in _URL.findall(event.text(name)[:16_000])[:40] if _HOSTS.search(link[:120])]
    return tuple(dict.fromkeys(html.unescape(link).rstrip(".,;:>") for link in found))[:3]


def description_of(event: Component) -> str:
    """Its text without markup and without the lines that only decorate."""
    text = _BREAK.sub("\n", event.text("DESCRIPTION")[:16_000])
    text = html.unescape(_TAG.sub("", text))
    text = "".join(char for char in text if char in "\n\t" or char.isprintable())
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = [line for line in lines if not line or any(char.isalnum() for char in line)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return text if len(text) <= MAX_DESCRIPTION else text[:MAX_DESCRIPTION].rsplit(" ", 1)[0] + " …"
