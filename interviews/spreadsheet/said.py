"""What is said about a file or a row, to be translated by whoever shows it."""

from collections.abc import Callable
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark `text` for translation and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with places for values (`%(name)s`)."""

    text: str
    values: dict[str, str] = field(default_factory=dict)

    def words(self, translate: Callable[[str], str] = gettext_noop) -> str:
        """The sentence in the language of `translate`."""
        return translate(self.text) % self.values
