"""Times and slots that are not to be touched: those that wait in somebody's change, and those of a coach who is away."""

from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Refused
from coaching.models import ChangeItem, CoachAbsence, DayAway


def check_not_kept(slot):
    """Raises Conflict for a slot that is part of a waiting change, and says whose."""
    item = ChangeItem.objects.keeping(slot).select_related("change__by").first()
    if item is None:
        return
    by = item.change.by
    raise Conflict(
        _("%(who)s is changing this slot at the moment. Undo that change first, or wait until it has left.")
        % {"who": by.get_full_name() if by else _("Somebody")}
    )


def check_present(coach, starts_at, ends_at, *, field="starts_wall"):
    """Raises Refused for a time at which this coach is away, or is about to be said to be."""
    absence = CoachAbsence.objects.planned().touching(coach, starts_at, ends_at).order_by("-ends_at").first()
    name = coach.get_full_name()
    if absence is not None:
        until = when.print_instant(absence.ends_at, reader_zone=absence.zone, translate=_)
        raise Refused(_("%(name)s is away until %(until)s.") % {"name": name, "until": until}, field=field)
    away = DayAway.objects.filter(coach=coach).touching(starts_at, ends_at).order_by("day").first()
    if away is not None:
        day = when.print_date(away.day, translate=_)
        raise Refused(_("%(name)s is away on %(day)s.") % {"name": name, "day": day}, field=field)
