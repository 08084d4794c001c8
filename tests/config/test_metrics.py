"""/metrics: for whoever has the token, figures only."""

import urllib.request

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from prometheus_client.parser import text_string_to_metric_families

from config.request_metrics import RequestMetricsMiddleware
from followups import outbox, punctuality
from followups.models import Alert
from followups.outbox import bounces
from followups.outbox.clock import database_now
from tests import factories
from tests.faults.crowd import web_server
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


def test_sessions_ahead_are_told_from_five_on(scrape):
    factories.BookingFactory.create_batch(4)
    assert ("afterword_sessions_ahead",) not in samples(scrape())
    factories.BookingFactory()
    assert samples(scrape())[("afterword_sessions_ahead",)] == 5


@pytest.mark.parametrize(
    ("path", "status", "labels"),
    [("/", 200, ("2xx", "page")), ("/api/v1/interviews/", 404, ("4xx", "api"))],
)
def test_a_request_is_counted_with_its_queries(scrape, rf, path, status, labels):
    before = samples(scrape())

    def answer(request):
        list(Alert.objects.all()), Alert.objects.count()
        return HttpResponse(status=status)

    RequestMetricsMiddleware(answer)(rf.get(path))
    after, kind = samples(scrape()), labels[1]
    grown = {key: after[key] - before.get(key, 0) for key in after if key[0].startswith("afterword_request")}
    assert (grown[("afterword_requests_total", *labels)], grown[("afterword_request_seconds_count", kind)]) == (1, 1)
    assert grown[("afterword_request_queries_sum", kind)] == 2


def test_what_machines_ask_is_not_counted_and_without_a_token_nothing_is(scrape, rf, settings):
    before = samples(scrape())
    RequestMetricsMiddleware(lambda request: HttpResponse())(rf.get("/healthz"))
    assert samples(scrape()).keys() == before.keys()
    settings.AFTERWORD_METRICS_TOKEN = ""
    with pytest.raises(MiddlewareNotUsed):
        RequestMetricsMiddleware(lambda request: HttpResponse())


@pytest.mark.django_db(transaction=True)
def test_whichever_worker_is_asked_tells_of_all(monkeypatch):
    monkeypatch.setenv("AFTERWORD_METRICS_TOKEN", "a-token")
    with web_server() as site:
        for _ in range(12):
            urllib.request.urlopen(f"{site}/accounts/login/").close()
        told = urllib.request.Request(f"{site}/metrics", headers={"Authorization": "Bearer a-token"})
        with urllib.request.urlopen(told) as answer:
            families = list(text_string_to_metric_families(answer.read().decode()))
    counted = [one for family in families for one in family.samples if one.name == "afterword_requests_total"]
    assert [(one.labels, one.value) for one in counted] == [({"kind": "page", "status": "2xx"}, 12)]


def test_nothing_about_anybody(scrape, candidate):
    queue_letter(candidate)
    text = scrape().content.decode()
    assert not any(word in text for word in (EMPLOYER, candidate.email, candidate.name, "Thank you", "note"))
