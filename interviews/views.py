"""Pages that show facts alone."""

from django.http import Http404
from django.shortcuts import render

from accounts.pages import keyset_page
from interviews.readings import readings_of


def reading_list(request):
    """Who else has read her interviews: once per reader, interview and hour."""
    if not request.user.is_candidate:
        raise Http404
    page = keyset_page(readings_of(request.user), request, key="at")
    rows = [(read, read.company) for read in page]
    return render(request, "interviews/reading_list.html", {"page": page, "rows": rows, "nav_active": "settings"})
