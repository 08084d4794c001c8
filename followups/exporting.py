"""What of this app's rows stands in a person's export: decisions, letters, referees, practice, reminders and mails."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.exporting import events
from accounts.personal_data import Table
from followups.models import (
    ArchivedMail,
    Attempt,
    BriefEvent,
    CorrectionPlan,
    InterviewImport,
    Lesson,
    LessonEvent,
    LessonGrant,
    LessonResult,
    NoteEvent,
    NoteText,
    OutboundEmail,
    Recall,
    Referee,
    RefereeBrief,
    Rehearsal,
    Reminder,
    SuppressionChange,
    ThankYouNote,
    TriageDecision,
)
from interviews.exporting import of_interviews


def _lessons(person):
    return Lesson.objects.visible_to(person).filter(candidate=person).order_by("id")


def _of_lessons(model):
    return lambda person: model.objects.filter(lesson__in=_lessons(person)).order_by("id")


_notes, _briefs = of_interviews(ThankYouNote), of_interviews(RefereeBrief)


def _decisions(person):
    own = TriageDecision.objects.visible_to(person).filter(mistake__interview__candidate=person)
    return own.order_by("id")


TABLES = (
    Table(
        "decisions",
        _("What was decided"),
        TriageDecision,
        _decisions,
        "public_id created_at mistake action also message made by is_current accepted_at disputed_at answer_by |"
        " facts reasons rule needs_coach provisional act_within_hours policy_version",
        within="mistake",
        heading="action",
    ),
    Table(
        "correction_plans",
        _("How to put it right"),
        CorrectionPlan,
        lambda person: CorrectionPlan.objects.visible_to(person).order_by("id"),
        "public_id mistake said truth cv_says form_says put_off_at | created_at updated_at",
        within="mistake",
        heading="created_at",
    ),
    Table(
        "notes",
        _("Your notes"),
        ThankYouNote,
        _notes,
        "public_id interview interviewer kind status to_name to_email subject stayed_with_me like_them_to_know"
        " body carries send_wall send_zone sent_at | created_at updated_at send_at due_at approved_at"
        " despite_findings review_asked_at answer_by if_unreviewed failure round",
        within="interview",
        heading="kind to_name",
    ),
    events("note_events", NoteEvent, of=_notes),
    Table(
        "earlier_texts",
        _("Earlier texts"),
        NoteText,
        lambda person: NoteText.objects.filter(note__in=_notes(person)).order_by("id"),
        "note body | at",
        within="note",
        heading="at",
    ),
    Table(
        "referees",
        _("Your referees"),
        Referee,
        lambda person: Referee.objects.visible_to(person).order_by("id"),
        "public_id name relation email agreed_at refused_at addresses_forget_at addresses_kept_until"
        " addresses_forgotten_at | created_at updated_at",
        heading="name",
    ),
    Table(
        "briefs",
        _("What you asked referees to mention"),
        RefereeBrief,
        _briefs,
        "public_id interview referee mistake kind status skill project words job who_may_ring send_wall send_zone"
        " sent_to sent_at answer answered_at called_at | language created_at updated_at send_at approved_at"
        " failure round",
        within="interview",
        heading="kind skill",
    ),
    events("brief_events", BriefEvent, of=_briefs),
    Table(
        "lessons",
        _("What you practise"),
        Lesson,
        _lessons,
        "public_id mistake title status joined_into | kept_apart created_at updated_at",
        heading="title",
    ),
    events("lesson_events", LessonEvent, of=_lessons),
    Table(
        "practice_notes",
        _("Your practice notes"),
        Rehearsal,
        _of_lessons(Rehearsal),
        "public_id lesson question situation task action result | created_at updated_at",
        within="lesson",
        heading="created_at",
    ),
    Table(
        "attempts",
        _("Said aloud"),
        Attempt,
        _of_lessons(Attempt),
        "created_at result lesson | public_id",
        within="lesson",
    ),
    Table(
        "looks_back",
        _("Whether it held"),
        Recall,
        _of_lessons(Recall),
        "answered_at answer interview lesson | public_id created_at",
        within="lesson",
    ),
    Table(
        "lesson_results",
        _("What came of it in sessions"),
        LessonResult,
        _of_lessons(LessonResult),
        "at result lesson | subject_id answered_at",
        within="lesson",
    ),
    Table(
        "lesson_grants",
        _("Who was let in for a session"),
        LessonGrant,
        _of_lessons(LessonGrant),
        "coach ends_at lesson | subject_id created_at",
        within="lesson",
    ),
    Table(
        "lists_to_confirm",
        _("Lists of interviews that wait for your word"),
        InterviewImport,
        lambda person: InterviewImport.objects.visible_to(person).order_by("id"),
        "public_id created_at sheet order",
        heading="created_at",
    ),
    Table(
        "reminders",
        _("Reminders"),
        Reminder,
        lambda person: Reminder.objects.visible_to(person).order_by("id"),
        "sent_at kind subject_id status due_at read_at | public_id created_at subject_type occurrence deliver_at"
        " useless_after snoozed",
    ),
    Table(
        "letters",
        _("Letters in your name"),
        OutboundEmail,
        lambda person: OutboundEmail.objects.letters_of(person).order_by("id"),
        "sent_at kind subject_id status due_at bounced_at | public_id created_at subject_type finished_at bounce_code",
    ),
    Table(
        "mails",
        _("Mails to you"),
        OutboundEmail,
        lambda person: OutboundEmail.objects.filter(Q(recipient=person), to_third_party=False).order_by("id"),
        "sent_at kind subject_id status due_at bounced_at | public_id created_at subject_type finished_at bounce_code",
    ),
    Table(
        "archived_mails",
        _("Older mails to you"),
        ArchivedMail,
        lambda person: ArchivedMail.objects.filter(recipient=person).order_by("id"),
        "sent_at kind subject_id status due_at bounced_at | public_id created_at subject_type finished_at bounce_code",
    ),
    Table(
        "suppression_changes",
        _("Addresses you put on the list of those not written to, or took off it"),
        SuppressionChange,
        lambda person: SuppressionChange.objects.filter(by=person).order_by("id"),
        "at verb reason why",
    ),
)
_OF_THE_MAIL = "of the mail's way to the server"
LEFT_OUT = {
    "followups.ThankYouNote.approved_hash": "what was approved, as a hash",
    "followups.ThankYouNote.written_in": "which open page wrote last",
    "followups.NoteEvent.text_hash": "the text as a hash",
    "followups.Referee.candidate": "always herself",
    "followups.Referee.addresses_look_at": "when the machine looks again",
    "followups.RefereeBrief.approved_hash": "what was approved, as a hash",
    "followups.RefereeBrief.token_hash": "a secret",
    "followups.Lesson.candidate": "always herself",
    "followups.InterviewImport.candidate": "always herself",
    "followups.Reminder.recipient": "always herself",
    "followups.ReminderEvent": "the steps of a reminder, whose dates stand in its row",
    "followups.OutboundEmailEvent": "the steps of a mail, whose dates stand in its row",
    "followups.ArchivedMail.recipient": "always herself",
    **{
        f"followups.ArchivedMail.{name}": _OF_THE_MAIL
        for name in ["urgency", "dedupe_key", "attempts", "code", "error"]
    },
    "followups.Suppression": "a keyed hash of an address, and which admin put it there: those stand in suppression_changes",
    "followups.SuppressionChange.by": "always herself",
    "followups.SuppressionChange.address_hash": "an address as a keyed hash",
    "followups.LetterPause": "the running of the installation, not of a person",
    "followups.MailPause": "the running of the installation, not of a person",
    "followups.OutboundEmail.message_encrypted": "kept until it is sent; a letter's text stands in its note or brief",
    "followups.OutboundEmail.to_address_encrypted": "stands in the note or brief",
    **{
        f"followups.OutboundEmail.{name}": _OF_THE_MAIL
        for name in [
            "urgency",
            "to_third_party",
            "sender",
            "recipient",
            "to_address_hash",
            "content_hash",
            "is_secret",
            "dedupe_key",
            "deliver_at",
            "next_try_at",
            "useless_after",
            "ignores_quiet_hours",
            "claim_id",
            "lease_until",
            "attempts",
            "stage",
            "code",
            "error",
            "handed_over_at",
            "scrubbed_at",
        ]
    },
}
# Names of columns in the text for people.
WORDS = {
    "TriageDecision.created_at": _("Decided"),
    "action": _("What to do"),
    "also": _("And also"),
    "made": _("Decided how"),
    "is_current": _("It still stands"),
    "TriageDecision.accepted_at": _("Done with it"),
    "disputed_at": _("Not so sure"),
    "answer_by": _("To be answered by"),
    "put_off_at": _("Put off"),
    "interviewer": _("For"),
    "kind": _("What it is"),
    "carries": _("It carries"),
    "sent_at": _("Sent"),
    "Reminder.sent_at": _("Sent"),
    "subject_id": _("About"),
    "due_at": _("For when"),
    "read_at": _("Read"),
    "bounced_at": _("Came back"),
    "NoteText.body": _("The text"),
    "agreed_at": _("They agreed"),
    "refused_at": _("They asked not to be written to"),
    "addresses_forget_at": _("Address to be forgotten"),
    "addresses_kept_until": _("Address kept until"),
    "addresses_forgotten_at": _("Address forgotten"),
    "referee": _("Referee"),
    "mistake": _("It is about"),
    "sent_to": _("Sent to"),
    "answer": _("Answer"),
    "answered_at": _("Answered"),
    "called_at": _("They rang"),
    "joined_into": _("Joined with"),
    "result": _("Result"),
    "Rehearsal.result": _("What came of it"),
    "Rehearsal.task": _("What was to be done"),
    "Recall.interview": _("In the interview"),
    "sheet": _("The rows"),
    "order": _("In dates comes first"),
    "SuppressionChange.verb": _("What"),
    "SuppressionChange.reason": _("Reason"),
    "Attempt.created_at": _("When"),
    "InterviewImport.created_at": _("Read in"),
    "LessonGrant.ends_at": _("Until"),
}
