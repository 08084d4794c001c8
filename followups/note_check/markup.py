"""A pasted HTML mail read as text: every tag becomes blanks or a line break of its own length, so that places stay true."""

import re

from followups.note_check.classes import word_set

_LOOKS_MARKED = re.compile(
    r"</[a-z]|<(?:p|br|div|span|html|body)\b|&(?:nbsp|#\d{2,5}|amp|quot|rsquo|lsquo);", re.IGNORECASE
)
_UNSEEN = re.compile(r"<(style|script|head|blockquote)\b[^<>]{0,500}>.*?(?:</\1\s{0,5}>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(
    r"</?(p|br|div|span|b|i|u|s|em|strong|a|ul|ol|li|h[1-6]|table|tbody|thead|tr|td|th|font|html|body|img|o:p|hr|pre|center|small|sup|sub"
    r"|meta|link|title|section|article|signature|blockquote|style|script|head)\b[^<>]{0,500}>|<!--.{0,500}?-->",
    re.IGNORECASE | re.DOTALL,
)
_BREAKS = word_set("p br div li tr table ul ol hr h1 h2 h3 h4 h5 h6 body html blockquote pre section article")
_ENTITY = re.compile(
    r"&(?:(nbsp|amp|quot|apos|lt|gt|rsquo|lsquo|ldquo|rdquo|ndash|mdash|hellip)|#(\d{2,5}));", re.IGNORECASE
)
_NAMED = {"nbsp": " ", "amp": "&", "quot": '"', "apos": "'", "lt": "<", "gt": ">", "rsquo": "’", "lsquo": "‘", "ldquo": "“",
          "rdquo": "”", "ndash": "–", "mdash": "—", "hellip": "…"}  # fmt: skip
_JOINER = "\u2060"


def without_markup(text: str) -> str:
    """Return the text with its markup blanked out, exactly as long as before; a text without markup comes back as it is."""
    if not _LOOKS_MARKED.search(text):
        return text
    text = _UNSEEN.sub(_blank, text)
    return _ENTITY.sub(_character, _TAG.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    is_break = (found.group(1) or "").casefold() in _BREAKS
    return ("\n" if is_break else " ") + " " * (len(found.group()) - 1)


def _character(found: re.Match[str]) -> str:
    name, number = found.groups()
    char = _NAMED[name.casefold()] if name else chr(int(number))
    width = len(found.group())
    # A word goes on through an apostrophe: what pads it must not part it.
    return _JOINER * (width - 1) + char if char in "'’‘" else char + " " * (width - 1)
