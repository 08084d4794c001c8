"""A town that books mock sessions for a year: people join the waiting list, slots become free, and each does what people do.

Only the rules are real (coaching/waitlist.py); a slot that is kept is a row in a dictionary here. The town keeps its own
books, by other code than that which it watches, of everything that must not happen.
"""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from accounts.when import QuietHours, to_wall
from coaching.waitlist import UNANSWERED, WITHOUT_INTERVIEW, Free, Waiting, offers

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTICE = 2 * HOUR
ZONES = ("Africa/Nairobi", "Africa/Nairobi", "Africa/Nairobi", "Europe/London", "Asia/Kolkata", "America/New_York")
NIGHTS = (QuietHours(time(22), time(7)), QuietHours(time(22), time(7)), QuietHours(time(0), time(0)))
# What becomes of a question, and how often.
ANSWERS = {"take": 55, "decline": 20, "ignore": 20, "late": 5}


@dataclass
class Person:
    waiting: Waiting
    habit: str = ""
    unanswered: int = 0
    rests: bool = False
    questions: int = 0
    could: int = 0


@dataclass
class Question:
    offer: object
    answer: str
    answers_at: datetime


@dataclass
class Town:
    """`run(events)` plays so many events, half an hour times `pace` apart. `wrong` counts what must not happen, `seen` what did."""

    seed: int
    coaches: int = 4
    joins: float = 0.5
    pace: int = 1
    now: datetime = BEGIN
    people: dict = field(default_factory=dict)
    slots: dict = field(default_factory=dict)
    open: list = field(default_factory=list)
    seen: Counter = field(default_factory=Counter)
    wrong: Counter = field(default_factory=Counter)
    waits: list = field(default_factory=list)

    def run(self, events):
        self.chance, self.keys = random.Random(self.seed), iter(range(1, 10**9))
        for _ in range(events):
            self.now += self.pace * timedelta(minutes=self.chance.randint(5, 55))
            self._settle()
            self._joins() if self.chance.random() < self.joins else self._becomes_free()
            self._asks()
            self.seen["events"] += 1
        return self

    def _joins(self):
        chance, key = self.chance, next(self.keys)
        has_interview = chance.random() < 0.7
        interview_on = (self.now + timedelta(days=chance.randint(1, 21))).date() if has_interview else None
        waiting = Waiting(
            key=key,
            since=self.now,
            interview_on=interview_on,
            opens_at=self.now,
            closes_at=self.now + (timedelta(days=chance.randint(2, 21)) if has_interview else 42 * DAY),
            zone=chance.choice(ZONES),
            quiet=chance.choice(NIGHTS),
            coaches=None if chance.random() < 0.7 else frozenset({chance.randint(1, self.coaches)}),
        )
        self.people[key] = Person(waiting)
        self.seen["joined"] += 1

    def _becomes_free(self):
        begins = self.now + timedelta(hours=self.chance.randint(3, 24 * 10))
        slot = Free(next(self.keys), self.chance.randint(1, self.coaches), begins, begins + HOUR, self.now)
        self.slots[slot.key] = slot
        self.seen["freed"] += 1

    def _asks(self):
        """What the pump does; each question is checked against a list made by hand."""
        in_line = [person.waiting for person in self.people.values() if not person.rests]
        for offer in offers(self.slots.values(), in_line, now=self.now, notice=NOTICE):
            self._check(offer)
            person = self.people[offer.waiting.key]
            person.questions += 1
            mine = (offer.slot.key, offer.slot.starts_at)
            person.waiting = replace(person.waiting, can_be_asked=False, asked=person.waiting.asked | {mine})
            del self.slots[offer.slot.key]
            answer = self.chance.choices(list(ANSWERS), list(ANSWERS.values()))[0]
            after = timedelta(minutes=self.chance.randint(31, 90) if answer == "late" else self.chance.randint(1, 29))
            self.open.append(Question(offer, answer, offer.asks_at + after))
            self.seen["asked"] += 1

    def _check(self, offer):
        slot, asked = offer.slot, self.people[offer.waiting.key]
        if any(question.offer.slot.key == slot.key for question in self.open):
            self.wrong["a slot kept for two"] += 1
        if any(question.offer.waiting.key == offer.waiting.key for question in self.open):
            self.wrong["two slots kept for one"] += 1
        if (slot.key, slot.starts_at) in asked.waiting.asked:
            self.wrong["asked twice about one"] += 1
        for person in self.people.values():
            if person.rests or not self._could_have(person.waiting, slot):
                continue
            person.could += 1
            if _date(person.waiting) < _date(asked.waiting):
                self.wrong["passed over by a later interview"] += 1
            if _date(person.waiting) == _date(asked.waiting) and person.waiting.since < asked.waiting.since:
                self.wrong["passed over by a shorter wait"] += 1

    def _could_have(self, waiting, slot):
        # Only the night is left out: it decides when she is asked, and by that whether there is time.
        near = slot.starts_at - self.now < 16 * HOUR
        return (
            waiting.can_be_asked
            and (waiting.coaches is None or slot.coach in waiting.coaches)
            and waiting.opens_at <= slot.starts_at < waiting.closes_at
            and slot.free_since > waiting.since
            and slot.key not in {key for key, _ in waiting.asked}
            and not near
        )

    def _settle(self):
        """Answers that have come, half hours that are over, days that have gone by."""
        still = []
        for question in sorted(self.open, key=lambda question: question.answers_at):
            is_over, has_answered = question.offer.kept_until <= self.now, question.answers_at <= self.now
            if not (is_over or has_answered):
                still.append(question)
                continue
            self._close(question, in_time=question.answer in ("take", "decline"))
        self.open = still
        for key, person in list(self.people.items()):
            if person.waiting.closes_at <= self.now + NOTICE and not self._is_asked(key):
                self._leaves(key, "over")
        self.slots = {key: slot for key, slot in self.slots.items() if slot.starts_at > self.now + NOTICE}

    def _close(self, question, *, in_time):
        key, slot = question.offer.waiting.key, question.offer.slot
        person = self.people.get(key)
        if person is None:
            return  # only where two were kept for her, which is counted
        if in_time and question.answer == "take":
            self._leaves(key, "taken")
            return
        self.seen["declined" if in_time else "unanswered"] += 1
        person.unanswered = 0 if in_time else person.unanswered + 1
        if person.unanswered >= UNANSWERED:
            person.rests = True
            self.seen["rests"] += 1
        # Her place stays: the same rank as before.
        person.waiting = replace(person.waiting, can_be_asked=True)
        self.slots[slot.key] = replace(slot, free_since=max(slot.free_since, self.now))

    def _is_asked(self, key):
        return any(question.offer.waiting.key == key for question in self.open)

    def _leaves(self, key, how):
        person = self.people.pop(key)
        self.seen[how] += 1
        if how == "taken":
            self.waits.append(self.now - person.waiting.since)
        elif person.questions == 0 and person.could:
            self.seen["over, and others were before her each time"] += 1
        waited = min(self.now, person.waiting.closes_at) - person.waiting.since
        if waited > WITHOUT_INTERVIEW + 7 * DAY and not person.questions and person.could:
            self.wrong["five weeks in the line and never asked"] += 1


def _date(waiting):
    """By which she is ranked, reckoned here once more."""
    return waiting.interview_on or to_wall(waiting.since + timedelta(days=28), waiting.zone).date()
