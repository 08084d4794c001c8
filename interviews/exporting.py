"""What of this app's rows stands in a person's export: the facts a candidate wrote down, and who could read them."""

from django.utils.translation import gettext_lazy as _

from accounts.exporting import events
from accounts.models import AuditEntry
from accounts.personal_data import Table
from interviews.models import (
    Interview,
    Interviewer,
    InterviewEvent,
    InterviewGrant,
    Mistake,
    MistakeEvent,
    Requirement,
)
from interviews.readings import readings_of


def interviews_of(person):
    return Interview.objects.visible_to(person).filter(candidate=person).order_by("id")


def of_interviews(model):
    """The rows of hers of a model that belongs to interviews."""
    return lambda person: model.objects.visible_to(person).filter(interview__candidate=person).order_by("id")


TABLES = (
    Table(
        "interviews",
        _("Your interviews"),
        Interview,
        interviews_of,
        "public_id company role_title status zone starts_wall ends_wall decision_on decision_time"
        " contact_prohibited one_note_to_panel previous shared_with_coach notes went_well outcome outcome_at"
        " closed_at | created_at updated_at country starts_at ends_at not_heard_at ask_outcome invitation_uid"
        " invitation_sequence addresses_forget_at addresses_kept_until addresses_forgotten_at",
        heading="company role_title",
    ),
    events("interview_events", InterviewEvent, of=interviews_of),
    Table(
        "people_met",
        _("People you met"),
        Interviewer,
        of_interviews(Interviewer),
        "public_id interview kind name title email zone | created_at updated_at",
        within="interview",
        heading="name",
    ),
    Table(
        "must_haves",
        _("What the job needs"),
        Requirement,
        of_interviews(Requirement),
        "public_id interview text evidence coverage | suggestion created_at updated_at",
        within="interview",
        heading="text",
    ),
    Table(
        "mistakes",
        _("What went through your mind afterwards"),
        Mistake,
        of_interviews(Mistake),
        "public_id interview kind text topic status requirement touches_must_have asked_for doubt_voiced noticed"
        " settled_in_the_room hurt_someone relied_on private_matter has_new_information correction beyond_words"
        " heard_by | answered created_at updated_at",
        within="interview",
        heading="kind topic",
    ),
    events("mistake_events", MistakeEvent, of=of_interviews(Mistake)),
    Table(
        "interview_grants",
        _("Who was let in for a while"),
        InterviewGrant,
        lambda person: InterviewGrant.objects.filter(interview__in=interviews_of(person)).order_by("id"),
        "interview coach created_at ends_at",
        within="interview",
    ),
    Table(
        "readings",
        _("Who has read your interviews"),
        AuditEntry,
        lambda person: readings_of(person).order_by("id"),
        "at by subject_id",
    ),
)
LEFT_OUT = {
    "interviews.Interview.candidate": "always herself",
    "interviews.Interview.found_by": "company, job and people once more, folded for the search",
    "interviews.Interview.addresses_look_at": "when the machine looks again",
    "interviews.Mistake.place": "counts to five",
}
# Names of columns in the text for people.
WORDS = {
    "outcome": _("How it ended"),
    "outcome_at": _("You heard"),
    "closed_at": _("Nothing left to do since"),
    "touches_must_have": _("It touches a must-have"),
    "asked_for": _("They asked for it"),
    "doubt_voiced": _("They voiced a doubt"),
    "noticed": _("They noticed"),
    "settled_in_the_room": _("Put right in the room"),
    "hurt_someone": _("It may have hurt somebody"),
    "relied_on": _("They may rely on it"),
    "private_matter": _("It is private"),
    "has_new_information": _("There is something new to say"),
    "heard_by": _("Who heard it"),
}
