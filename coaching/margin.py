"""What stands beside a client's time on her coach's page: what waits, goals, lessons, and the coach's own replies.

One query for the four, as `timeline` has one for all that has been: each is a part of a union, and comes back as its record
with no more than the page shows of it.
"""

from dataclasses import dataclass

from django.db.models import DateTimeField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast

from coaching.models import CannedReply, Goal, Review
from followups.models import Lesson
from interviews.models import Interview

SHOWN = 25
COLUMNS = ("part", "row", "ref", "name", "words", "at")


@dataclass(frozen=True)
class Margin:
    reviews: list
    goals: list
    lessons: list
    replies: list


def of_client(engagement, *, reader):
    """Beside the time of the client of this engagement, for her coach."""
    client = engagement.candidate
    reviews = Review.objects.visible_to(reader).filter(candidate=client, coach=reader).for_queue()
    goals = Goal.objects.filter(engagement=engagement).for_page()
    lessons = Lesson.objects.to_work_on(reader).filter(candidate=client).order_by("id")
    replies = CannedReply.objects.visible_to(reader).for_list()
    parts = [
        _part(reviews, 0, name=F("interview__company"), words=F("interview__zone"), at=F("answer_by")),
        _part(goals, 1, words=F("text"), at=F("reached_at"))[:SHOWN],
        _part(lessons, 2, name=F("title"))[:SHOWN],
        _part(replies, 3, name=F("title"), words=F("text")),
    ]
    found = [[], [], [], []]
    for row in parts[0].union(*parts[1:], all=True):
        found[row["part"]].append(row)
    return Margin(
        # In a union no order is promised: each part has its own again.
        reviews=[_review(row) for row in sorted(found[0], key=lambda row: (row["at"], row["row"]))],
        goals=[_goal(row) for row in sorted(found[1], key=_open_first)],
        lessons=[
            Lesson(public_id=row["ref"], title=row["name"]) for row in sorted(found[2], key=lambda row: row["row"])
        ],
        replies=[
            CannedReply(public_id=row["ref"], title=row["name"], text=row["words"])
            for row in sorted(found[3], key=lambda row: (row["name"].lower(), row["row"]))
        ],
    )


def _part(rows, part, *, name=None, words=None, at=None):
    nothing = Value("", output_field=TextField())
    return rows.annotate(
        part=Value(part, output_field=IntegerField()),
        row=F("id"),
        ref=F("public_id"),
        name=Cast(name, TextField()) if name is not None else nothing,
        words=Cast(words, TextField()) if words is not None else nothing,
        at=at if at is not None else Value(None, output_field=DateTimeField()),
    ).values(*COLUMNS)


def _review(row):
    interview = Interview(company=row["name"], zone=row["words"])
    return Review(public_id=row["ref"], answer_by=row["at"], interview=interview)


def _goal(row):
    return Goal(public_id=row["ref"], text=row["words"], reached_at=row["at"])


def _open_first(row):
    """Those to reach, then those that were, the latest first."""
    return (row["at"] is not None, -row["at"].timestamp() if row["at"] else 0, row["row"])
