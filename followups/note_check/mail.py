"""The writer's own new text within a mail: without earlier mail, headers, automatic signatures and attachments."""

import re
from dataclasses import dataclass

_ATTRIBUTION = re.compile(
    r"\s*(?:on|am|le|el|il|op|den|em|mnamo)\b.{0,300}?"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu|aliandika)\s*:?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTION_START = re.compile(r"\s*(?:on|am|le|el|il|op|den|em|mnamo)\b.{0,200}[\d@<]", re.IGNORECASE)
_REST_IS_OLD = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|forwarded message|forwarded by|reply above|ursprüngliche nachricht"
    r"|message d'origine)|begin forwarded message|_{20,}\s*$)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\s*\*?(?:from|sent|date|to|cc|bcc|subject|reply-to|von|gesendet|an|betreff|re|fw|fwd)\*?:", re.I)
_FROM = re.compile(r"\s*\*?(?:from|von)\*?:", re.IGNORECASE)
_AUTOMATIC = re.compile(
    r"\s*(?:sent from my\b|sent via\b|sent from\b|get outlook for|envoyé de mon|von meinem|enviado desde"
    r"|\[(?:image|cid|attachment|attached|inline)\b|attachments?:|attached:|<[^<>]{1,120}>\s*$"
    r"|this e-?mail and any attachments|begin:vcard)",
    re.IGNORECASE,
)
_SIGNATURE_MARK = re.compile(r"-- ?$")

MAX_LINES = 1_500
"""What stands below so many lines is read as one more line: no mail is that long, and pasted columns are not letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the own text: offsets into the note, without the line's end."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def own_lines(text: str) -> list[Line]:
    """Return the lines that the writer wrote for this mail; what is left out counts as a blank line."""
    lines = _lines(text)
    own: list[Line] = []
    number, has_body, after_attribution = 0, False, False
    while number < len(lines):
        line = lines[number]
        if skip := _attribution_length(lines, number):
            own.append(_blanked(line))
            number += skip
            after_attribution = True
            continue
        quoted = line.text.lstrip().startswith((">", "|"))
        if after_attribution and not quoted and not line.is_blank:
            if not own or not _quote_before(lines, number):
                break
            after_attribution = False
        if _REST_IS_OLD.match(line.text) or _SIGNATURE_MARK.match(line.text):
            break
        if _HEADER.match(line.text):
            if has_body and _FROM.match(line.text) and _is_header_block(lines, number):
                break
            if not has_body:
                quoted = True
        if quoted or _AUTOMATIC.match(line.text):
            line = _blanked(line)
        has_body = has_body or not line.is_blank
        own.append(line)
        number += 1
    return own


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for raw in text.splitlines(keepends=True):
        if len(lines) == MAX_LINES:
            lines.append(Line(start, len(text), text[start:]))
            break
        body = raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        lines.append(Line(start, start + len(body), body))
        start += len(raw)
    return lines


def _blanked(line: Line) -> Line:
    return Line(line.start, line.end, "")


def _attribution_length(lines: list[Line], number: int) -> int:
    """Return over how many lines (up to three) an "On … wrote:" runs from here; 0 if there is none."""
    if not _ATTRIBUTION_START.match(lines[number].text):
        return 0
    joined = ""
    for length, line in enumerate(lines[number : number + 3], start=1):
        if line.is_blank:
            return 0
        joined += " " + line.text[:400]
        if _ATTRIBUTION.match(joined):
            return length
    return 0


def _quote_before(lines: list[Line], number: int) -> bool:
    """Say whether the nearest earlier line that is not blank is quoted mail."""
    for line in reversed(lines[max(0, number - 20) : number]):
        if not line.is_blank:
            return line.text.lstrip().startswith((">", "|"))
    return False


def _is_header_block(lines: list[Line], number: int) -> bool:
    return sum(bool(_HEADER.match(line.text)) for line in lines[number : number + 5]) >= 2
