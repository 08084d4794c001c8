"""Referee briefs: writing, sending, following their mail, the referee's answer, and the thanks."""

from followups.services.briefs.answers import answer_brief, brief_of
from followups.services.briefs.asking import why_limited
from followups.services.briefs.changes import forget_brief, interview_changed, take_back_if_changed
from followups.services.briefs.drafts import draft_brief, draft_thanks, edit_brief
from followups.services.briefs.letters import (
    findings_of,
    is_too_long,
    last_day_of_link,
    letter_of,
    link_ends_at,
    mailto_of,
    message_of,
    whatsapp_of,
)
from followups.services.briefs.sending import (
    LIFE,
    hold_letters,
    mark_called,
    reopen_brief,
    resolve_unknown,
    schedule_brief,
    send_now,
    share_by_self,
    skip_brief,
    suggested_at,
    unschedule_brief,
    why_not_by_afterword,
    zone_of,
)

__all__ = [
    "LIFE",
    "answer_brief",
    "brief_of",
    "draft_brief",
    "draft_thanks",
    "edit_brief",
    "findings_of",
    "forget_brief",
    "hold_letters",
    "interview_changed",
    "is_too_long",
    "last_day_of_link",
    "letter_of",
    "link_ends_at",
    "mailto_of",
    "mark_called",
    "message_of",
    "reopen_brief",
    "resolve_unknown",
    "schedule_brief",
    "send_now",
    "share_by_self",
    "skip_brief",
    "suggested_at",
    "take_back_if_changed",
    "unschedule_brief",
    "whatsapp_of",
    "why_limited",
    "why_not_by_afterword",
    "zone_of",
]
