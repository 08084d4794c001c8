"""Whose mail domain lets them sign up: exactly the one that was named, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.joining import NoDomain, is_at_one_of, normal_domain

OPEN = ["office.example", "xn--bro-hoa.example"]


@pytest.mark.parametrize(
    "address",
    [
        "mary@office.example",
        "Mary@OFFICE.Example",
        "mary+evening@office.example",
        " mary@office.example ",
        "mary@office.example.",
        '"a@b"@office.example',
        "mary@büro.example",
        "mary@BÜRO.example",
        "mary@xn--bro-hoa.example",
        "mary@ｏffice.example",  # the wide letters of East Asian keyboards, which every program takes for the plain ones
    ],
)
def test_at_one_of_them(address):
    assert is_at_one_of(address, OPEN)


@pytest.mark.parametrize(
    "address",
    [
        "mary@mail.office.example",
        "mary@notoffice.example",
        "mary@office.example.org",
        "office.example",
        "mary@office.example@elsewhere.example",
        "mary@оffice.example",  # its first letter is Cyrillic
        "mary@buro.example",
        "mary@",
        "",
    ],
)
def test_at_none_of_them(address):
    assert not is_at_one_of(address, OPEN)


@pytest.mark.parametrize("text", ["", "@", "office", "*.example", "mary@office.example", "a..example", "10.0.0.1", "-a.example", "a" * 64 + ".example", "a b.example"])  # fmt: skip
def test_what_is_no_mail_domain(text):
    with pytest.raises(NoDomain):
        normal_domain(text)


@given(st.text(max_size=80))
def test_any_text_is_a_domain_once_and_for_all_or_none(text):
    try:
        domain = normal_domain(text)
    except NoDomain:
        return
    assert (normal_domain(domain), domain.isascii(), domain) == (domain, True, domain.lower())
