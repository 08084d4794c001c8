"""A letter in her name on its way: what the pages of notes and of briefs share."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.records import Refused
from accounts.when import to_instant, to_wall
from followups.forms.letter import SendForm
from followups.services import letters
from followups.views.interviews import refuse

WATCHED = timedelta(minutes=3)
# What an event is called. A noun adds what is its own.
EVENTS = {
    ("", "draft"): gettext_lazy("Begun"),
    ("draft", "scheduled"): gettext_lazy("Approved for sending"),
    ("unknown", "scheduled"): gettext_lazy("To be sent once more"),
    ("failed", "scheduled"): gettext_lazy("To be tried again"),
    ("sending", "scheduled"): gettext_lazy("The mail server asked to wait; it is tried again"),
    ("scheduled", "draft"): gettext_lazy("Taken back"),
    ("sending", "draft"): gettext_lazy("Taken back"),
    ("failed", "draft"): gettext_lazy("Changed"),
    ("skipped", "draft"): gettext_lazy("Taken up again"),
    ("expired", "draft"): gettext_lazy("Taken up again"),
    "sending": gettext_lazy("On its way"),
    "sent": gettext_lazy("Accepted by the mail server"),
    "failed": gettext_lazy("Not sent"),
    "unknown": gettext_lazy("The line broke; we can't see whether it arrived"),
}


def is_watched(record, now):
    """While something is about to happen, the page looks again by itself."""
    return record.status == "sending" or (record.status == "scheduled" and record.send_at - now < WATCHED)


def kept(form, edit):
    """Save the parts of the form that can be used, by `edit`; the bound form tells about the others."""
    try:
        edit(**form.usable())
    except Refused as problem:
        refuse(form, problem)
        form.instance.refresh_from_db()
    return form


def approved(life, record, form, send_form, *, by):
    """Approve it for the time chosen. Whether it is, and the findings she is asked about; the forms tell what is wrong."""
    if not send_form.is_valid() or form.errors:
        return False, None
    try:
        _schedule(life, record, send_form.cleaned_data, by=by)
    except letters.BetterChanged as better:
        record.refresh_from_db()
        return False, better.findings
    except Refused as problem:
        refuse(form if problem.field in form.fields else send_form, problem)
        record.refresh_from_db()
        return False, None
    return True, None


def _schedule(life, record, data, *, by):
    # Should another window change it in this very moment, what she sees here is not what would go.
    approval = {"by": by, "despite_findings": data["despite_findings"], "seen_hash": life.letter_of(record).hash}
    now = timezone.now()
    suggested = life.suggested_at(record, now)
    if data["when"] == SendForm.NOW or (data["when"] == SendForm.SUGGESTED and suggested <= now):
        return life.send_now(record, now=now, **approval)
    zone = life.zone_of(record)
    wall = to_wall(suggested, zone) if data["when"] == SendForm.SUGGESTED else data["send_wall"]
    return life.schedule(record, send_wall=wall, send_zone=zone, now=now, **approval)


def told_by_self(life, record, form, *, by):
    """She has told it herself, by her own clock. Whether that is noted; the form tells what is wrong."""
    if not form.is_valid():
        return False
    wall = form.cleaned_data["at"]
    try:
        life.told_by_self(record, by=by, at=to_instant(wall, by.zone) if wall else None)
    except ValueError:
        form.add_error("at", _("This date cannot be right."))
    except Refused as problem:
        form.add_error("at", str(problem))
    return not form.errors
