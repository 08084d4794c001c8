"""What is done about the facts: decisions, notes, referees, lessons, reminders, mails."""

from followups.models.archived_mail import ArchivedMail
from followups.models.correction_plan import CorrectionPlan
from followups.models.decision import TriageDecision
from followups.models.interview_import import InterviewImport
from followups.models.lesson import Attempt, Lesson, LessonEvent, Recall, Rehearsal
from followups.models.lesson_grant import LessonGrant
from followups.models.lesson_result import LessonResult
from followups.models.note import NoteEvent, NoteText, ThankYouNote
from followups.models.outbound_email import OutboundEmail, OutboundEmailEvent
from followups.models.referee import BriefEvent, Referee, RefereeBrief
from followups.models.reminder import Reminder, ReminderEvent
from followups.models.suppression import LetterPause, MailPause, Suppression, SuppressionChange
from followups.models.watch import Alert, Heartbeat, PunctualityWeek, Tally

__all__ = [
    "Alert",
    "ArchivedMail",
    "Attempt",
    "BriefEvent",
    "CorrectionPlan",
    "Heartbeat",
    "InterviewImport",
    "Lesson",
    "LessonEvent",
    "LessonGrant",
    "LessonResult",
    "LetterPause",
    "MailPause",
    "NoteEvent",
    "NoteText",
    "OutboundEmail",
    "OutboundEmailEvent",
    "PunctualityWeek",
    "Recall",
    "Referee",
    "RefereeBrief",
    "Rehearsal",
    "Reminder",
    "ReminderEvent",
    "Suppression",
    "SuppressionChange",
    "Tally",
    "ThankYouNote",
    "TriageDecision",
]
