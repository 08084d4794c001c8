"""Which column is which: by the words of the first line, English and Swahili, as people write them, or as she says."""

from collections.abc import Collection, Sequence

from accounts.csv_files import Said, gettext_noop
from interviews.finding import fold

LETTERS = 26

# The first is what the export writes. Folded, without anything but letters and digits.
WORDS = {
    "company": ("company", "employer", "organisation", "organization", "firm", "kampuni", "mwajiri", "shirika"),
    "role_title": ("jobtitle", "job", "role", "position", "title", "post", "vacancy", "kazi", "cheo", "nafasi"),
    "date": ("date", "interviewdate", "dateofinterview", "day", "interviewedon", "tarehe", "siku"),
    "start": ("start", "starttime", "starts", "time", "from", "begin", "begins", "muda", "saa", "kuanza", "mwanzo"),
    "end": ("end", "endtime", "ends", "ended", "until", "to", "finish", "mwisho", "kumalizika", "hadi"),
    "zone": ("timezone", "zone", "tz", "saazaeneo", "eneo"),
    "decision": ("decision", "decisiondate", "decisionon", "theydecideon", "decides", "deadline", "answerby", "uamuzi", "tareheyauamuzi"),
    "decision_time": ("decisiontime", "decidesat", "saayauamuzi"),
    "people": ("interviewers", "interviewer", "people", "person", "contact", "contacts", "panel", "met", "wahojaji", "mhojaji"),
    "emails": ("emailaddresses", "emailaddress", "email", "emails", "mail", "intervieweremail", "contactemail", "baruapepe"),
    "outcome": ("outcome", "result", "answer", "matokeo", "jibu"),
    "state": ("state", "status", "stage", "hali"),
    "went_well": ("whatwentwell", "wentwell", "kilichoendavizuri"),
    "notes": ("notes", "note", "jottings", "comments", "comment", "remarks", "maelezo", "maoni"),
}  # fmt: skip
FIELD_OF = {word: field for field, words in WORDS.items() for word in words}


MEANINGS = {
    "company": gettext_noop("Company"),
    "role_title": gettext_noop("Job title"),
    "date": gettext_noop("Date"),
    "start": gettext_noop("Start"),
    "end": gettext_noop("End"),
    "zone": gettext_noop("Time zone"),
    "decision": gettext_noop("Decision"),
    "decision_time": gettext_noop("Decision time"),
    "people": gettext_noop("Interviewers"),
    "emails": gettext_noop("E-mail addresses"),
    "outcome": gettext_noop("Outcome"),
    "state": gettext_noop("State"),
    "went_well": gettext_noop("What went well"),
    "notes": gettext_noop("Notes"),
}
DAYS = frozenset({"date", "start", "end"})
NO_COMPANY = gettext_noop("Which column is the company? Each interview needs one.")
NO_DATE = gettext_noop("Which column is the date? Each interview needs its day.")
TWICE = gettext_noop("“%(column)s” has this meaning already.")
UNKNOWN = gettext_noop("Choose one of the meanings.")


def meanings_of(header: Sequence[str]) -> list[str]:
    """What each column means, by its name; "" for those nobody knows. Of two for one meaning the first counts."""
    found: list[str] = []
    for name in header:
        meaning = FIELD_OF.get("".join(char for char in fold(name) if char.isalnum()), "")
        found.append("" if meaning in found else meaning)
    return found


def problems_of(meanings: Sequence[str], header: Sequence[str]) -> dict[int, Said]:
    """Place of a column → what is wrong with the meaning it was given."""
    problems: dict[int, Said] = {}
    for place, meaning in enumerate(meanings):
        if meaning and meaning not in MEANINGS:
            problems[place] = Said(UNKNOWN)
        elif meaning and (first := meanings.index(meaning)) < place:
            problems[place] = Said(TWICE, {"column": name_of(header, first)})
    return problems


def missing_of(meanings: Collection[str]) -> str:
    """What has to be asked before a list with these columns can be used; "" if nothing."""
    if "company" not in meanings:
        return NO_COMPANY
    return "" if DAYS & set(meanings) else NO_DATE


def name_of(header: Sequence[str], place: int) -> str:
    """The name of a column, or the letter by which a spreadsheet program calls it."""
    if header[place]:
        return header[place]
    return chr(ord("A") + place) if place < LETTERS else f"A{chr(ord('A') + place - LETTERS)}"
