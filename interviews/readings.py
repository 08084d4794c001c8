"""Who else has read somebody's interviews, for her page and for the API."""

from django.db.models import OuterRef, Subquery

from accounts.models import AuditEntry
from interviews.models import Interview


def readings_of(candidate):
    """Once per reader, interview and hour; each with its `company`."""
    mine = Interview.objects.filter(candidate=candidate)
    company = mine.filter(public_id=OuterRef("subject_id")).values("company")[:1]
    return (
        AuditEntry.objects.filter(verb="read", subject_type="interview", subject_id__in=mine.values("public_id"))
        .select_related("by")
        .annotate(company=Subquery(company))
    )
