"""What admins are told about mail: one alert for each cause, opened once, repeated at most daily, closed when it is over.

The pump looks every half minute. A dead pump cannot tell anybody: /readyz says so, the admins' pages say so when they are
opened, and the pump itself once it is back. Alerts reach admins as reminders do: by mail, most urgent first, and in the list.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from followups import reminders
from followups.models import Alert, Heartbeat, OutboundEmail
from followups.outbox import limits, pauses, readiness
from followups.outbox.smtp import TROUBLES

Cause = Alert.Cause
CHECK_EVERY = timedelta(seconds=30)
A_DAY = timedelta(days=1)
# A cause that flickers is one cause: over once it has not been seen for this long.
OVER_AFTER = timedelta(minutes=5)
SILENT = timedelta(minutes=3)
LATE = timedelta(minutes=5)
FRESH = timedelta(minutes=2)
REFUSALS, REFUSED_SHARE = 5, 0.1
UNSEEN_FROM, UNSEEN_UNTIL = timedelta(minutes=15), timedelta(days=2)


def look(now):
    """A source of the pump: find what is wrong, open, repeat and close."""
    gap = _gap(now)
    if gap is None:
        return
    if gap > SILENT:
        _tell_of_silence(gap, now)
    for cause, find in FINDERS.items():
        figure = find(now)
        if figure is None:
            over(cause, now=now)
        else:
            report(cause, figure, now=now)


def _gap(now):
    """How long ago somebody last looked; zero the first time, None if it is not time yet or another pump looks just now."""
    with transaction.atomic():
        beat, is_new = Heartbeat.objects.get_or_create(name="alerts", defaults={"at": now})
        if is_new:
            return timedelta()
        locked = Heartbeat.objects.filter(pk=beat.pk).select_for_update(skip_locked=True).first()
        if locked is None or now - locked.at < CHECK_EVERY:
            return None
        Heartbeat.objects.filter(pk=beat.pk).update(at=now)
        return now - locked.at


@transaction.atomic
def report(cause, figure, *, now):
    """A cause was found: open its alert, or go on with the open one. One that was over within a day opens again, unmailed."""
    alert = Alert.objects.filter(cause=cause).order_by("-opened_at").first()
    if alert is None or (alert.closed_at is not None and alert.opened_at <= now - A_DAY):
        alert, _is_new = Alert.objects.get_or_create(
            cause=cause, closed_at=None, defaults={"opened_at": now, "seen_at": now, "figure": figure}
        )
    told = max(alert.told, (now - alert.opened_at) // A_DAY + 1)
    Alert.objects.filter(pk=alert.pk).update(seen_at=now, figure=figure, told=told, closed_at=None, updated_at=now)
    alert.refresh_from_db()
    reminders.refresh(alert, now=now)
    return alert


@transaction.atomic
def over(cause, *, now):
    """A cause is not found any more: close its alert once that has lasted. What was not sent yet is not sent."""
    for alert in Alert.objects.open().filter(cause=cause, seen_at__lte=now - OVER_AFTER):
        Alert.objects.filter(pk=alert.pk, closed_at=None).update(closed_at=now, updated_at=now)
        alert.refresh_from_db()
        reminders.refresh(alert, now=now)


def _tell_of_silence(gap, now):
    """The pump is back. It is over, and yet admins shall know; several silences of one day are one alert."""
    seconds = int(gap.total_seconds())
    known = Alert.objects.filter(cause=Cause.PUMP_SILENT, opened_at__gt=now - A_DAY).first()
    if known is not None:
        Alert.objects.filter(pk=known.pk).update(seen_at=now, figure=max(seconds, known.figure), updated_at=now)
        return
    alert = Alert.objects.create(
        cause=Cause.PUMP_SILENT, opened_at=now, seen_at=now, closed_at=now, figure=min(seconds, 2**31 - 1)
    )
    reminders.refresh(alert, now=now)


def wanted(alert, now):
    """The reminders an alert asks for: one for each admin, once a day while it is open."""
    if alert.closed_at is not None and alert.cause != Cause.PUMP_SILENT:
        return []
    due = alert.opened_at + (alert.told - 1) * A_DAY
    admins = get_user_model().objects.filter(is_admin=True, is_active=True)
    return [reminders.Wanted(admin, str(alert.told), due, useless_after=due + A_DAY) for admin in admins]


def register():
    """Called once, when the app starts."""
    reminders.register(
        reminders.Kind(
            name="mail-alert",
            subject_model=Alert,
            derive=wanted,
            template="alert",
            context=lambda alert, reminder: {"alert": alert, "words": words_of(alert), "advice": advice_for(alert)},
            title=_("Something about mail needs an admin"),
            path=lambda public_id: reverse("punctuality"),
            roles=("admin",),
            ignores_quiet_hours=True,
        )
    )


def _trouble(name):
    def find(now):
        if not _is_fresh(name, now):
            return None
        wait = readiness.oldest_due(now)
        return int(wait.total_seconds()) if wait is not None and wait > timedelta(minutes=1) else None

    return find


def _is_fresh(name, now):
    return Heartbeat.objects.filter(name=f"smtp_{name}", at__gt=now - FRESH).exists()


def _queue_late(now):
    wait = readiness.oldest_due(now)
    if wait is None or wait <= LATE or any(_is_fresh(name, now) for name in TROUBLES) or pauses.mail_pause():
        return None  # while the mail server is away, or all mail is paused, that is the cause
    return int(wait.total_seconds())


def _refusals(now):
    hour = now - timedelta(hours=1)
    refused = OutboundEmail.objects.filter(
        status=OutboundEmail.Status.FAILED, code__gte=500, finished_at__gt=hour
    ).count()
    if refused < REFUSALS:
        return None
    due = OutboundEmail.objects.due_between(hour, now).count()
    return refused if refused >= REFUSED_SHARE * due else None


def _unknown_open(now):
    unseen = OutboundEmail.objects.filter(
        status=OutboundEmail.Status.UNKNOWN,
        finished_at__lt=now - UNSEEN_FROM,
        # After two days its owner has decided, or has decided not to.
        finished_at__gt=now - UNSEEN_UNTIL,
    )
    return unseen.count() or None


def _breaker(now):
    letters = limits.letters_this_hour(now)
    return letters if letters >= settings.LETTERS_AN_HOUR else None


def _paused(now):
    return 0 if limits.is_paused() else None


FINDERS = {
    Cause.UNREACHABLE: _trouble("unreachable"),
    Cause.AUTHENTICATION: _trouble("authentication"),
    Cause.REFUSALS: _refusals,
    Cause.QUEUE_LATE: _queue_late,
    Cause.UNKNOWN_OPEN: _unknown_open,
    Cause.BREAKER: _breaker,
    Cause.PAUSED: _paused,
}


def standing(now, *, pause, age=None):
    """What is wrong at this moment, for the pages of admins: open alerts, the `pause` of all mail, and a pump that is silent now (`age`, if known)."""
    alerts = list(Alert.objects.open().order_by("opened_at", "id"))
    # No mail could tell of it.
    if pause is not None:
        alerts.insert(0, Alert(cause=Cause.ALL_PAUSED, opened_at=pause.began_at, seen_at=now))
    age = age or readiness.pump_age(now)
    if age is not None and age > SILENT:
        silent = Alert(cause=Cause.PUMP_SILENT, opened_at=now - age, seen_at=now, figure=int(age.total_seconds()))
        alerts.insert(0, silent)
    for alert in alerts:
        alert.words, alert.advice = words_of(alert), advice_for(alert)
    return alerts


def words_of(alert):
    """What is wrong, in a sentence."""
    minutes = max(alert.figure // 60, 1)
    number = alert.figure
    if alert.cause in (Cause.UNREACHABLE, Cause.AUTHENTICATION, Cause.QUEUE_LATE):
        return ngettext(
            "The oldest mail that is due has waited for %(minutes)s minute.",
            "The oldest mail that is due has waited for %(minutes)s minutes.",
            minutes,
        ) % {"minutes": minutes}
    if alert.cause == Cause.PUMP_SILENT:
        return ngettext(
            "For %(minutes)s minute nobody looked for mails that were due.",
            "For %(minutes)s minutes nobody looked for mails that were due.",
            minutes,
        ) % {"minutes": minutes}
    counted = {
        Cause.REFUSALS: ngettext(
            "%(n)s mail was refused for good within an hour.",
            "%(n)s mails were refused for good within an hour.",
            number,
        ),
        Cause.UNKNOWN_OPEN: ngettext(
            "%(n)s letter waits for its writer's decision.", "%(n)s letters wait for their writers' decision.", number
        ),
        Cause.BREAKER: ngettext(
            "%(n)s letter was taken within an hour.", "%(n)s letters were taken within an hour.", number
        ),
        Cause.INVARIANTS: ngettext("%(n)s row breaks one.", "%(n)s rows break one.", number),
    }
    if alert.cause == Cause.ALL_PAUSED:
        return gettext("Mails are written and wait.")
    return counted[alert.cause] % {"n": number} if alert.cause in counted else gettext("An admin has paused them.")


def advice_for(alert):
    """What to do about it."""
    return {
        Cause.UNREACHABLE: gettext(
            "Mails wait and lose nothing. Look at the mail server, and at SMTP_HOST and SMTP_PORT."
        ),
        Cause.AUTHENTICATION: gettext(
            "Mails wait and lose nothing. Look at SMTP_USER, SMTP_PASSWORD and SMTP_SECURITY: passwords of mail servers expire."
        ),
        Cause.REFUSALS: gettext(
            "Look at the answers on the mail page. The provider may have closed our account, or the sender's domain lacks SPF or DKIM."
        ),
        Cause.QUEUE_LATE: gettext("The pump runs but does not keep up: start another one, or another worker."),
        Cause.UNKNOWN_OPEN: gettext("Each writer was asked and decides; there is nothing for an admin to settle."),
        Cause.PUMP_SILENT: gettext(
            "Start `manage.py pump_outbox --loop`, or worker and beat. What was due goes at once."
        ),
        Cause.BREAKER: gettext(
            "If this is no attack, raise LETTERS_AN_HOUR. Otherwise pause letters and close the account."
        ),
        Cause.PAUSED: gettext("Letters that are due wait, and their writers were told. Let them go when you are done."),
        Cause.ALL_PAUSED: gettext("Look at the mail page, and let them go there when you are done."),
        Cause.INVARIANTS: gettext(
            "Run `manage.py check_invariants` to see which, and do not send on before you know why."
        ),
    }[alert.cause]
