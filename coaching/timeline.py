"""A client's time as her coach may see it: interviews, decisions, notes, reviews, sessions and words, the latest first.

One query, whatever there is: each kind is a part of a union and comes with the words it is told in.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, IntegerField, Q, TextField, UUIDField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from coaching.models import Booking, Comment, Review
from followups.models import ThankYouNote, TriageDecision
from interviews.models import Interview, Mistake

SIZE = 25
COLUMNS = ("rank", "at", "row", "ref", "about", "name", "words", "code", "place")


@dataclass(frozen=True)
class Moment:
    """One line. `text` are somebody's own words; `about` is the interview it belongs to, if it belongs to one."""

    kind: str
    at: datetime
    zone: str
    title: str
    text: str
    state: str
    status: str
    url: str
    about: Any


@dataclass(frozen=True)
class Stretch:
    """One page of it. `cursor` leads to what was before (empty: nothing was), `is_first` where nothing is newer."""

    moments: list
    cursor: str
    is_first: bool


def of_client(client, *, reader, now, cursor=""):
    """What `reader` may see of this client, from the cursor on. A cursor that makes no sense shows the latest."""
    after = _read(cursor)
    parts = [
        _until(part(client, reader, now), rank, after).order_by("-at", "-row").values(*COLUMNS)[: SIZE + 1]
        for rank, part in enumerate(_PARTS)
    ]
    rows = list(parts[0].union(*parts[1:], all=True).order_by("-at", "-rank", "-row")[: SIZE + 1])
    more, rows = len(rows) > SIZE, rows[:SIZE]
    return Stretch(
        moments=[_KINDS[row["rank"]](row) for row in rows],
        cursor=_cursor(rows[-1]) if more else "",
        is_first=after is None,
    )


def _told(rows, rank, *, at, about, title, ref="public_id", text=None, code=None, zone=None):
    nothing = Value("", output_field=TextField())
    return rows.annotate(
        rank=Value(rank, output_field=IntegerField()),
        at=at,
        row=F("id"),
        ref=Cast(ref, UUIDField()),
        about=Cast(about, UUIDField()),
        name=Cast(title, TextField()),
        words=Cast(text, TextField()) if text is not None else nothing,
        code=Cast(code, CharField()) if code is not None else Value("", output_field=CharField()),
        place=Cast(zone, TextField()) if zone is not None else nothing,
    )


def _shared(client, reader):
    return Interview.objects.visible_to(reader).filter(candidate=client)


def _interviews(client, reader, now):
    return _told(
        _shared(client, reader),
        0,
        at=F("ends_at"),
        about=F("public_id"),
        title=F("company"),
        text=F("role_title"),
        code=F("status"),
        zone=F("zone"),
    )


def _decisions(client, reader, now):
    rows = TriageDecision.objects.current().filter(mistake__interview__in=_shared(client, reader))
    return _told(
        rows,
        1,
        at=F("created_at"),
        about=F("mistake__interview__public_id"),
        title=F("mistake__interview__company"),
        ref=F("mistake__public_id"),
        text=F("mistake__kind"),
        code=F("action"),
    )


def _notes(client, reader, now):
    rows = ThankYouNote.objects.filter(interview__in=_shared(client, reader))
    return _told(
        rows,
        2,
        at=Coalesce("sent_at", "created_at"),
        about=F("interview__public_id"),
        title=F("interview__company"),
        code=F("status"),
        zone=F("interview__zone"),
    )


def _reviews(client, reader, now):
    rows = Review.objects.visible_to(reader).filter(candidate=client).exclude(status=Review.Status.OPEN)
    return _told(
        rows,
        3,
        at=Coalesce("answered_at", "updated_at"),
        about=F("interview__public_id"),
        title=F("interview__company"),
        text=F("message"),
        code=F("status"),
    )


def _sessions(client, reader, now):
    rows = Booking.objects.filter(candidate=client, coach=reader, starts_at__lte=now).shown()
    none = Value(None, output_field=UUIDField())
    place = F("slot__place")
    return _told(rows, 4, at=F("starts_at"), about=none, title=place, code=F("status"), zone=F("slot__zone"))


def _comments(client, reader, now):
    rows = Comment.objects.visible_to(reader).filter(candidate=client)
    return _told(
        rows,
        5,
        at=F("created_at"),
        about=F("interview__public_id"),
        title=Coalesce("interview__company", Value(""), output_field=TextField()),
        ref=Coalesce("decision__mistake__public_id", "interview__public_id", output_field=UUIDField()),
        text=F("text"),
        code=F("visibility"),
        zone=Coalesce("author__name", Value(""), output_field=TextField()),
    )


_PARTS = (_interviews, _decisions, _notes, _reviews, _sessions, _comments)


def _interview(row):
    url = reverse("interview-detail", args=[row["ref"]])
    title = ", ".join(part for part in (row["name"], row["words"]) if part)
    return _moment(row, "interview", title, url, state=Interview.Status(row["code"]).label)


def _decision(row):
    url = reverse("mistake-detail", args=[row["ref"]])
    title = _("%(kind)s: %(action)s") % {
        "kind": Mistake.Kind(row["words"]).label,
        "action": TriageDecision.Action(row["code"]).label,
    }
    return _moment(row, "decision", title, url, place=row["name"])


def _note(row):
    url = reverse("note-detail", args=[row["ref"]])
    title = _("The note to %(company)s") % {"company": row["name"]}
    return _moment(row, "note", title, url, state=ThankYouNote.Status(row["code"]).label)


def _review(row):
    url = reverse("review-detail", args=[row["ref"]])
    title = _("Review: %(company)s") % {"company": row["name"]}
    return _moment(row, "review", title, url, text=row["words"], state=Review.Status(row["code"]).label)


def _session(row):
    url = reverse("booking-detail", args=[row["ref"]])
    return _moment(row, "session", _("Mock session"), url, state=Booking.Status(row["code"]).label)


def _comment(row):
    name = "mistake-detail" if row["ref"] != row["about"] else "interview-detail"
    url = reverse(name, args=[row["ref"]]) + "#words" if row["ref"] else ""
    state = {"private": _("only you"), "coaches": _("coaches only"), "shared": _("your client too")}[row["code"]]
    title = _("%(author)s wrote") % {"author": row["place"] or _("Somebody")}
    row = row | {"place": ""}
    return _moment(row, "comment", title, url, text=row["words"], state=state, place=row["name"])


_KINDS = (_interview, _decision, _note, _review, _session, _comment)


def _moment(row, kind, title, url, *, text="", state="", place=""):
    return Moment(
        kind=kind,
        at=row["at"],
        zone=row["place"],
        title=f"{title} · {place}" if place else title,
        text=text,
        state=state,
        status=row["code"],
        url=url,
        about=row["about"],
    )


def _until(rows, rank, after):
    """What comes after the cursor, within one part: parts of a lower rank come later at the same instant."""
    if after is None:
        return rows
    at, last_rank, last_row = after
    if rank < last_rank:
        return rows.filter(at__lte=at)
    if rank > last_rank:
        return rows.filter(at__lt=at)
    return rows.filter(Q(at__lt=at) | Q(at=at, row__lt=last_row))


def _cursor(row):
    return base64.urlsafe_b64encode(json.dumps([row["at"].isoformat(), row["rank"], row["row"]]).encode()).decode()


def _read(cursor):
    try:
        text, rank, row = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        at = parse_datetime(text)
        good = at and at.tzinfo and 0 <= int(rank) < len(_PARTS) and 0 < int(row) < 2**63
        return (at, int(rank), int(row)) if good else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
