"""/metrics for Prometheus: how punctual mail is, what waits, what is wrong. Figures only; nothing about anybody."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from coaching.models import Booking
from config import request_metrics
from followups import outbox, punctuality
from followups.models import Alert, OutboundEmail, PunctualityWeek, Tally

WAITING = ("queued", "claimed", "handing_over", "unknown")


@login_not_required
@require_safe
@never_cache
def metrics(request):
    """404 without AFTERWORD_METRICS_TOKEN or without the token: whoever has none need not know the page."""
    wanted, given = settings.AFTERWORD_METRICS_TOKEN, request.headers.get("Authorization", "")
    if not wanted or not hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Outbox(timezone.now()))
    return HttpResponse(generate_latest(registry) + request_metrics.latest(), content_type=CONTENT_TYPE_LATEST)


class Outbox:
    """Read afresh at each scrape, from the database: every web process says the same."""

    def __init__(self, now):
        self.now = now

    def collect(self):
        yield from self.waiting()
        yield from self.punctuality()
        yield from self.alerts()
        ahead = Booking.objects.filter(status__in=["held", "booked"], starts_at__gt=self.now).count()
        if ahead >= punctuality.FEW:
            yield GaugeMetricFamily("afterword_sessions_ahead", "Sessions agreed or asked for", value=ahead)
        bounces = CounterMetricFamily(
            "afterword_bounces", "Mails that came back, by what was made of them", labels=["answer"]
        )
        for name, count in Tally.objects.filter(name__startswith="bounce_").values_list("name", "count"):
            bounces.add_metric([name.removeprefix("bounce_")], count)
        yield bounces

    def waiting(self):
        # Only states that rows leave again: counting those that are done would walk over everything ever sent.
        rows = GaugeMetricFamily("afterword_mails_waiting", "Mails that are not settled", labels=["state"])
        for state in WAITING:
            rows.add_metric([state], OutboundEmail.objects.filter(status=state).count())
        yield rows
        age, wait = outbox.pump_age(self.now), outbox.oldest_due(self.now)
        if age is not None:
            yield GaugeMetricFamily("afterword_pump_age_seconds", "Since the pump last ran", value=age.total_seconds())
        wait = wait.total_seconds() if wait else 0
        yield GaugeMetricFamily("afterword_oldest_due_seconds", "How long the oldest due mail has waited", value=wait)
        yield GaugeMetricFamily("afterword_letters_paused", "Whether letters are paused", value=int(outbox.is_paused()))
        is_all = int(outbox.mail_pause() is not None)
        yield GaugeMetricFamily("afterword_mail_paused", "Whether all mail is paused", value=is_all)

    def punctuality(self):
        """This week, as the page shows it: no time where it would be one person's own."""
        week = PunctualityWeek.objects.filter(week=punctuality.monday_of(self.now)).order_by("urgency")
        cells = [punctuality.cell_of(row) for row in week]
        lateness = GaugeMetricFamily(
            "afterword_mail_lateness_seconds",
            "From the due moment to acceptance, this week",
            labels=["class", "quantile"],
        )
        counts = GaugeMetricFamily("afterword_mails_this_week", "Mails due this week", labels=["class", "result"])
        for cell in cells:
            name = punctuality.class_name(cell.urgency)
            for quantile, seconds in (("0.5", cell.p50), ("0.95", cell.p95), ("1", cell.worst)):
                if seconds is not None:
                    lateness.add_metric([name, quantile], seconds)
            for result in ("sent", "on_time", "lost", "doubled", "unknown", "refused"):
                counts.add_metric([name, result], getattr(cell, result))
        yield lateness
        yield counts

    def alerts(self):
        causes = set(Alert.objects.open().values_list("cause", flat=True))
        rows = GaugeMetricFamily("afterword_alert_open", "Whether an alert is open", labels=["cause"])
        for cause in Alert.Cause.values:
            rows.add_metric([cause], int(cause in causes))
        yield rows
