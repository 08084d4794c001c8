"""Interviews from a list that somebody kept elsewhere: looked at first, then brought in all at once; and given out again."""

import contextlib
from dataclasses import dataclass, field, replace

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import when
from accounts.records import Conflict, Refused
from followups import reminders
from followups.models import InterviewImport
from followups.services.closing import note_is_owed
from interviews import services as facts
from interviews import spreadsheet
from interviews.finding import fold
from interviews.models import Interview, Interviewer
from interviews.spreadsheet.cells import OUTCOMES

# Who uploads a sixth list has given up the first.
MOST_KEPT = 5
# Each of these has reminders to derive, which takes its time; those of the past have none.
MOST_ALIVE = 100
GONE = gettext_lazy("This list has been brought in already, or put away.")
OUTCOME_WORDS = {name: words[0] for name, words in OUTCOMES.items()} | {"none": ""}


@dataclass
class Checked:
    """One row of the list as it would become an interview; with `problems` it will not, and `is_known` means she has it."""

    row: spreadsheet.Row
    problems: list[str]
    hints: list[str]
    interview: Interview | None = None
    people: list[Interviewer] = field(default_factory=list)
    is_known: bool = False

    @property
    def is_alive(self):
        """Whether anything about it may still be asked of her."""
        return self.interview is not None and _is_alive(self.interview)


@dataclass
class Preview:
    """What her list would become. With `missing` no column says the company, or the day; `unclear` is a date that can mean
    two days. Nothing is brought in before she has answered either.
    """

    sheet: spreadsheet.Sheet
    missing: str = ""
    unclear: str = ""
    good: list[Checked] = field(default_factory=list)
    known: list[Checked] = field(default_factory=list)
    bad: list[Checked] = field(default_factory=list)

    @property
    def rows(self):
        return sorted(self.good + self.known + self.bad, key=lambda checked: checked.row.number)


@transaction.atomic
def read_list(data, *, by):
    """Read an uploaded file and keep its cells for a day. Raises Refused, in words, for a file that cannot be used."""
    try:
        sheet = spreadsheet.read(data)
    except spreadsheet.Unreadable as problem:
        raise Refused(problem.said.words(_), field="file") from None
    kept = InterviewImport.objects.create(candidate=by, sheet=sheet.as_json())
    older = InterviewImport.objects.filter(candidate=by).order_by("-id")[MOST_KEPT:]
    InterviewImport.objects.filter(pk__in=[row.pk for row in older]).delete()
    return kept


def choose_order(kept, order, *, by):
    """Which comes first in dates such as 03/11/2026."""
    if order not in InterviewImport.Order.values:
        raise Refused(_("Choose one of the answers."), field="order")
    return _keep(kept, order=order)


def choose_columns(kept, meanings, *, by):
    """What each column means, in their order; "" leaves one aside. Raises Refused where that cannot be."""
    sheet = spreadsheet.Sheet.from_json(kept.sheet)
    if len(meanings) != len(sheet.header):
        raise Refused(
            _("Say of each of the %(number)s columns what it means.") % {"number": len(sheet.header)}, field="meanings"
        )
    for problem in spreadsheet.problems_of(meanings, sheet.header).values():
        raise Refused(problem.words(_), field="meanings")
    if missing := spreadsheet.missing_of(meanings):
        raise Refused(_(missing), field="meanings")
    return _keep(kept, sheet=replace(sheet, meanings=list(meanings)).as_json())


@transaction.atomic
def read_otherwise(kept, *, by, order=None, meanings=None):
    """Both answers at once, or one of them."""
    if meanings is not None:
        kept = choose_columns(kept, meanings, by=by)
    return kept if order is None else choose_order(kept, order, by=by)


def _keep(kept, **fields):
    """Unless it was brought in or put away in another window meanwhile."""
    if not InterviewImport.objects.filter(pk=kept.pk).update(updated_at=timezone.now(), **fields):
        raise Conflict(GONE)
    kept.refresh_from_db()
    return kept


def preview(kept, *, now=None):
    """Every row with what is wrong with it; two queries, however many there are."""
    now = now or timezone.now()
    sheet = spreadsheet.Sheet.from_json(kept.sheet)
    if sheet.missing:
        return Preview(sheet, missing=_(sheet.missing))
    unclear = "" if kept.order else spreadsheet.first_unclear_date(sheet)
    if unclear:
        return Preview(sheet, unclear=unclear)
    rows = spreadsheet.rows_of(sheet, zone=kept.candidate.zone, order=kept.order)
    seen, alive, found = _there(kept.candidate, rows), 0, Preview(sheet)
    for row in rows:
        checked = _check(row, kept.candidate, now)
        alive += checked.is_alive
        if checked.is_alive and alive > MOST_ALIVE:
            checked.problems.append(
                _("Only %(most)s that are recent or still to come can be brought in at once.") % {"most": MOST_ALIVE}
            )
        if checked.problems:
            found.bad.append(checked)
            continue
        key = _key(row.company, row.ends_wall)
        checked.is_known = key in seen
        seen.add(key)
        (found.known if checked.is_known else found.good).append(checked)
    return found


def _key(company, ends_wall):
    return fold(company), ends_wall.date()


def _there(candidate, rows):
    """Company and day of the interviews she has in the time of these rows."""
    ends = [row.ends_wall for row in rows if row.ends_wall]
    if not ends:
        return set()
    first, last = min(ends).replace(hour=0, minute=0), max(ends).replace(hour=23, minute=59)
    mine = Interview.objects.filter(candidate=candidate, ends_wall__gte=first, ends_wall__lte=last)
    return {_key(*pair) for pair in mine.values_list("company", "ends_wall")}


