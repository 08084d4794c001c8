"""Notes: drafting, checking, sending, and following their mail."""

from followups.services.notes.changes import interview_changed, stop_correction
from followups.services.notes.checks import Mend, ShownFinding, errors_in, findings_of, is_unsaid, marked, mended
from followups.services.notes.drafts import (
    bring_back_text,
    carry,
    choice_of,
    draft_note,
    edit_note,
    is_one_note,
    put_together,
    readers_of,
    take_out_correction,
)
from followups.services.notes.following import catch_up, follow, still_wanted
from followups.services.notes.letters import Letter, eml_of, letter_of, mailto_of, text_hash
from followups.services.notes.moving import hold_letters
from followups.services.notes.sending import (
    BetterChanged,
    mark_review_asked,
    mark_sent_by_self,
    reopen_note,
    resolve_unknown,
    schedule_note,
    send_now,
    skip_note,
    unschedule_note,
    why_not_by_afterword,
)
from followups.services.notes.times import note_times, state_of, times_of, zone_of

__all__ = [
    "BetterChanged",
    "Letter",
    "Mend",
    "ShownFinding",
    "bring_back_text",
    "carry",
    "catch_up",
    "choice_of",
    "draft_note",
    "edit_note",
    "eml_of",
    "errors_in",
    "findings_of",
    "follow",
    "hold_letters",
    "interview_changed",
    "is_one_note",
    "is_unsaid",
    "letter_of",
    "mailto_of",
    "mark_review_asked",
    "mark_sent_by_self",
    "marked",
    "mended",
    "note_times",
    "put_together",
    "readers_of",
    "reopen_note",
    "resolve_unknown",
    "schedule_note",
    "send_now",
    "skip_note",
    "state_of",
    "still_wanted",
    "stop_correction",
    "take_out_correction",
    "text_hash",
    "times_of",
    "unschedule_note",
    "why_not_by_afterword",
    "zone_of",
]
