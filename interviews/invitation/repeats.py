"""Which days a rule names. Day by day and within bounds: a rule that never comes true costs as much as any other.

(`dateutil.rrule` looks for the 30th of February until the year 9999.)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MAX_DAYS = 6 * 366
DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY"})
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class UnknownRule(ValueError):
    """The rule says something we do not reckon with."""


@dataclass(frozen=True, slots=True)
class Rule:
    freq: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()  # (0 for every one of them, else which; Monday 0)
    months: frozenset[int] = frozenset()
    monthdays: frozenset[int] = frozenset()


def read_rule(text: str) -> Rule:
    """An RRULE of days, weeks, months or years. Raises UnknownRule for anything else."""
    parts = dict(part.partition("=")[::2] for part in text.upper().strip().split(";") if part)
    if set(parts) - KNOWN or parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise UnknownRule(text[:60])
    try:
        until = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date() if parts.get("UNTIL") else None  # noqa: DTZ007 - a day
        rule = Rule(
            freq=parts["FREQ"],
            interval=max(1, min(int(parts.get("INTERVAL", "1")), 1000)),
            count=max(1, int(parts["COUNT"])) if parts.get("COUNT") else None,
            until=until,
            weekdays=tuple(_weekday(each) for each in parts.get("BYDAY", "").split(",") if each),
            months=frozenset(map(int, filter(None, parts.get("BYMONTH", "").split(",")))),
            monthdays=frozenset(map(int, filter(None, parts.get("BYMONTHDAY", "").split(",")))),
        )
    except ValueError:
        raise UnknownRule(text[:60]) from None
    if rule.freq == "YEARLY" and any(which for which, _ in rule.weekdays) and not rule.months:
        raise UnknownRule(text[:60])  # The n-th of a year, not of a month.
    return rule


def _weekday(text: str) -> tuple[int, int]:
    found = _BYDAY.fullmatch(text.strip())
    if found is None:
        raise UnknownRule(text[:60])
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def days_of(rule: Rule, first: date, *, since: date, until: date) -> Iterator[date]:
    """The days of a rule that begins on `first`, from `since` to `until`; at most `MAX_DAYS` after `first` are looked at."""
    told = 0
    day = first
    last = min(until, rule.until or until)
    for _ in range(MAX_DAYS):
        if day > last or (rule.count is not None and told >= rule.count):
            return
        if _is_day(rule, first, day):
            told += 1
            if day >= since:
                yield day
        if day == date.max:
            return
        day += DAY


def _is_day(rule: Rule, first: date, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.monthdays and not {day.day, day.day - _length_of_month(day) - 1} & rule.monthdays:
        return False
    if rule.weekdays and not any(_is_weekday(rule, which, weekday, day) for which, weekday in rule.weekdays):
        return False
    months = (day.year - first.year) * 12 + day.month - first.month
    if rule.freq == "DAILY":
        return (day - first).days % rule.interval == 0
    if rule.freq == "WEEKLY":
        weeks = (day.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7
        return weeks % rule.interval == 0 and (bool(rule.weekdays) or day.weekday() == first.weekday())
    if not (rule.weekdays or rule.monthdays) and day.day != first.day:
        return False
    if rule.freq == "MONTHLY":
        return months % rule.interval == 0
    return (day.year - first.year) % rule.interval == 0 and (
        bool(rule.months) or bool(rule.weekdays) or day.month == first.month
    )


def _is_weekday(rule: Rule, which: int, weekday: int, day: date) -> bool:
    if day.weekday() != weekday:
        return False
    if which == 0 or rule.freq in ("DAILY", "WEEKLY"):
        return True
    nth = (day.day - 1) // 7 + 1 if which > 0 else -((_length_of_month(day) - day.day) // 7 + 1)
    return nth == which


def _length_of_month(day: date) -> int:
    return (date(day.year, day.month % 12 + 1, 1) - DAY).day if day.month != 12 else 31


def last_before(rule: Rule, first: datetime, moment: datetime) -> datetime | None:
    """The last time of a yearly rule at or before `moment`, by the clock on the wall; only this year and the last are looked at."""
    begin = max(first.date(), date(max(moment.year - 1, 1), 1, 1))
    # As of the beginning of that year: a rule from 1601 need not be counted from there. COUNT does not occur in zones.
    found = [
        datetime.combine(day, time(first.hour, first.minute))
        for day in days_of(rule, begin, since=begin, until=moment.date())
    ]
    return max((each for each in found if each <= moment), default=None)