def _check(row, candidate, now):
    checked = Checked(row, [problem.words(_) for problem in row.problems], [hint.words(_) for hint in row.hints])
    if row.outcome != Interview.Outcome.NONE and _state(row, now) != Interview.Status.HELD:
        checked.hints.append(_("Only an interview that took place has an outcome: left out."))
    if checked.problems:
        return checked
    if len(row.people) > facts.MAX_ROWS:
        checked.problems.append(_("That is a very large panel. Address one note to all of them."))
        return checked
    try:
        checked.interview = _interview(row, candidate, now)
        checked.people = [
            facts.new_interviewer(name=person.name, title=person.title, kind=person.kind, email=person.email)
            for person in row.people
        ]
    except Refused as problem:
        checked.problems.append(_of_which(problem))
    return checked


def _of_which(problem):
    """The reason, with the field it is about: an interview has many lines that may be too long."""
    for model in (Interview, Interviewer):
        if problem.field in {"company", "role_title", "notes", "went_well", "name", "title", "email"}:
            with contextlib.suppress(FieldDoesNotExist):
                return f"{capfirst(model._meta.get_field(problem.field).verbose_name)}: {problem}"
    return str(problem)


def _state(row, now):
    """As the list says; else an interview that is over was held, and another is to come."""
    if row.state:
        return row.state
    try:
        is_over = row.ends_wall is not None and when.to_instant(row.ends_wall, row.zone) <= now
    except ValueError:
        is_over = True
    return Interview.Status.HELD if is_over else Interview.Status.PLANNED


def _interview(row, candidate, now):
    """The interview of a row, not saved yet. What is long over is closed: a list of past years must not ask for forty notes."""
    state = _state(row, now)
    interview = facts.new_interview(
        candidate=candidate,
        company=row.company,
        role_title=row.role_title,
        zone=row.zone,
        starts_wall=row.starts_wall,
        ends_wall=row.ends_wall,
        decision_on=row.decision_on,
        decision_time=row.decision_time,
        went_well=row.went_well,
        notes=row.notes,
        planned=state != Interview.Status.HELD,
        now=now,
    )
    interview.status = state
    if state != Interview.Status.HELD:
        return interview
    if row.outcome != Interview.Outcome.NONE:
        interview.outcome, interview.outcome_at = row.outcome, now
    if not note_is_owed(interview, now):
        interview.closed_at = interview.ends_at
        decided = interview.decision_on and interview.decision_on < when.to_wall(now, interview.zone).date()
        interview.ask_outcome = not decided
    return interview


def _is_alive(interview):
    if interview.status == Interview.Status.PLANNED:
        return True
    is_asked = interview.ask_outcome and interview.decision_on and interview.outcome == Interview.Outcome.NONE
    return interview.status == Interview.Status.HELD and (interview.closed_at is None or bool(is_asked))


@transaction.atomic
def bring_in(kept, *, by, with_known=False, seen=None, now=None):
    """Make interviews of all good rows, or of none; with `with_known` also of those she seems to have. Returns them.

    Twice the same list (two tabs, an impatient click) is a Conflict; so is one that another tab has come to read otherwise
    since `seen`, its `updated_at` as she looked at it.
    """
    now = now or timezone.now()
    row = InterviewImport.objects.select_for_update().filter(pk=kept.pk).first()
    if row is None:
        raise Conflict(GONE)
    if seen and seen != row.updated_at:
        raise Conflict(_("This list was read otherwise in another window meanwhile. Look at what it becomes now."))
    found = preview(row, now=now)
    if found.missing:
        raise Refused(found.missing, field="meanings")
    if found.unclear:
        raise Refused(_("First say how its dates are written."), field="order")
    wanted = found.good + (found.known if with_known else [])
    if not wanted:
        raise Refused(_("There is no row that could be brought in."))
    wanted.sort(key=lambda checked: checked.row.number)
    made = facts.log_many([(checked.interview, checked.people) for checked in wanted], by=by)
    for interview in made:
        if _is_alive(interview):
            reminders.refresh(interview, now=now)
    row.delete()
    return made


def put_away(kept, *, by):
    """She does not want it after all."""
    kept.delete()


def forget_old_lists(now):
    """What nobody confirmed within a day goes; the number of lists that went."""
    return InterviewImport.objects.outlived(now).delete()[0]


def lines_of(candidate):
    """Her interviews as the lines of a CSV file, the latest first, read from the database as they are sent."""
    mine = Interview.objects.filter(candidate=candidate).order_by("-ends_at", "-id").prefetch_related("interviewers")
    return spreadsheet.table(_cells(interview) for interview in mine.iterator(chunk_size=200))


def _cells(interview):
    start, end, people = interview.starts_wall, interview.ends_wall, list(interview.interviewers.all())
    is_one_day = start is None or start.date() == end.date()
    return [
        interview.company,
        interview.role_title,
        f"{start or end:%Y-%m-%d}",
        f"{start:%H:%M}" if start else "",
        f"{end:%H:%M}" if is_one_day else f"{end:%Y-%m-%d %H:%M}",
        interview.zone,
        f"{interview.decision_on:%Y-%m-%d}" if interview.decision_on else "",
        f"{interview.decision_time:%H:%M}" if interview.decision_time else "",
        spreadsheet.cell_of_people((person.name, person.title, person.kind) for person in people),
        "; ".join(person.email for person in people) if any(person.email for person in people) else "",
        OUTCOME_WORDS[interview.outcome],
        interview.status,
        interview.went_well,
        interview.notes,
    ]
