"""What is done about the facts: decisions, notes, referees, lessons, reminders, mails."""

from followups.models.correction_plan import CorrectionPlan
from followups.models.decision import TriageDecision
from followups.models.lesson import Lesson, LessonEvent
from followups.models.note import NoteEvent, NoteText, ThankYouNote
from followups.models.outbound_email import Heartbeat, OutboundEmail, OutboundEmailEvent, Suppression
from followups.models.referee import Referee
from followups.models.reminder import Reminder, ReminderEvent

__all__ = [
    "CorrectionPlan",
    "Heartbeat",
    "Lesson",
    "LessonEvent",
    "NoteEvent",
    "NoteText",
    "OutboundEmail",
    "OutboundEmailEvent",
    "Referee",
    "Reminder",
    "ReminderEvent",
    "Suppression",
    "ThankYouNote",
    "TriageDecision",
]
