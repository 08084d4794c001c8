"""Finds what was left in from a template, and the name of somebody else or of another company."""

import re
from collections.abc import Iterator

from followups.note_check.classes import word_set
from followups.note_check.text import Note, Sentence
from followups.note_check.words import normal_words, slips

_PLACEHOLDER = re.compile(
    r"\[(?!\s*(?:image|cid|sic|link|attachment|attached|inline|\d{1,3}|x|\.\.\.|…)\b)[^\[\]\n]{1,60}\]|\{\{?[^{}\n]{1,60}\}\}?|«[A-Za-z_ ]{1,40}»"
    r"|<(?:your|my|the|first|last|company|name|insert|role|job|position|title|interviewer|date|topic|hiring)[^<>\n@]{0,40}>"
    r"|_{3,}|\b[Xx]{3,}\b|\bXX\b|%[A-Za-z_]{2,30}%|\$[A-Z_]{3,30}\b|\blorem ipsum\b"
    r"|\((?:job title|company(?: name)?|name(?: of)?|pick|insert|your|position|interviewer|topic|role|title|date|specific|something|fill in|mention|add)\b[^()\n]{0,80}\)"
    r"|\b(?:COMPANY NAME|YOUR NAME|INSERT|JOB TITLE|INTERVIEWER NAME|FIRST NAME|LAST NAME|TBD|TBC)\b"
    r"|\b(?:Company Name|Your Name|Interviewer Name|Interviewer's Name|Job Title|First Name|Last Name|Hiring Manager's Name|Position Title)\b"
)
_TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir madam maam rev eng hon bi bw mwalimu fr sr sheikh smt shri adv judge captain"
)
_NOBODY = _TITLES | word_set(
    "dear hi hello hey hiya hallo good morning afternoon evening day greetings to whom it may concern team all everyone everybody panel committee board search hiring "
    "manager recruiter recruitment recruiting interview interviewing interviewers interviewer members member of the and both friends folks colleagues ladies gentlemen respected habari jambo hujambo "
    "salaam salam shikamoo namaste again there hr human resources department office selection there guys mpendwa bonjour guten tag hola ciao my esteemed bwana bibi za yenu yako sasa mambo sir or 's wote "
    "jambo assalamu alaikum as aleikum assalam salaams so much very kind sirs"
)
_SHORT = {
    "bob": "robert", "rob": "robert", "bill": "william", "will": "william", "dick": "richard", "rick": "richard", "jim": "james", "jack": "john", "kate": "catherine",
    "peggy": "margaret", "meg": "margaret", "ted": "edward", "ned": "edward", "hank": "henry", "harry": "henry", "chuck": "charles", "liz": "elizabeth", "beth": "elizabeth",
    "betty": "elizabeth", "sasha": "alexander", "mike": "michael", "tony": "anthony", "becky": "rebecca", "molly": "mary", "polly": "mary", "tom": "thomas", "andy": "andrew",
}  # fmt: skip


def placeholders(note: Note) -> Iterator[tuple[int, int]]:
    """Yield the spans of gaps that were never filled: [Name], {company}, ____, (job title)."""
    for line in note.lines:
        for found in _PLACEHOLDER.finditer(line.text):
            yield line.start + found.start(), line.start + found.end()


def wrong_name(note: Note, interviewer: str) -> tuple[int, int] | None:
    """Return the greeting's span if it names somebody, and nobody in `interviewer`."""
    known = [word for word in _plain(interviewer) if word not in _NOBODY]
    start, end = note.greeting
    greeted = [
        word for word in _plain(note.text[start:end]) if word not in _NOBODY and len(word) > 1 and word.isalpha()
    ]
    if not known or not greeted or any(_is_same(word, name) for word in greeted for name in known):
        return None
    return start, end


def _plain(text: str) -> list[str]:
    return [word for raw in re.findall(r"[^\W\d_][\w'’-]*", text) for word in normal_words(raw)]


def _is_same(word: str, name: str) -> bool:
    if (
        word == name
        or _SHORT.get(word) == name
        or _SHORT.get(name) == word
        or _SHORT.get(word, word) == _SHORT.get(name, name)
    ):
        return True
    if len(word) >= 3 and len(name) >= 3 and (word in name or name in word):
        return True
    return min(len(word), len(name)) > 4 and max(len(word), len(name)) <= 18 and slips(word, name, 1) <= 1


_JOINS = re.compile(
    r" (?:(?:role|position|post|job|opportunity|vacancy|opening|internship|interview|interviewed|interviewing|career|future|team) (?:here |me )?(?:at|with)"
    r"|(?:join|joining)|(?:work|working) (?:for|at|with)|(?:interest|interested) in (?:working (?:for|at) )?|part of|more about|learning about|opportunity (?:at|with)|interview(?:ing)? me (?:at|for))"
    r" (?:the )?$"
)
_PAST = re.compile(
    r" (?:worked|previous|previously|former|formerly|last|old|current|currently|left|my (?:job|role|position|post|work|internship|time|career)) "
)
_NO_COMPANY = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december mr mrs ms miss dr prof "
    "i i'm you your we our us the a an it this that english swahili kiswahili python java sql excel power bi zoom teams google skype africa kenya nairobi london india"
)
_LEGAL = {
    "ltd",
    "limited",
    "inc",
    "plc",
    "co",
    "company",
    "corp",
    "corporation",
    "group",
    "the",
    "llc",
    "gmbh",
    "and",
    "of",
    "pvt",
    "kenya",
    "uk",
    "international",
    "africa",
}


def wrong_company(note: Note, company: str, names: str) -> tuple[int, int] | None:
    """Return the span of a company the writer wants to join that is not `company`. `names` are people's."""
    known = {word for word in _plain(company) if word not in _LEGAL} or set(_plain(company))
    if not known:
        return None
    people = set(_plain(names))
    initials = "".join(word[0] for word in _plain(company))
    for sentence in note.sentences:
        for start, end, words in _named(sentence):
            meant = [word for word in words if word not in _LEGAL] or words
            if people.intersection(meant) or initials in meant:
                continue
            if not any(_is_same(word, name) for word in meant for name in known):
                return start, end
    return None


def _named(sentence: Sentence) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the capitalised names that stand where the new employer is named."""
    tokens = sentence.tokens
    if all(token.is_title for token in tokens):
        return
    at = 0
    while at < len(tokens):
        first = at
        while at < len(tokens) and tokens[at].is_title and tokens[at].word not in _NO_COMPANY and at - first < 6:
            at += 1
        if at == first:
            at += 1
            continue
        before = " " + " ".join([*sentence.words[max(0, first - 6) : first], ""])
        behind = tokens[at].word if at < len(tokens) else ""
        if (
            _JOINS.search(before)
            and not _PAST.search(before)
            and behind not in {"'s", "role", "position", "team", "project", "course"}
        ):
            yield tokens[first].start, tokens[at - 1].end, sentence.words[first:at]
