"""Builds the demo world through the services, so that every row in it could have come from a person."""

import random
from datetime import datetime, time, timedelta
from itertools import zip_longest

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import when
from accounts.models import Engagement, User
from accounts.records import move, start
from accounts.services import invite, propose_engagement
from coaching.demo import history, together
from coaching.demo.cast import ADMINS, CANDIDATES, COACHES, REFEREES
from coaching.demo.stories import INTERVIEWERS, TRADES
from coaching.models import MockSlot, SlotEvent
from coaching.services import hours
from coaching.services.closures import close_days
from coaching.services.series import create_series
from coaching.working_hours import Stretch
from followups.models import Referee
from interviews.models import Interview, Interviewer, Requirement
from interviews.services import find_by_people

PASSWORD = "afterword-demo"
WEEKS_OF_SLOTS = 6
# Slot hours of each coach on the wall clock; a coach's week differs from the next one's.
# Working days of each coach, and the parts of such a day; the last one has not said.
WORKS = (
    (range(5), ((time(8, 30), time(12, 30)), (time(13, 30), time(18)))),
    (range(4), ((time(8), time(17)),)),
    (range(5), ((time(9, 30), time(13)), (time(14), time(17, 30)))),
)
SLOT_HOURS = ((9, 11, 15), (8, 14), (10, 16), (9, 13, 17))


@transaction.atomic
def build(now):
    """Everything, with deadlines relative to `now`. Same story each time: nothing is left to chance but the date."""
    chance = random.Random(7)
    password = make_password(PASSWORD)
    admins = [_person(who, password, now, is_admin=True) for who in ADMINS]
    coaches = [_person(who, password, now, is_coach=True) for who in COACHES]
    candidates = [_person(who, password, now, is_candidate=True) for who in CANDIDATES]
    _working_hours(coaches, now)
    for index, (who, candidate) in enumerate(zip(CANDIDATES, candidates, strict=True), start=1):
        if who.coach is not None:
            _engage(candidate, coaches[who.coach], who.shares, admins[0], now)
        for name, relation, email in REFEREES[: 1 + index % 2]:
            Referee.objects.create(candidate=candidate, name=name, relation=relation, email=email, agreed_at=now)
    with history.clock_at(now - timedelta(weeks=WEEKS_OF_SLOTS)):
        slots = {coach: _slots(coach, hours, now) for coach, hours in zip(coaches, SLOT_HOURS, strict=True)}
    _offers(coaches, admins[0], now)
    for index, (who, candidate) in enumerate(zip(CANDIDATES, candidates, strict=True)):
        coach = coaches[who.coach] if who.coach is not None else None
        interviews = _interviews(candidate, who, index, now, chance)
        history.tell(candidate, coach, interviews, TRADES[who.trade], index, now)
    history.sessions(candidates, coaches, slots, CANDIDATES, now)
    # After the sessions: on a day away nobody books.
    day = (when.to_wall(now, coaches[1].zone) + timedelta(days=8)).date()
    hours.add_day_away(coaches[1], day, by=coaches[1], now=now)
    history.away(coaches[3], admins[0], now)
    history.waiting(candidates, coaches[0], now)
    together.tell(candidates, coaches, now)
    propose_engagement(candidate=candidates[-1], coach=coaches[0], by=candidates[-1])
    invite(email="zawadi.kimani@demo.example", name="Zawadi Kimani", role="candidate", by=admins[0])
    history.quieten([f"{role}@demo.example" for role in ("candidate", "coach", "admin")], now)
    return {"people": len(admins) + len(coaches) + len(candidates), "interviews": Interview.objects.count()}


def _person(who, password, now, **roles):
    user = User(email=who.email, name=who.name, zone=who.zone, password=password, vouched_at=now, **roles)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _working_hours(coaches, now):
    """Three have said when they work."""
    for coach, (days, parts) in zip(coaches, WORKS, strict=False):
        hours.set_week(coach, [Stretch(day, *part) for day in days for part in parts], by=coach, now=now)


def _engage(candidate, coach, shares, by, now):
    """They have known each other for some weeks, some longer than others."""
    since = now - timedelta(days=30 + 3 * (candidate.pk % 20))
    with history.clock_at(since):
        _begin(candidate, coach, shares, by, since)


def _begin(candidate, coach, shares, by, now):
    engagement = start(
        Engagement(
            candidate=candidate,
            coach=coach,
            created_by=by,
            candidate_agreed_at=now,
            coach_agreed_at=now,
            share_new_interviews=shares,
        ),
        by=by,
    )
    move(engagement, Engagement.Status.ACTIVE, by=candidate)


