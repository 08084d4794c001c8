"""/metrics: for whoever has the token, figures only."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from followups import outbox, punctuality
from followups.models import Alert
from followups.outbox import bounces
from followups.outbox.clock import database_now
from tests.mailing import EMPLOYER, queue_letter, queue_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def scrape(client_of, settings):
    settings.AFTERWORD_METRICS_TOKEN = "a-token"

    def ask(token="a-token"):
        return client_of(None).get("/metrics", headers={"authorization": f"Bearer {token}"})

    return ask


def samples(answer):
    families = text_string_to_metric_families(answer.content.decode())
    return {(one.name, *sorted(one.labels.values())): one.value for family in families for one in family.samples}


def test_nobody_without_the_token(scrape, settings, client_of, admin):
    assert [scrape("another").status_code, scrape("").status_code, client_of(admin).get("/metrics").status_code] == [
        404
    ] * 3
    settings.AFTERWORD_METRICS_TOKEN = ""
    assert [scrape().status_code, scrape("").status_code] == [404, 404]


@pytest.mark.django_db(transaction=True)
def test_the_figures(scrape, candidate, sink):
    for _ in range(6):
        queue_mail(candidate)
    outbox.pump()
    queue_letter(candidate)
    now = database_now()
    punctuality.save(punctuality.monday_of(now), now)
    Alert.objects.create(cause="paused", opened_at=now, seen_at=now)
    bounces.ingest(b"noise")
    found = samples(scrape())
    assert found[("afterword_mails_waiting", "queued")] == 1
    assert found[("afterword_mails_this_week", "all", "sent")] == 6
    assert found[("afterword_mails_this_week", "lost", "routine")] == 0
    assert 0 <= found[("afterword_mail_lateness_seconds", "0.5", "routine")] < 60
    assert found[("afterword_alert_open", "paused")] == 1
    assert found[("afterword_alert_open", "breaker")] == 0
    assert found[("afterword_bounces_total", "no_report")] == 1
    assert found[("afterword_pump_age_seconds",)] >= 0


def test_nothing_about_anybody(scrape, candidate):
    queue_letter(candidate)
    text = scrape().content.decode()
    assert not any(word in text for word in (EMPLOYER, candidate.email, candidate.name, "Thank you", "note"))
