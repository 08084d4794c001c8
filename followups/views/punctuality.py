"""How punctual mail is: the page for admins, and the summary for everybody where the installation shows one."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from followups import alerts, chart, outbox, punctuality
from followups.models import Alert, OutboundEmail
from followups.views.mails import admins_only

ALERTS_SHOWN = 20
CLASSES = {punctuality.class_name(value): value for value in OutboundEmail.Urgency.values}


def punctuality_detail(request):
    """By class and week, with alerts and the pump's sign of life."""
    admins_only(request)
    now = timezone.now()
    chosen = CLASSES.get(request.GET.get("class"))
    past = Alert.objects.visible_to(request.user).filter(closed_at__isnull=False).order_by("-opened_at", "-id")
    context = {
        **_figures(now, chosen),
        "classes": [(name, OutboundEmail.Urgency(value).label) for name, value in CLASSES.items()],
        "chosen": request.GET.get("class") if chosen is not None else "",
        "pump_age": (age := outbox.pump_age(now)),
        "oldest_due": outbox.oldest_due(now),
        "alerts": alerts.standing(now, age=age, pause=outbox.mail_pause()),
        "past_alerts": [_with_words(alert) for alert in past[:ALERTS_SHOWN]],
        "nav_active": "mail",
    }
    return render(request, "followups/punctuality.html", context)


@login_not_required
def punctuality_summary(request):
    """All classes together; 404 unless AFTERWORD_PUBLIC_PUNCTUALITY is on."""
    if not settings.AFTERWORD_PUBLIC_PUNCTUALITY:
        raise Http404
    return render(request, "followups/punctuality_summary.html", _figures(timezone.now()))


def _with_words(alert):
    alert.words = alerts.words_of(alert)
    return alert


def _figures(now, urgency=None):
    """The weeks of one class, or of all mail together."""
    weeks = punctuality.by_week(now, classes=urgency is not None)
    cells = [cell for cells in weeks for cell in cells if cell.urgency == urgency]
    columns, scale = chart.columns(
        [(date_format(cell.week, "j M"), cell.p50, cell.p95, cell.worst) for cell in reversed(cells)]
    )
    monday = punctuality.monday_of(now)
    # The week that runs may be an hour old: the last full one says more.
    whole = next((cell for cell in cells if cell.week < monday and cell.sent), None)
    return {
        "cells": cells,
        "latest": whole or next(iter(cells), None),
        "latest_is_over": whole is not None,
        "columns": columns,
        "scale": scale,
        "chart": chart,
    }
