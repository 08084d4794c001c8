"""Which company and which job an invitation is about, guessed from its title and from whose address it came."""

import re
from collections.abc import Iterable

MAX_COMPANY = MAX_ROLE = 80

_FREE_MAIL = frozenset(
    [
        "gmail",
        "googlemail",
        "outlook",
        "hotmail",
        "live",
        "msn",
        "yahoo",
        "ymail",
        "icloud",
        "me",
        "mac",
        "aol",
        "gmx",
        "web",
        "t-online",
        "proton",
        "protonmail",
        "pm",
        "fastmail",
        "zoho",
        "mail",
    ]
)
# Those that only pass invitations on; their domains are nobody's company, and nobody reads mail there.
_TOOLS = (
    *("calendly.com", "greenhouse.io", "greenhouse-mail.io", "lever.co", "ashbyhq.com", "workablemail.com", "zoom.us"),
    *("calendar.google.com", "myworkday.com", "smartrecruiters.com", "goodtime.io", "resource.calendar.google.com"),
    *("group.calendar.google.com", "teams.microsoft.com"),
)
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "ac", "go", "or", "ne", "gov", "edu"])

_PREFIX = re.compile(
    r"\s*(?:re|fwd?|aw|wg|accepted|declined|tentative(?:ly accepted)?|(?:updated |new )?invitation(?: from an unknown sender)?|"
    r"cancell?ed(?: event)?|updated|rescheduled|reminder|confirmed|new event|"
    r"(?:aktualisierte )?einladung|abgesagt|akzeptiert|zugesagt|mwaliko|imeghairiwa)\s*:\s*",
    re.IGNORECASE,
)
# Google's own: "… @ Tue Nov 24, 2026 10am - 10:45am (EAT) (achieng@mail.example)".
_GOOGLE_TAIL = re.compile(r"\s@\s(?:\w{2,9}\.?,? )[^@]{0,80}\d{1,2}[:.]?\d{0,2}.*$")
_SEPARATOR = re.compile(r"\s+[-–—|•·/]\s+|\s*[|•]\s*|:\s+|\s+<>\s+")
_WITH = re.compile(
    r"\b(?:interview|call|chat|conversation|meeting|screen|talk|gespräch|vorstellungsgespräch)\b[^|]{0,40}?\s(?:with|at|@|bei|mit)\s+(.+)",
    re.IGNORECASE,
)
_AT = re.compile(r"\s(?:at|@|bei)\s+(\S.*)", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(\S.*?)\s+(?:phone |video |online |onsite |technical |first |second |final |panel |job )*interview\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:for|als|as)\s+(?:the |a |an |our |your )?(.+?)(?:\s+(?:role|position|job|stelle))?(?=\s+(?:at|with|bei|mit|@)\s|\s+[-–—|]|[|,(]|$)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s+(?:for|about|re|regarding|as|on|via|als|über)\s.*$|[(\[,].*$", re.IGNORECASE)
# Words of the occasion, not of a name.
_OCCASION = re.compile(
    r"\b(?:interview|call|chat|screen(?:ing)?|meeting|round|onsite|panel|phone|video|online|intro(?:ductory)?|technical|final|first|second|"
    r"third|conversation|vorstellungsgespräch|gespräch|\d+|min|minutes?|the|a|an|your|job|teams|zoom|hr)\b",
    re.IGNORECASE,
)
# As domains write them.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LEGAL = frozenset(
    [
        "ltd",
        "limited",
        "inc",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "se",
        "sa",
        "bv",
        "nv",
        "co",
        "company",
        "corp",
        "corporation",
        "kg",
        "ug",
        "limited.",
        "ltd.",
        "inc.",
        "co.",
    ]
)


def is_of_a_tool(domain: str) -> bool:
    domain = domain.casefold()
    return any(domain == tool or domain.endswith(f".{tool}") for tool in _TOOLS)


def same_company(one: str, other: str) -> bool:
    """Whether two spellings name one employer: capitals, signs and "Ltd" make no difference."""
    return bool(company_key(one)) and company_key(one) == company_key(other)


def company_key(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().translate(_UMLAUTS))
    kept = [word for word in words if word not in _LEGAL and word != "the"]
    return "".join(kept or words)


def title_of(summary: str) -> str:
    """A summary without what calendars put around it."""
    text = " ".join(summary[:500].split())
    for _ in range(4):
        found = _PREFIX.match(text)
        if not found:
            break
        text = text[found.end() :]
    return _GOOGLE_TAIL.sub("", text).strip(" -–—|:")


def guess_company(title: str, domains: Iterable[str], *, people: Iterable[str]) -> str:
    """The employer's name, or "" where nothing says it. `people` are names that are no companies."""
    nobody = {company_key(name) for name in people}
    label = next((found for domain in domains if (found := _label(domain))), "")
    said = [
        name for name in _candidates(title) if company_key(name) not in nobody and _OCCASION.sub("", name).strip(" -&")
    ]
    if label:
        key = company_key(label.replace("-", " "))
        fitting = [
            name
            for name in said
            if company_key(name) and (company_key(name).startswith(key) or key.startswith(company_key(name)))
        ]
        return (fitting or [_run(title, key) or " ".join(part.capitalize() for part in label.split("-"))])[0][
            :MAX_COMPANY
        ]
    # Without an address to go by only what is said to be one: "interview with …", "… at …", "… | Phone screen".
    is_said = _WITH.search(title) or _AT.search(title) or (len(said) == 1 and _SEPARATOR.search(title))
    return said[0][:MAX_COMPANY] if said and is_said else ""


def guess_role(title: str) -> str:
    found = _ROLE.search(title)
    role = found[1].strip(" -–—|:") if found else ""
    return role if 2 < len(role) <= MAX_ROLE else ""


def _candidates(title: str) -> list[str]:
    found = [match[1] for pattern in (_WITH, _AT, _BEFORE) if (match := pattern.search(title))]
    found += _SEPARATOR.split(title)
    names = []
    for text in found:
        name = _SEPARATOR.split(_ENDS.sub("", text))[0].strip(" -–—|:.")
        if name and len(name) <= MAX_COMPANY:
            names.append(name)
    return names


def _label(domain: str) -> str:
    """The name in a domain: savanna-books of mail.savanna-books.co.ke; "" for everybody's mail and for tools."""
    parts = [part for part in domain.casefold().split(".") if part][:-1]
    if len(parts) > 1 and parts[-1] in _SECOND_LEVEL:
        parts.pop()
    if not parts or parts[-1] in _FREE_MAIL or is_of_a_tool(domain):
        return ""
    return parts[-1]


def _run(title: str, key: str) -> str:
    """The words of the title that, put together, spell the domain: "Savanna Books" for savannabooks."""
    words = title.split()[:60]
    for start in range(len(words)):
        for end in range(start + 1, min(start + 5, len(words)) + 1):
            if company_key(" ".join(words[start:end])) == key:
                return " ".join(words[start:end]).strip(" -–—|:,.()")
    return ""
