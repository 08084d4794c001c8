"""Who is in an invitation besides the candidate, by name and address."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from interviews.invitation.companies import is_of_a_tool
from interviews.invitation.lines import Component, Property

MAX_ATTENDEES = 60
MAX_PEOPLE = 12
MAX_NAME = 50

_ADDRESS = re.compile(r"[A-Za-z0-9.&'*+/=~^$#{|}`_-]{1,64}@[A-Za-z0-9.-]{1,190}")
_NOT_PEOPLE = frozenset({"ROOM", "RESOURCE", "GROUP"})
_NOBODY = re.compile(
    r"(no|do-?not)[-._]?reply|calendar|invite|scheduling|notifications?|mailer|bounce|room|meeting", re.IGNORECASE
)
_HR = re.compile(r"hr|people|talent|recruit(ing|ment|er)?|jobs?|careers?|hiring|personal|bewerbung", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str  # "" where the invitation gives none that mail could go to
    kind: str = "interviewer"  # or "hr"


def clean_line(text: str, length: int) -> str:
    """One line of visible characters, without links and addresses."""
    visible = "".join(" " if unicodedata.category(char) in _INVISIBLE else char for char in text[:500])
    words = [word for word in visible.replace("=?", " ").split() if not is_link(word)]
    line = " ".join(words)
    return line if len(line) <= length else line[: length + 1].rsplit(" ", 1)[0][:length].rstrip(" ,-–:|")


def is_link(word: str) -> bool:
    return "@" in word or re.search(r"https?:|www\.|\w\.[a-z]{2,}/", word, re.IGNORECASE) is not None


def people_of(event: Component, *, addresses: frozenset[str], her_name: str) -> tuple[Person, ...]:
    """Organiser first, then who is invited: not she herself, no rooms, no machines, nobody who has declined."""
    found: dict[str, Person] = {}
    asked = [*list(event.all("ORGANIZER"))[:1], *list(event.all("ATTENDEE"))[:MAX_ATTENDEES]]
    for entry in asked:
        person = _person(entry)
        if person is None or person.email.casefold() in addresses or _same(person.name, her_name):
            continue
        found.setdefault(person.email.casefold() or person.name.casefold(), person)
    return tuple(found.values())[:MAX_PEOPLE]


def domains_of(event: Component, *, addresses: frozenset[str]) -> Iterable[str]:
    """The domains of everybody else's address, the organiser's first."""
    for entry in [*list(event.all("ORGANIZER"))[:1], *list(event.all("ATTENDEE"))[:MAX_ATTENDEES]]:
        address = _address(entry)
        if address and address.casefold() not in addresses:
            yield address.rpartition("@")[2].casefold()


def _person(entry: Property) -> Person | None:
    if entry.params.get("CUTYPE", "").upper() in _NOT_PEOPLE or entry.params.get("PARTSTAT", "").upper() == "DECLINED":
        return None
    email = _address(entry)
    local, _, domain = email.partition("@")
    if not email or is_of_a_tool(domain) or _NOBODY.fullmatch(local.split("+")[0]):
        return None
    return Person(
        name=_name(entry.params.get("CN", ""), local),
        email=email,
        kind="hr" if _HR.fullmatch(re.split(r"[-._+]", local)[0]) else "interviewer",
    )


def _address(entry: Property) -> str:
    # Exchange writes EMAIL= beside a "mailto:" of its own directory.
    for text in (entry.value, entry.params.get("EMAIL", "")):
        address = re.sub(r"^\s*mailto:", "", text, flags=re.IGNORECASE).strip()
        if _ADDRESS.fullmatch(address):
            return address
    return ""


def _name(common_name: str, local: str) -> str:
    """As people write it: "Wanjiru, Grace (Savanna)" is Grace Wanjiru, and grace.wanjiru@ without a name too."""
    text = common_name.strip(" \"'")
    if "@" not in text:
        text = re.sub(r"[(\[][^)\]]{0,80}[)\]]?", " ", text)
        last, comma, first = text.partition(",")
        text = clean_line(f"{first} {last}" if comma else text, MAX_NAME)
        if text:
            return text
    words = [word for word in re.split(r"[^A-Za-z]+", local) if word]
    return clean_line(" ".join(word.capitalize() for word in words) or local, MAX_NAME)


def _same(name: str, other: str) -> bool:
    return bool(other) and sorted(name.casefold().split()) == sorted(other.casefold().split())
