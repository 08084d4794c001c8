"""Which column is which, by the words of the first line: English and Swahili, as people write them."""

from interviews.finding import fold

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


def columns_of(header: list[str]) -> tuple[dict[str, int], list[str]]:
    """Field → place of its column, and the names of the columns nobody knows. Of two for one field the first counts."""
    places: dict[str, int] = {}
    unused = []
    for place, name in enumerate(header):
        field = FIELD_OF.get("".join(char for char in fold(name) if char.isalnum()))
        if field is None or field in places:
            if name.strip():
                unused.append(" ".join(name.split())[:60])
        else:
            places[field] = place
    return places, unused
