"""How interviews are found by words: what is written down about one, and what somebody types, made comparable.

Pure: standard library only.
"""

import unicodedata

MOST_TERMS = 6
LONGEST_TERM = 60
# Letters that stay whole when accents are taken away, as people type them without a keyboard of that language.
_WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
# O'Neil, O’Neil and ONeil are one name; quotes around a search mean nothing here.
_NOTHING = str.maketrans("", "", "'’‘`´\"“”„«»")


def fold(text: str) -> str:
    """`text` without case, accents, quotes and line breaks: "Café  O’Neil" becomes "cafe oneil"."""
    plain = _without_marks(_without_marks(text).casefold()).translate(_WHOLE).translate(_NOTHING)
    return " ".join("".join(char if char.isprintable() else " " for char in plain).split())


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def terms(text: str) -> list[str]:
    """The words to look for: each must occur, in any order, also as a part of a longer word."""
    # A pasted page is not a search; what is cut off would only make it slower.
    words = fold(text[:1000]).split()
    return list(dict.fromkeys(word[:LONGEST_TERM] for word in words))[:MOST_TERMS]
