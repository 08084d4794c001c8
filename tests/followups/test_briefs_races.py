"""The limit of two holds under requests that come at the same moment."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.records import Refused
from followups.models import OutboundEmail
from followups.services import briefs
from tests.factories import InterviewFactory, RefereeBriefFactory, RefereeFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.parametrize("round_", range(3))]


def test_of_six_letters_at_once_two_go(candidate, round_):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    referee = RefereeFactory(candidate=candidate)
    drafts = [
        RefereeBriefFactory(interview=InterviewFactory(candidate=candidate), referee=referee) for _number in range(6)
    ]
    barrier, results = threading.Barrier(len(drafts)), []

    def run(brief):
        try:
            barrier.wait()
            briefs.send_now(brief, by=candidate)
            results.append("done")
        except Refused:
            results.append("refused")
        except Exception as error:
            results.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[brief]) for brief in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done"] * 2 + ["refused"] * 4
    assert OutboundEmail.objects.filter(kind="brief", status="queued").count() == 2