def _interviews(candidate, who, index, now, chance):
    """Four each: one this evening, one yesterday, one a while ago, one to come; the youngest candidates have fewer pasts."""
    trade = TRADES[who.trade]
    local = when.to_wall(now, who.zone)
    ends = {
        "fresh": now - timedelta(minutes=40 + 11 * (index % 9)),
        "yesterday": now - timedelta(hours=9 + index % 12),
        "past": now - timedelta(days=4 + index % 9, hours=index % 5),
        "planned": when.to_instant(
            datetime.combine((local + timedelta(days=1 + index % 8)).date(), datetime.min.time()), who.zone
        )
        + timedelta(hours=10 + index % 6),
    }
    made = {}
    for order, (stage, end) in enumerate(ends.items()):
        held = stage != "planned"
        with history.clock_at(min(now, end + timedelta(minutes=15)) if held else now):
            made[stage] = _interview(
                candidate,
                trade,
                company=trade.employers[(order + index) % len(trade.employers)],
                zone=who.zone,
                end=end.replace(second=0, microsecond=0),
                held=held,
                shared=who.shares and who.coach is not None,
                days_to_decision={"fresh": 1 + index % 5, "yesterday": 2 + index % 6, "past": 2, "planned": 6}[stage],
                previous=made.get("past") if stage == "planned" and index % 3 == 0 else None,
                people=1 + chance.randrange(2),
                first_person=index + order,
            )
    return made


def _interview(candidate, trade, *, company, zone, end, held, shared, days_to_decision, previous, people, first_person):
    begin = end - timedelta(minutes=50)
    interview = start(
        Interview(
            candidate=candidate,
            company=company,
            role_title=trade.role,
            status=Interview.Status.HELD if held else Interview.Status.PLANNED,
            zone=zone,
            starts_wall=when.to_wall(begin, zone),
            ends_wall=when.to_wall(end, zone),
            starts_at=begin,
            ends_at=end,
            decision_on=(when.to_wall(end, zone) + timedelta(days=days_to_decision)).date(),
            shared_with_coach=shared,
            previous=previous if previous and previous.company == company else None,
            went_well="They laughed at the right place, and I knew their product." if held else "",
        ),
        by=candidate,
    )
    domain = company.lower().replace(" ", "-").replace(".", "").replace("'", "") + ".example"
    for place in range(people):
        name = INTERVIEWERS[(first_person + place) % len(INTERVIEWERS)]
        Interviewer.objects.create(interview=interview, name=name, email=f"{name.split()[0].lower()}@{domain}")
    heard = (Requirement.Coverage.RAISED, Requirement.Coverage.NOT_RAISED) if held else ()
    for text, evidence, coverage in zip_longest(trade.must_haves, ("", trade.shown), heard, fillvalue=""):
        Requirement.objects.create(
            interview=interview, text=text, evidence=evidence, coverage=coverage or Requirement.Coverage.UNKNOWN
        )
    find_by_people(interview)
    return interview


def _offers(coaches, admin, now):
    """Two Tuesday sessions by a series, a Friday that waits for an admin's word, and a day on which nobody works."""
    today = when.to_wall(now, coaches[0].zone).replace(hour=10, minute=0, second=0, microsecond=0)
    first = today + timedelta(days=1)
    offer = {"coach": coaches[0], "zone": coaches[0].zone, "starts_wall": first, "place": "Video call", "now": now}
    holiday = (today + timedelta(days=21 - today.weekday())).date() + timedelta(days=1)
    close_days(from_on=holiday, until_on=holiday, title="Founders' day", by=admin)
    create_series(rule="FREQ=WEEKLY;BYDAY=TU", in_a_row=2, by=admin, **offer)
    create_series(rule="FREQ=WEEKLY;BYDAY=FR;COUNT=4", by=coaches[0], **offer)


def _slots(coach, hours, now):
    """Three working days a week, two weeks back and six ahead, on the coach's own clock."""
    today = when.to_wall(now, coach.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    slots = []
    for day in range(-14, WEEKS_OF_SLOTS * 7):
        date = today + timedelta(days=day)
        if date.weekday() not in (0, 2, 3):
            continue
        for hour in hours:
            wall = date.replace(hour=hour)
            begin = when.to_instant(wall, coach.zone)
            slots.append(
                MockSlot(
                    coach=coach,
                    zone=coach.zone,
                    starts_wall=wall,
                    starts_at=begin,
                    ends_at=begin + timedelta(minutes=45),
                    blocked_until=begin + timedelta(minutes=60),
                    place="Video call",
                    link="https://meet.example/afterword",
                )
            )
    MockSlot.objects.bulk_create(slots)
    SlotEvent.objects.bulk_create(SlotEvent(subject=slot, new=slot.status, by=coach) for slot in slots)
    return slots
