"""Who is who, and who may see whom."""

from accounts.models.access_token import AccessToken
from accounts.models.audit_entry import AuditEntry
from accounts.models.engagement import Engagement, EngagementEvent
from accounts.models.erasure import Erasure, ErasureEvent
from accounts.models.export import Export, ExportChunk, ExportEvent
from accounts.models.first_run_link import FirstRunLink
from accounts.models.form_draft import FormDraft
from accounts.models.idempotent_request import IdempotentRequest
from accounts.models.installation import Installation
from accounts.models.invitation import Invitation
from accounts.models.one_time import hash_token
from accounts.models.roster import Roster
from accounts.models.step_removal import StepRemoval, StepRemovalEvent
from accounts.models.user import SECOND_STEPS, Language, User

__all__ = [
    "SECOND_STEPS",
    "AccessToken",
    "AuditEntry",
    "Engagement",
    "EngagementEvent",
    "Erasure",
    "ErasureEvent",
    "Export",
    "ExportChunk",
    "ExportEvent",
    "FirstRunLink",
    "FormDraft",
    "IdempotentRequest",
    "Installation",
    "Invitation",
    "Language",
    "Roster",
    "StepRemoval",
    "StepRemovalEvent",
    "User",
    "hash_token",
]
