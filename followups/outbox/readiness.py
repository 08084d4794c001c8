"""What /readyz asks about the outbox."""

from followups.models import Heartbeat, OutboundEmail


def pump_age(now):
    """How long ago the pump last ran; None if it never did."""
    beat = Heartbeat.objects.filter(name="pump").first()
    return beat and now - beat.at


def oldest_due(now):
    """How long the oldest mail has been waiting past its time; None if none is."""
    due = OutboundEmail.objects.filter(status="queued", next_try_at__lte=now).order_by("next_try_at")
    since = due.values_list("next_try_at", flat=True).first()
    return since and now - since


def ran_since(name, moment):
    """Whether something that leaves its sign of life under this name (`beat`) did so after `moment`."""
    return Heartbeat.objects.filter(name=name, at__gt=moment).exists()
