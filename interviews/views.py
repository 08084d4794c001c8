"""Pages that show facts alone."""

from django.http import Http404
from django.shortcuts import render

from accounts.models import AuditEntry
from accounts.pages import keyset_page
from interviews.models import Interview


def reading_list(request):
    """Who else has read her interviews: once per reader, interview and hour."""
    if not request.user.is_candidate:
        raise Http404
    mine = Interview.objects.filter(candidate=request.user)
    reads = AuditEntry.objects.filter(
        verb="read", subject_type="interview", subject_id__in=mine.values("public_id")
    ).select_related("by")
    page = keyset_page(reads, request, key="at")
    companies = dict(mine.filter(public_id__in=[read.subject_id for read in page]).values_list("public_id", "company"))
    rows = [(read, companies[read.subject_id]) for read in page]
    return render(request, "interviews/reading_list.html", {"page": page, "rows": rows, "nav_active": "settings"})
