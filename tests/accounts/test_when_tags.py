"""How much time is left, as a page says it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.templatetags.when import left

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(minutes=9), "9\xa0minutes"),
        (timedelta(hours=1, minutes=20), "1\xa0hour"),
        (timedelta(hours=11, minutes=58), "12\xa0hours"),
        (timedelta(hours=11, minutes=30), "11\xa0hours"),
        (timedelta(hours=23, minutes=55), "1\xa0day"),
        (timedelta(), "0\xa0minutes"),
    ],
)
def test_one_unit(ahead, words):
    with time_machine.travel(NOW, tick=False):
        assert left(NOW + ahead) == words
