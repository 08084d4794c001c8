"""Who was there, and what the job needs."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.records import Refused
from interviews.models import Interviewer, Requirement

MAX_ROWS = 20


def add_interviewer(interview, *, by, name, kind=Interviewer.Kind.INTERVIEWER, title="", email="", zone=""):
    if interview.interviewers.count() >= MAX_ROWS:
        raise Refused(_("That is a very large panel. Address one note to all of them."))
    return _save(Interviewer(interview=interview), name=name, kind=kind, title=title, email=email, zone=zone)


def new_interviewer(**fields):
    """Somebody as they would be added to an interview that is not there yet; checked, not saved."""
    return _checked(Interviewer(), exclude={"interview"}, **fields)


def edit_interviewer(interviewer, *, by, **fields):
    return _save(interviewer, **fields)


def remove_interviewer(interviewer, *, by):
    """Notes to this person stay, without the link."""
    interviewer.delete()


def add_requirement(interview, *, by, text, evidence="", coverage=Requirement.Coverage.UNKNOWN):
    """A must-have; the same words again are the same must-have."""
    known = interview.requirements.filter(text__iexact=text.strip()).first()
    if known:
        return known
    if interview.requirements.count() >= MAX_ROWS:
        raise Refused(_("Keep to those that the job cannot do without."), field="text")
    return _save(Requirement(interview=interview), text=text, evidence=evidence, coverage=coverage)


def edit_requirement(requirement, *, by, **fields):
    return _save(requirement, **fields)


def remove_requirement(requirement, *, by):
    requirement.delete()


def _save(record, **fields):
    _checked(record, **fields).save()
    return record


def _checked(record, *, exclude=(), **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    try:
        record.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
    return record
