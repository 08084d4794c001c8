"""The audit: who did what to whose account or engagement."""

from accounts.models import AuditEntry


def audit(verb, subject, *, by):
    AuditEntry.objects.create(verb=verb, subject_type=subject._meta.model_name, subject_id=subject.public_id, by=by)
