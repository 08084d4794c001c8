import pytest
import time_machine
from django.utils import timezone

from tests.mailing import sink  # noqa: F401 -- a fixture for all tests here


@pytest.fixture
def one_minute():
    """Rates count anew with every minute: one that does not end here."""
    with time_machine.travel(timezone.now(), tick=False):
        yield
