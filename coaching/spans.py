"""A day, a week or a month of the calendar: which days it has, what it is called, and what comes before and after.

Pure: standard library and `accounts.when`. Days are days on the wall of whoever looks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.when import MONTHS, gettext_noop, print_date, to_instant

FIRST_YEAR, LAST_YEAR = 2020, 2100
A_DAY = timedelta(days=1)
MONTH = gettext_noop("{month} {year}")
FROM_TO = gettext_noop("{first} – {last}")
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` up to, not including, `end`. `kind`: day, week or month."""

    kind: str
    first: date
    end: date

    @property
    def name(self) -> str:
        """As addresses name it: 2026-12-03, 2026-W49 or 2026-12."""
        return _name(self.kind, self.first)

    @property
    def previous(self) -> str:
        """The name of the one before."""
        return _name(self.kind, self.first - A_DAY)

    @property
    def next(self) -> str:
        """The name of the one after."""
        return _name(self.kind, self.end)

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [self.first + number * A_DAY for number in range((self.end - self.first).days)]

    @property
    def weeks(self) -> list[list[date]]:
        """Whole weeks from Monday to Sunday that hold it, with the days around it."""
        monday = self.first - self.first.weekday() * A_DAY
        number = -(-(self.end - monday).days // 7)
        return [[monday + (7 * week + day) * A_DAY for day in range(7)] for week in range(number)]

    def bounds(self, zone: str) -> tuple[datetime, datetime]:
        """The instants from which and until which it lasts on the wall of `zone`."""
        first, end = (to_instant(datetime.combine(day, time()), zone) for day in (self.first, self.end))
        return first, end

    def widened(self, kind: str) -> "Span":
        """The span of another kind that holds its first day."""
        return SPANS[kind][0](self.first)

    def title(self, translate: Translate = gettext_noop) -> str:
        """In words: the day, "Monday 30 November – Sunday 6 December 2026", or "December 2026"."""
        if self.kind == "month":
            return translate(MONTH).format(month=translate(MONTHS[self.first.month - 1]), year=self.first.year)
        last = self.end - A_DAY
        if self.kind == "day":
            return print_date(last, translate=translate)
        return translate(FROM_TO).format(
            first=print_date(self.first, translate=translate, year=self.first.year != last.year),
            last=print_date(last, translate=translate),
        )


def day(on: date) -> Span:
    """The day itself."""
    return Span("day", on, on + A_DAY)


def week(on: date) -> Span:
    """The week, from Monday, that holds this day."""
    monday = on - on.weekday() * A_DAY
    return Span("week", monday, monday + 7 * A_DAY)


def month(on: date) -> Span:
    """The month that holds this day."""
    first = on.replace(day=1)
    return Span("month", first, (first + 31 * A_DAY).replace(day=1))


SPANS = {"day": (day, "%Y-%m-%d"), "week": (week, "%G-W%V-%u"), "month": (month, "%Y-%m-%d")}


def read_span(kind: str, text: str | None, *, today: date) -> Span:
    """The span of this kind with this name; the one that holds today where the name makes no sense."""
    make, form = SPANS[kind]
    whole = {"day": "{}", "week": "{}-1", "month": "{}-01"}[kind].format(text)
    try:
        on = datetime.strptime(whole, form).date()  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        on = today
    return make(on if FIRST_YEAR <= on.year <= LAST_YEAR else today)


def _name(kind: str, on: date) -> str:
    return f"{on:%G-W%V}" if kind == "week" else f"{on:%Y-%m}" if kind == "month" else f"{on:%Y-%m-%d}"
