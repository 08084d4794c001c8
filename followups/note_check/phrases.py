"""Phrases as data: a small pattern language over plain words, with an index so that few patterns meet each sentence.

A pattern is words between blanks: `a|b` either, `word*` any ending, `word?` may be missing, `~3` up to three words
within the clause, `=3` the same but over no word of the class "others", `{name}` a named class of words, `@` up to five words of the class "filler", `^` start of a clause,
`$` its end. The gaps are bounded and sentences are at most MAX_WORDS long, so the work is linear in the text.
"""

import re
from collections.abc import Iterable, Mapping

KEY = 4
"""Letters of a word: by its first ones a pattern is looked up."""


class Phrases:
    """A set of patterns, searched together in a sentence's plain text (" word word , word ")."""

    def __init__(self, patterns: Iterable[str], classes: Mapping[str, str]) -> None:
        self._classes = classes
        self._index: dict[str, list[int]] = {}
        self.expressions: list[re.Pattern[str]] = []
        for number, pattern in enumerate(p.strip() for p in patterns if p.strip()):
            expression, triggers = self._compile(pattern)
            self.expressions.append(re.compile(expression))
            for trigger in triggers:
                self._index.setdefault(trigger, []).append(number)
        self._keys = frozenset(self._index)

    def search(self, text: str, keys: Iterable[str]) -> re.Match[str] | None:
        """Return the match of some pattern in the sentence, or None. `keys` are the first letters (KEY) of its words."""
        if self._keys.isdisjoint(keys):
            return None
        candidates = {number for k in keys for number in self._index.get(k, ())}
        for number in sorted(candidates):
            if found := self.expressions[number].search(text):
                return found
        return None

    def _compile(self, pattern: str) -> tuple[str, set[str]]:
        parts, best, best_score = [], set[str](), 0
        for element in pattern.split():
            part, words = self._element(element)
            parts.append(part)
            score = min((min(len(w), KEY + 2) for w in words), default=0)
            if score > best_score:
                best, best_score = {w[:KEY] for w in words}, score
        if not best:
            raise ValueError(f"no word to index in {pattern!r}")
        return "(?<= )" + "".join(parts), best

    def _element(self, element: str) -> tuple[str, list[str]]:
        if element == "^":
            return r"(?:(?<=\A )|(?<=, ))", []
        if element == "$":
            return r"(?=\Z|, )", []
        if element == "@":
            return f"(?:(?:{self._alternatives(self._classes['filler'].split('|'))}) ){{0,5}}", []
        if element.startswith("="):
            others = self._alternatives(self._classes["others"].split("|"))
            return f"(?:(?!(?:{others}) )[^ ,]+ ){{0,{int(element[1:])}}}", []
        if element.startswith("~"):
            return f"(?:[^ ,]+ ){{0,{int(element[1:])}}}", []
        optional = element.endswith("?")
        words = self._words(element.removesuffix("?"))
        part = f"(?:{self._alternatives(words)}) "
        unsure = optional or any(w.endswith("*") and len(w) <= KEY for w in words)
        return (f"(?:{part})?" if optional else part), [] if unsure else [_first(w) for w in words]

    def _words(self, element: str) -> list[str]:
        words: list[str] = []
        for word in element.split("|"):
            if word.startswith("{"):
                words += self._words(self._classes[word[1:-1]])
            else:
                words.append(word)
        return words

    @staticmethod
    def _alternatives(words: list[str]) -> str:
        return "|".join(
            re.escape(w.removesuffix("*")).replace("_", " ") + ("[^ ]*" if w.endswith("*") else "") for w in words
        )


def _first(word: str) -> str:
    return word.removesuffix("*").split("_")[0]
