"""What was done to accounts and engagements."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from accounts import services
from accounts.models import AuditEntry
from accounts.pages import keyset_page
from accounts.permissions import can_manage_people


def audit_list(request):
    """Admins: what was done to accounts and engagements, by whom and when; no content."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    page = keyset_page(AuditEntry.objects.visible_to(request.user).for_list(), request, key="at")
    rows = [(entry, services.in_words(entry)) for entry in page]
    return render(request, "accounts/audit_list.html", {"page": page, "rows": rows, "nav_active": "people"})
