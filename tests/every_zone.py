"""Quiet hours and printed times in every zone, at every change of offset: `python -m tests.every_zone` checks them all.

For each IANA zone and each change of its offset in the years 2026 to 2030 (an ordinary night where there is none), every
quarter of an hour around the change is taken as the moment at which a reminder is due, with several quiet hours and
deadlines. A pump that looks each quarter of an hour then fires it. `test_every_zone.py` runs a sample of the same checks.
"""

import os
import sys
import time as stopwatch
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from accounts.when import (
    MONTHS,
    NOT_ZONES,
    QuietHours,
    cannot_wait,
    deliver_at,
    deliver_from,
    is_quiet,
    moments_at,
    next_morning,
    next_working_moment,
    print_instant,
    print_range,
    to_instant,
    to_wall,
    zone_label,
)

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
AROUND = 100  # quarters of an hour before the change, and after it
QUIET = (
    QuietHours(time(22), time(7)),
    QuietHours(time(0), time(6, 30)),
    QuietHours(time(23, 30), time(1, 30)),
    QuietHours(time(2, 15), time(2, 45)),
    QuietHours(time(13), time(12, 45)),
    QuietHours(time(9), time(9)),
)
DEADLINES = (None, timedelta(hours=1), timedelta(hours=5), timedelta(hours=10))
LOOKS = 4 * 30


def zones():
    return sorted(available_timezones() - NOT_ZONES)


def changes_of_offset(zone):
    """The instants, 2026 to 2030, from which another offset holds; one plain night where there is none."""
    tz, found, day = ZoneInfo(zone), [], FIRST
    while day < LAST:
        following = day + timedelta(days=1)
        if day.astimezone(tz).utcoffset() != following.astimezone(tz).utcoffset():
            minutes = range(24 * 60)
            before = day.astimezone(tz).utcoffset()
            found.append(next(
                at for at in (day + timedelta(minutes=minute + 1) for minute in minutes)
                if at.astimezone(tz).utcoffset() != before
            ))  # fmt: skip
        day = following
    return found or [datetime(2027, 6, 1, tzinfo=UTC)]


