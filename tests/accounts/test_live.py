"""Parts of a page that follow what happens elsewhere: asked often, answered shortly while nothing changes."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from accounts import live


def ask(part, **headers):
    return live.answer(RequestFactory().get(part.url, headers=headers), part, "includes/icon.html", {"name": "eye"})


def test_it_comes_with_its_version():
    part = live.Part("/part/", ("open", None, 3))
    answer = ask(part)
    assert (answer.status_code, answer["ETag"], "#eye" in answer.text) == (200, f'"{part.version}"', True)


@pytest.mark.parametrize("tag", ['"{}"', 'W/"{}"', '"other", "{}"'])
def test_whoever_has_this_version_gets_nothing(tag):
    part = live.Part("/part/", (1, 2))
    answer = ask(part, if_none_match=tag.format(part.version))
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{part.version}"')


def test_another_state_is_another_version():
    before, after = live.Part("/part/", (0, 0)), live.Part("/part/", (1, 0))
    assert ask(after, if_none_match=f'"{before.version}"').status_code == 200


def test_the_tag_escapes_its_address(settings):
    settings.LIVE_SECONDS = 5
    part = live.Part('/part/?a=1&b="', ())
    shown = Template("{% load live %}{% live part %}").render(Context({"part": part}))
    assert shown == (
        f'data-live="5" data-version="{part.version}" hx-get="/part/?a=1&amp;b=&quot;" hx-trigger="look" role="status"'
    )
