"""A letter in her name: what it says, and its life from her word to its fate. Thank-you notes and briefs are such letters."""

from followups.services.letters.life import BetterChanged, LetterLife, moved_on
from followups.services.letters.text import Letter, eml, in_her_name, mailto, normal_text

__all__ = [
    "BetterChanged",
    "Letter",
    "LetterLife",
    "eml",
    "in_her_name",
    "mailto",
    "moved_on",
    "normal_text",
]
