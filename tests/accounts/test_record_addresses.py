"""Addresses of records are those of the URLconf."""

from uuid import uuid4

import pytest
from django.template import engines
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix

from accounts.addresses import address


@pytest.mark.parametrize("name", ["review-detail", "interview-detail", "note-new", "booking-report-write"])
def test_it_is_what_django_gives(name):
    for public_id in (uuid4(), uuid4()):
        assert address(name, public_id) == reverse(name, args=[public_id])
        assert address(name, str(public_id)) == reverse(name, args=[public_id])


def test_what_is_no_id_has_no_address():
    with pytest.raises(NoReverseMatch):
        address("review-detail", "")


def test_a_template_writes_it():
    public_id = uuid4()
    shown = engines["django"].from_string("{% address 'review-detail' public_id %}").render({"public_id": public_id})
    assert shown == reverse("review-detail", args=[public_id])


def test_below_another_path_it_stands_there():
    public_id, before = uuid4(), get_script_prefix()
    root = address("review-detail", public_id)
    set_script_prefix("/after/")
    try:
        assert address("review-detail", public_id) == "/after" + root
    finally:
        set_script_prefix(before)
