"""Parts of a page that follow what happens elsewhere while it stays open.

A page shows one as `<div {% live part %}>…</div>`; static/js/live.js asks for it anew, ever more rarely while nothing changes.
"""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.cache import get_conditional_response

from accounts.records import version_of


@dataclass(frozen=True)
class Part:
    """Where it is asked for, and the `state` from which alone it is made: values, no records."""

    url: str
    state: tuple

    @property
    def version(self):
        return version_of(self.state)


def answer(request, part, template, context):
    """The part anew, or 304 for whoever has this version already.

    It is asked often: before this nothing should be read but its state, in one query.
    """
    etag = f'"{part.version}"'
    response = get_conditional_response(request, etag=etag) or render(request, template, context)
    response["ETag"] = etag
    return response
