import pytest


@pytest.fixture(autouse=True)
def rates_anew(empty_cache):
    """People sign in through the door in nearly all of these tests, from one address: faster machines met its limit."""
