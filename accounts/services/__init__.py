"""Writes on people and engagements: invitations, agreement, the end of it."""

from accounts.services.auditing import audit, in_words
from accounts.services.drafts import draft_of, forget_after_a_week, forget_draft, forget_drafts_under, keep_draft
from accounts.services.engagements import (
    agree_to_engagement,
    ask_for_coach,
    decline_engagement,
    end_engagement,
    expire_engagement,
    follow_asks_in_vain,
    follow_engagements,
    propose_engagement,
    share_new_interviews_of,
)
from accounts.services.erasures import ask_erasure, carry_out_due, erasure_of, follow_erasures, undo_erasure
from accounts.services.exports import (
    ask_for_export,
    build_exports,
    chunks_of,
    expire_exports,
    follow_exports,
    look_after_exports,
    note_download,
)
from accounts.services.first_run import is_first_run, link_for_first_admin, make_first_admin
from accounts.services.people import (
    accept_invitation,
    activate,
    deactivate,
    follow_invitations,
    follow_people,
    invite,
    set_capacity,
)
from accounts.services.second_steps import (
    ask_step_removal,
    carry_out_step_removal,
    stop_step_removal,
    withdraw_step_removal,
)
from accounts.services.sessions import end_access, end_sessions, sessions_of
from accounts.services.tokens import make_token, revoke_token, token_behind

__all__ = [
    "accept_invitation",
    "activate",
    "agree_to_engagement",
    "ask_erasure",
    "ask_for_coach",
    "ask_for_export",
    "ask_step_removal",
    "audit",
    "build_exports",
    "carry_out_due",
    "carry_out_step_removal",
    "chunks_of",
    "deactivate",
    "decline_engagement",
    "draft_of",
    "end_access",
    "end_engagement",
    "end_sessions",
    "erasure_of",
    "expire_engagement",
    "expire_exports",
    "follow_asks_in_vain",
    "follow_engagements",
    "follow_erasures",
    "follow_exports",
    "follow_invitations",
    "follow_people",
    "forget_after_a_week",
    "forget_draft",
    "forget_drafts_under",
    "in_words",
    "invite",
    "is_first_run",
    "keep_draft",
    "link_for_first_admin",
    "look_after_exports",
    "make_first_admin",
    "make_token",
    "note_download",
    "propose_engagement",
    "revoke_token",
    "sessions_of",
    "set_capacity",
    "share_new_interviews_of",
    "stop_step_removal",
    "token_behind",
    "undo_erasure",
    "withdraw_step_removal",
]
