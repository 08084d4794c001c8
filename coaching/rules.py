"""The rules of the installation about bookings, each with its reason in words: the same for pages and API.

Pure: standard library only; `now` is an argument, every instant aware. The order of the rules is the order in which they are
told, and it is that in which a person can do something about them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.when import gettext_noop


@dataclass(frozen=True, slots=True)
class Rules:
    """What this installation asks. A number of 0 switches `live` and `no_shows` off."""

    notice_hours: int
    horizon_days: int
    cutoff_hours: int
    live: int
    no_shows: int
    no_show_days: int

    def first_start(self, now: datetime) -> datetime:
        """The earliest session that can be booked at `now`."""
        return now + timedelta(hours=self.notice_hours)

    def last_start(self, now: datetime) -> datetime:
        """The latest session that can be booked at `now`."""
        return now + timedelta(days=self.horizon_days)


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts about a candidate. `ahead`: her booked sessions that are not over; `missed`: when sessions began that she
    had agreed to and did not come to (never one that its coach missed, nor one she never confirmed).
    """

    ahead: int = 0
    missed: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that says no. `message` is for herself, `message_about` for whoever books for her; both to be translated and
    filled with `values` and, where `until` is given, with that moment printed.
    """

    code: str
    message: str
    message_about: str
    values: dict[str, object] = field(default_factory=dict)
    until: datetime | None = None


def against_booking(rules: Rules, standing: Standing, *, starts_at: datetime, now: datetime) -> list[Broken]:
    """Every rule against booking a session that begins at `starts_at`; empty if it may be."""
    broken = []
    if starts_at < rules.first_start(now):
        text = gettext_noop("Sessions are booked at least %(hours)s hours ahead.")
        broken.append(Broken("notice", text, text, {"hours": rules.notice_hours}))
    if starts_at > rules.last_start(now):
        text = gettext_noop("Sessions can be booked %(days)s days ahead at most.")
        broken.append(Broken("horizon", text, text, {"days": rules.horizon_days}))
    if rules.live and standing.ahead >= rules.live:
        broken.append(
            Broken(
                "live",
                gettext_noop("You have %(count)s sessions ahead already. Once one is over, the next can be booked."),
                gettext_noop(
                    "This client has %(count)s sessions ahead already. Once one is over, the next can be booked."
                ),
                {"count": rules.live},
            )
        )
    if until := paused_until(rules, standing.missed, now):
        broken.append(
            Broken(
                "no_shows",
                gettext_noop(
                    "%(count)s sessions you had booked went by without you in the last %(days)s days. You can book again from "
                    "%(until)s on; before that, write to your coach, who can book one for you."
                ),
                gettext_noop(
                    "This client missed %(count)s sessions in the last %(days)s days, and can book again from %(until)s on."
                ),
                {"count": rules.no_shows, "days": rules.no_show_days},
                until,
            )
        )
    return broken


def paused_until(rules: Rules, missed: Iterable[datetime], now: datetime) -> datetime | None:
    """Until when somebody who missed that many sessions books none herself; None if she may now.

    It ends when so few of them lie within the days that count.
    """
    if not rules.no_shows:
        return None
    latest = sorted(missed, reverse=True)[: rules.no_shows]
    if len(latest) < rules.no_shows:
        return None
    until = latest[-1] + timedelta(days=rules.no_show_days)
    return until if until > now else None


def is_late(rules: Rules, *, starts_at: datetime, now: datetime) -> bool:
    """Whether it is too near for a candidate to cancel or move by herself."""
    return starts_at - now < timedelta(hours=rules.cutoff_hours)
