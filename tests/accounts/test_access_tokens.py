"""Keys for programs: told once, never more than their owner, ended in one press."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import AccessToken, AuditEntry, hash_token
from accounts.records import Conflict, Refused
from interviews.models import Interview
from tests.factories import InterviewFactory, ThankYouNoteFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough pass phrase"
BODY = {"company": "Kilele Media", "zone": "Africa/Nairobi", "ends_wall": "2026-11-20T10:00:00"}
LIST, INTERVIEWS = "/api/v1/tokens/", "/api/v1/interviews/"


def make(user, *scopes, days=30, **more):
    return services.make_token(user, name="Script", scopes=scopes or ["read"], days=days, **more)


def bearing(key, **more):
    return Client(headers={"Authorization": f"Bearer {key}"}, **more)


@pytest.fixture
def confirmed(candidate):
    """Her browser, just after she gave her password once more."""
    candidate.set_password(PASSWORD)
    candidate.save()
    browser = Client()
    browser.force_login(candidate)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def test_a_key_is_shown_once_and_kept_as_a_hash(confirmed, candidate):
    page = confirmed.post(
        reverse("access-token-new"), {"name": "Backup", "scopes": ["read"], "days": 7}
    ).content.decode()

    token = AccessToken.objects.get(user=candidate)
    key = page.partition('id="new-token">')[2].partition("<")[0]
    assert (hash_token(key), key[:8]) == (token.token_hash, token.start)
    assert key not in confirmed.get(reverse("access-token-list")).content.decode()
    assert AuditEntry.objects.filter(verb="access token made", subject_id=token.public_id, by=candidate).count() == 1


def test_the_password_comes_first_and_nothing_typed_is_lost(candidate):
    candidate.set_password(PASSWORD)
    candidate.save()
    browser = Client()
    browser.force_login(candidate)

    asked = browser.post(reverse("access-token-new"), {"name": "Backup", "scopes": ["read"], "days": 7})
    made_before = AccessToken.objects.count()
    done = browser.post(asked.url, {"password": PASSWORD, "next": reverse("access-token-new")})

    assert (asked.url.split("?")[0], made_before) == (reverse("account_reauthenticate"), 0)
    assert (done.status_code, AccessToken.objects.get().name) == (200, "Backup")


def test_a_form_that_is_not_whole_keeps_what_was_typed(confirmed):
    answer = confirmed.post(reverse("access-token-new"), {"name": "Backup", "days": 7})

    assert (answer.status_code, AccessToken.objects.count()) == (422, 0)
    assert 'value="Backup"' in answer.content.decode()
    assert "Choose what it may do." in answer.content.decode()


def test_it_opens_what_is_hers_and_nothing_else(candidate, stranger):
    hers, other = InterviewFactory(candidate=candidate), InterviewFactory(candidate=stranger)
    browser = bearing(make(candidate)[1])

    assert [row["public_id"] for row in browser.get(INTERVIEWS).json()["results"]] == [str(hers.public_id)]
    assert browser.get(f"{INTERVIEWS}{other.public_id}/").status_code == 404


@pytest.mark.parametrize("ending", ["revoked", "outlived", "deactivated", "unknown", "basic"])
def test_a_key_that_ended_opens_nothing(candidate, ending):
    now = timezone.now()
    token, key = make(candidate, now=now - timedelta(days=31) if ending == "outlived" else now)
    browser = bearing(key)
    if ending == "revoked":
        services.revoke_token(token, by=candidate)
    elif ending == "deactivated":
        type(candidate).objects.filter(pk=candidate.pk).update(is_active=False)
    elif ending == "unknown":
        browser = bearing(key[:-1] + ("a" if key[-1] != "a" else "b"))
    elif ending == "basic":
        browser = Client(headers={"Authorization": "Basic YTpi"})
    # A session beside it is no way in either.
    browser.force_login(candidate)

    answer = browser.get(INTERVIEWS)

    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")


def test_it_opens_no_page(candidate):
    assert bearing(make(candidate)[1]).get(reverse("today")).status_code == 302


def test_each_scope_is_a_step(candidate):
    note = ThankYouNoteFactory(interview__candidate=candidate)
    schedule = f"/api/v1/notes/{note.public_id}/schedule/"

    def answers(*scopes):
        browser = bearing(make(candidate, *scopes)[1])
        asked = (browser.get(INTERVIEWS), browser.post(INTERVIEWS, BODY, content_type="application/json"))
        return [each.status_code for each in (*asked, browser.post(schedule, {}, content_type="application/json"))]

    # 400: let in, and told that a time is missing.
    assert answers("read") == [200, 403, 403]
    assert answers("read", "write") == [200, 201, 403]
    assert answers("send") == [403, 403, 400]


def test_a_key_makes_no_keys(candidate):
    token, key = make(candidate, "read", "write", "send")
    browser = bearing(key)

    made = browser.post(LIST, {"name": "x", "scopes": ["read"], "days": 1}, content_type="application/json")
    ended = browser.delete(f"{LIST}{token.public_id}/")
    feed = browser.post("/api/v1/calendar-feed/")

    assert [each.status_code for each in (made, ended, feed)] == [403, 403, 403]
    assert browser.get(LIST).json()["results"][0]["name"] == "Script"


def test_by_session_the_api_makes_and_ends_them(confirmed, client_of, candidate):
    body = {"name": "Backup", "scopes": ["write", "read"], "days": 7}

    unconfirmed = client_of(candidate).post(LIST, body, content_type="application/json")
    made = confirmed.post(LIST, body, content_type="application/json", headers={"Idempotency-Key": "k"})
    ended = confirmed.delete(f"{LIST}{made.json()['public_id']}/")

    assert [each.status_code for each in (unconfirmed, made, ended)] == [403, 201, 204]
    assert made.json()["scopes"] == ["read", "write"]
    assert hash_token(made.json()["key"]) == AccessToken.objects.get().token_hash
    assert bearing(made.json()["key"]).get(INTERVIEWS).status_code == 401


def test_its_last_use_is_noted_to_the_minute(candidate):
    token, key = make(candidate)
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)

    for seconds in (0, 59, 60):
        services.token_behind(key, now=noon + timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == noon + timedelta(seconds=seconds - seconds % 60)


def test_a_token_needs_no_csrf_token_and_gets_its_stored_answer_again(candidate):
    browser = bearing(make(candidate, "write")[1], enforce_csrf_checks=True)

    answers = [
        browser.post(INTERVIEWS, BODY, content_type="application/json", headers={"Idempotency-Key": "k"})
        for _again in range(2)
    ]

    assert [each.status_code for each in answers] == [201, 201]
    assert Interview.objects.count() == 1


def test_a_refusal_for_want_of_scope_is_not_kept(candidate):
    def send(scope):
        browser = bearing(make(candidate, scope)[1])
        return browser.post(INTERVIEWS, BODY, content_type="application/json", headers={"Idempotency-Key": "k"})

    assert [send("read").status_code, send("write").status_code] == [403, 201]


def test_limits(candidate, stranger):
    for _number in range(AccessToken.MOST):
        make(candidate)

    with pytest.raises(Conflict):
        make(candidate)
    for wrong in ({"days": 0}, {"days": 366}):
        with pytest.raises(Refused):
            make(stranger, **wrong)
    with pytest.raises(Refused):
        make(stranger, "admin")


def test_others_keys_are_not_there(client_of, candidate, stranger):
    token, _key = make(candidate)

    answer = client_of(stranger).post(reverse("access-token-revoke", args=[token.public_id]))

    token.refresh_from_db()
    assert (answer.status_code, token.revoked_at) == (404, None)


def test_the_guide_says_what_the_description_says(client):
    page = client.get(reverse("api-guide")).content.decode()

    assert "<code>POST /api/v1/interviews/{public_id}/outcome/</code>" in page
    assert "<code>company</code>" in page


def test_a_closed_account_that_opens_again_wakes_no_key(candidate, admin):
    _token, key = make(candidate)

    services.deactivate(candidate, by=admin)
    services.activate(candidate, by=admin)

    assert bearing(key).get(INTERVIEWS).status_code == 401
