"""A person's export from the asking to its end: who gets it, how far it is, what happens when something goes wrong."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import DataError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import AuditEntry, Export, ExportChunk
from accounts.records import Conflict
from accounts.services import exports
from followups.models import OutboundEmail
from tests.coaching.test_booking_races import at_once
from tests.factories import InterviewFactory
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough pass phrase"
PAGE, API = "/settings/data/", "/api/v1/exports/"
HOUR = timedelta(hours=1)


@pytest.fixture
def phone(candidate):
    candidate.set_password(PASSWORD)
    candidate.save()
    phone = Client()
    phone.force_login(candidate)
    return phone


@pytest.fixture
def ready(candidate):
    InterviewFactory(candidate=candidate, company="Kilele Media")
    services.ask_for_export(candidate)
    services.build_exports(timezone.now())
    return Export.objects.get()


def confirm(phone):
    phone.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def content_of(answer):
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        return json.loads(archive.read("your-data.json"))


def test_asked_for_built_confirmed_fetched(phone, candidate):
    """The whole way on the pages."""
    InterviewFactory(candidate=candidate, company="Kilele Media")
    asked = phone.post(reverse("export-new"), follow=True).content.decode()
    under_way = services.build_exports(timezone.now())
    page = phone.get(PAGE).content.decode()
    address = reverse("export-download", args=[Export.objects.get().public_id])
    first = phone.get(address)
    confirm(phone)
    offered = phone.get(PAGE).content.decode()
    fetched = phone.get(address)

    assert "Being put together" in asked
    assert "data-live=" in asked
    assert (under_way, "Confirm that it is you" in page, address in page) == (1, True, False)
    assert (first.status_code, first.url.split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert address in offered
    assert [row["company"] for row in content_of(fetched)["interviews"]] == ["Kilele Media"]
    assert (fetched["Content-Type"], fetched["Cache-Control"]) == ("application/zip", "no-store, private")
    assert list(AuditEntry.objects.filter(by=candidate).order_by("id").values_list("verb", flat=True)) == [
        "export asked for",
        "export downloaded",
    ]


def test_the_page_follows_without_being_loaded_anew(phone, candidate):
    export = services.ask_for_export(candidate)
    waiting = phone.get(PAGE, headers={"HX-Request": "true"})
    again = phone.get(PAGE, headers={"HX-Request": "true", "If-None-Match": waiting["ETag"]})
    Export.objects.filter(pk=export.pk).update(status="building", done=3, total=60)
    further = phone.get(PAGE, headers={"HX-Request": "true", "If-None-Match": waiting["ETag"]})

    assert (waiting.status_code, again.status_code, further.status_code) == (200, 304, 200)
    assert "3 of 60" in further.content.decode()
    assert "<html" not in further.content.decode()


def test_nobody_else_is_shown_that_there_is_one(candidate, stranger, client_of):
    browser = client_of(stranger)
    before = browser.get(PAGE, headers={"HX-Request": "true"})
    services.ask_for_export(candidate)
    services.build_exports(timezone.now())

    assert browser.get(PAGE, headers={"HX-Request": "true"})["ETag"] == before["ETag"]
    assert browser.get(API).json()["results"] == []


def test_a_mail_says_so_and_holds_nothing_of_it(ready, candidate):
    mail = OutboundEmail.objects.get(kind="export")

    assert mail.recipient == candidate
    assert "/settings/data/" in text_of(mail)
    assert not any(word in text_of(mail) for word in ("Kilele", str(ready.public_id), "download/"))


def test_by_api(phone, candidate):
    asked = phone.post(API)
    place = f"{API}{asked.json()['public_id']}/"
    early = phone.get(f"{place}download/")
    services.build_exports(timezone.now())
    progress = phone.get(place).json()
    unconfirmed = phone.get(f"{place}download/", headers={"Accept": "application/zip"})
    confirm(phone)
    fetched = phone.get(f"{place}download/", headers={"Accept": "application/zip"})

    assert (asked.status_code, early.status_code, unconfirmed.status_code) == (202, 409, 403)
    assert progress["status"] == "ready"
    assert progress["done"] == progress["total"] > 0
    assert content_of(fetched)["account"][0]["email"] == candidate.email


def test_a_token_sees_how_far_it_is_and_takes_nothing(ready, candidate):
    key = services.make_token(candidate, name="Script", scopes=["read", "write", "send"], days=1)[1]
    program = Client(headers={"Authorization": f"Bearer {key}"})

    answers = [
        program.get(f"{API}{ready.public_id}/"),
        program.get(f"{API}{ready.public_id}/download/"),
        program.post(API),
    ]

    assert [answer.status_code for answer in answers] == [200, 403, 403]
    assert answers[1].json()["detail"] == "Not by an access token: sign in for this."


def test_one_at_a_time_and_three_a_day(candidate):
    now = timezone.now()
    for _ in range(Export.MOST_A_DAY):
        services.ask_for_export(candidate, now=now)
        with pytest.raises(Conflict, match="already"):
            services.ask_for_export(candidate, now=now)
        services.build_exports(now)

    with pytest.raises(Conflict, match="within a day"):
        services.ask_for_export(candidate, now=now)
    assert services.ask_for_export(candidate, now=now + 25 * HOUR)


def test_after_a_day_it_is_deleted_and_the_pages_say_so(phone, ready):
    place, by_api = reverse("export-download", args=[ready.public_id]), f"{API}{ready.public_id}/download/"
    confirm(phone)
    Export.objects.update(expires_at=timezone.now())
    over = phone.get(place)
    deleted = services.expire_exports(timezone.now())
    gone = phone.get(place)

    assert [over.status_code, gone.status_code, phone.get(by_api).status_code] == [410] * 3
    assert "It was kept for a day" in gone.content.decode()
    assert (deleted, services.expire_exports(timezone.now()), ExportChunk.objects.count()) == (1, 0, 0)
    assert "has had its day" in phone.get(PAGE).content.decode()


def test_what_fails_is_tried_again_and_said_after_the_third_time(phone, candidate, monkeypatch):
    def fail(person, data):
        raise DataError(f"about {person.email}")

    monkeypatch.setattr(exports, "pack", fail)
    now = timezone.now()
    services.ask_for_export(candidate, now=now)
    soon = [services.build_exports(now), Export.objects.get().status]
    for attempt in range(1, 3):
        services.build_exports(now + attempt * HOUR)
    failed = Export.objects.get()
    page = phone.get(PAGE).content.decode()
    monkeypatch.undo()
    phone.post(reverse("export-new"))
    services.build_exports(timezone.now())

    assert soon == [0, "waiting"]
    assert (failed.status, failed.attempts) == ("failed", 3)
    assert "That is our fault" in page
    assert "Try again" in page
    assert list(Export.objects.order_by("id").values_list("status", flat=True)) == ["failed", "ready"]


def test_a_worker_that_dies_is_followed_by_another_and_comes_too_late(candidate, monkeypatch):
    """The first is still at it when its time is over; what it brings then is not taken."""
    now = timezone.now()
    services.ask_for_export(candidate, now=now)
    pack, seen = exports.pack, []

    def slow(person, data):
        if not seen:
            seen.append(services.build_exports(now + exports.LEASE / 2))
            seen.append(services.build_exports(now + 2 * exports.LEASE))
        return pack(person, data)

    monkeypatch.setattr(exports, "pack", slow)
    late = services.build_exports(now)

    export = Export.objects.get()
    assert (seen, late, export.status, export.attempts) == ([0, 1], 0, "ready", 2)
    assert list(export.events.values_list("new", "reason"))[2:3] == [("waiting", "lost")]
    assert sum(len(chunk) for chunk in services.chunks_of(export)) == export.size


def test_the_pump_builds_what_no_worker_came_for(candidate):
    now = timezone.now()
    services.ask_for_export(candidate, now=now)
    services.look_after_exports(now)
    left_alone = Export.objects.get().status
    services.look_after_exports(now + exports.UNATTENDED)

    assert (left_alone, Export.objects.get().status) == ("waiting", "ready")


def test_a_large_one_is_kept_in_pieces(candidate, monkeypatch):
    monkeypatch.setattr(ExportChunk, "SIZE", 1000)
    services.ask_for_export(candidate)
    services.build_exports(timezone.now())

    export = Export.objects.get()
    pieces = list(services.chunks_of(export))
    assert len(pieces) == -(-export.size // 1000) > 3
    assert zipfile.ZipFile(io.BytesIO(b"".join(pieces))).testzip() is None


def test_whoever_is_gone_meanwhile_gets_none(candidate, monkeypatch):
    """An account may be erased while its data is put together."""
    pack = exports.pack

    def erased(person, data):
        Export.objects.all().delete()
        return pack(person, data)

    monkeypatch.setattr(exports, "pack", erased)
    services.ask_for_export(candidate)

    assert services.build_exports(timezone.now()) == 0
    assert (Export.objects.count(), ExportChunk.objects.count(), OutboundEmail.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_windows_and_two_workers_at_once(candidate):
    """One export comes of it, built once, told once."""

    def ask():
        try:
            services.ask_for_export(candidate)
        except Conflict:
            return "Conflict"
        return "asked"

    now = timezone.now() + timedelta(seconds=5)

    assert sorted(at_once([ask] * 3)) == ["Conflict", "Conflict", "asked"]
    assert sum(at_once([lambda: services.build_exports(now)] * 3)) == 1
    assert Export.objects.get().status == "ready"
    assert OutboundEmail.objects.filter(kind="export").count() == 1