def quarters(change):
    """The quarters of an hour around a change, on the clock of UTC, which every offset of these years shares."""
    middle = change.replace(minute=change.minute // 15 * 15, second=0, microsecond=0)
    return [middle + QUARTER * number for number in range(-AROUND, AROUND + 1)]


@dataclass
class Broken(Exception):
    """A promise that does not hold, with everything needed to look at it."""

    promise: str
    facts: tuple

    def __str__(self):
        return f"{self.promise}: {', '.join(map(str, self.facts))}"


def must(holds, promise, *facts):
    if not holds:
        raise Broken(promise, facts)


def firings(due, zone, quiet, deadline):
    """When a pump that looks at each quarter of an hour hands the reminder over: planned, delivered, handed over.

    The same three steps as in followups/reminders (plan, delivery) and in the outbox before each hand-over.
    """
    planned, queued, fired = deliver_at(due, zone=zone, quiet=quiet, deadline=deadline), None, []
    # A moment before the quiet hours lies before `due`: whoever derives it in time looks there first.
    look = min(planned, due) - QUARTER
    look = look.replace(minute=look.minute // 15 * 15, second=0, microsecond=0)
    for _ in range(LOOKS):
        if queued is None and planned <= look:
            if deliver_from(look, zone=zone, quiet=quiet, deadline=deadline) > look:
                planned = deliver_from(look, zone=zone, quiet=quiet, deadline=deadline)
            else:
                queued = look
        if queued is not None and not fired:
            ignores = cannot_wait(queued, zone=zone, quiet=quiet, deadline=deadline)
            if ignores or deliver_from(look, zone=zone, quiet=quiet) <= look:
                fired.append(look)
        look += QUARTER
        if fired and look > fired[0] + 2 * QUARTER:
            break
    return fired


def check_firing(zone, due, quiet, allowed):
    """One firing, never inside quiet hours unless nothing else is left, never past the deadline if it can be before."""
    deadline = None if allowed is None else due + allowed
    facts = (zone, due, quiet, deadline)
    moment = deliver_at(due, zone=zone, quiet=quiet, deadline=deadline)
    must(not is_quiet(moment, zone, quiet), "never in quiet hours", *facts, moment)
    must(moment == due or is_quiet(due, zone, quiet), "at once outside quiet hours", *facts, moment)
    must(deadline is None or moment < deadline, "never after the deadline", *facts, moment)
    if moment > due:
        gap = (due + QUARTER * n for n in range(int((moment - due) / QUARTER) + 1))
        must(all(at >= moment or is_quiet(at, zone, quiet) for at in gap), "not later than their end", *facts, moment)
    elif moment < due:
        end = deliver_at(due, zone=zone, quiet=quiet)
        must(end >= deadline, "waits where waiting is in time", *facts, end)
        gap = (due - QUARTER * n for n in range(int((due - moment) / QUARTER) + 1))
        must(all(at <= moment or is_quiet(at, zone, quiet) for at in gap), "just before they begin", *facts, moment)
    fired = firings(due, zone, quiet, deadline)
    must(len(fired) == 1, "fires exactly once", *facts, fired)
    must(
        timedelta() <= fired[0] - moment < QUARTER, "fires at the first look from its moment on", *facts, moment, fired
    )
    is_forced = deadline is not None and deliver_at(fired[0], zone=zone, quiet=quiet) >= deadline
    must(not is_quiet(fired[0], zone, quiet) or is_forced, "fired in quiet hours", *facts, fired)
    must(deadline is None or fired[0] < deadline, "fired after the deadline", *facts, fired)


def check_wall_times(zone, change):
    """Moments that are said on a wall clock come once a day, whatever the clock does that night."""
    start = change - timedelta(days=3)
    for hour in range(24):
        seen, at = [], start
        while at < change + timedelta(days=3):
            at = next_morning(at, zone=zone, opens=time(hour), rest=timedelta(minutes=1))
            seen.append(at)
        days = [to_wall(at, zone).date() for at in seen]
        must(seen == sorted(set(seen)), "later each day", zone, change, hour, seen)
        # Where clocks jump at eleven at night (Nuuk), that day's eleven is the next day's midnight.
        must(len(days) == len(set(days)) or hour == 23, "one a day", zone, change, hour, days)
        must(all(b - a < timedelta(hours=27) for a, b in pairwise(seen)), "no day left out", zone, seen)
    hours = (time(2, 30), time(9))
    found = moments_at(hours, since=start, until=change + timedelta(days=3), zone=zone)
    days = Counter(to_wall(at, zone).date() for at in found)
    must(found == sorted(set(found)), "moments of the clock, each once", zone, change, found)
    must(all(number == 2 for day, number in sorted(days.items())[1:-1]), "all of a day's moments", zone, change, found)
    opening = next_working_moment(change, zone=zone, opens=time(8, 30), closes=time(19))
    must(opening is not None and opening >= change, "a working moment ahead", zone, change, opening)


def read_back(text, zone):
    """The instant that a printed time names, by its words alone and the rules of `zone`."""
    date, _, clock = text.rpartition(", ")
    day, month, year = date.split(" ")[1:]
    hours, *rest = clock.split(" ")
    wall = datetime(int(year), MONTHS.index(month) + 1, int(day), *map(int, hours.split(":")))  # noqa: DTZ001 -- wall time
    if rest[0].startswith("UTC"):
        sign = -1 if "-" in rest[0] else 1
        hours, _, minutes = rest[0][4:].partition(":")
        return wall.replace(tzinfo=UTC) - sign * timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return to_instant(wall, zone)


def check_printing(zone, at):
    """A printed time names one instant; a span begins with it; another zone beside it changes nothing about it."""
    text = print_instant(at, reader_zone=zone)
    must(read_back(text, zone) == at, "names its instant", zone, at, text)
    must(to_instant(to_wall(at, zone), zone) <= at, "a wall time means its first reading", zone, at)
    beside = print_instant(at, reader_zone=zone, event_zone="Africa/Nairobi")
    must(beside == text or beside.startswith(f"{text} ("), "the reader's own time leads", zone, at, beside)
    span = print_range(at, at + 3 * QUARTER, reader_zone=zone)
    must(span.startswith(text.removesuffix(zone_label(zone, at)).rstrip()), "a span begins with it", zone, at, span)


def check_zone(zone, *, names=(), every=1):
    """Everything about one zone; counts of what was looked at. `every`: take only each n-th quarter of an hour.

    `names` have the same offsets in all these years: quiet hours know a zone by its offsets, printing also by its name.
    """
    counts = Counter(zones=1 + len(names))
    for change in changes_of_offset(zone):
        counts["changes of offset"] += 1 + len(names)
        check_wall_times(zone, change)
        for at in quarters(change)[::every]:
            for name in (zone, *names):
                counts["printed times"] += 1
                check_printing(name, at)
            for quiet in QUIET:
                for allowed in DEADLINES:
                    counts["reminders"] += 1
                    check_firing(zone, at, quiet, allowed)
    return counts


def alike():
    """All zones, gathered where every offset of these years is the same: lists of names."""
    groups = {}
    for zone in zones():
        changes, tz = changes_of_offset(zone), ZoneInfo(zone)
        offsets = tuple((at, (at + QUARTER).astimezone(tz).utcoffset()) for at in (FIRST, *changes))
        groups.setdefault(offsets, []).append(zone)
    return sorted(groups.values(), key=len)


def _check_alike(names):
    return check_zone(names[0], names=names[1:])


def main():
    begun, total = stopwatch.monotonic(), Counter()
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count()
    with ProcessPoolExecutor(workers) as pool:
        for counts in pool.map(_check_alike, alike()):
            total += counts
    parts = ", ".join(f"{number:,} {name}" for name, number in total.items())
    print(f"all promises kept: {parts}, in {stopwatch.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
