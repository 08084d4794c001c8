"""What a prep sheet gathers for one interview: from its own page, its earlier rounds, and what she practises."""

from django.db.models import Case, When
from django.utils.translation import gettext as _

from followups import practice, prep
from followups.briefing import first_sentences
from followups.models import Lesson, TriageDecision
from followups.services.lessons import SHOWN, to_do_of
from interviews.models import Interview, Interviewer, Mistake, Requirement

MOST_ROUNDS = 10
MOST_INTERVIEWS = 20
SAY_IT_THERE = "say_it_there"


def sheet_of(interview):
    """One page for this interview."""
    rounds = _earlier_rounds(interview)
    return prep.fit(
        prep.Sheet(
            people=tuple(_person(each) for each in interview.interviewers.all()),
            say_there=tuple(_to_say(rounds)),
            practise=tuple(_to_practise(interview, rounds)),
            must_haves=tuple(_must_haves(interview, rounds)),
            went_well=tuple(_went_well(interview, rounds)),
            links=prep.links_in(interview.notes),
            jottings=prep.without_links(interview.notes),
        )
    )


def _earlier_rounds(interview):
    """The rounds before this one, the latest first."""
    found, following = [], interview.previous_id
    while following and following != interview.pk and len(found) < MOST_ROUNDS:
        one = Interview.objects.filter(pk=following, candidate=interview.candidate_id).first()
        if one is None or one in found:
            break
        found.append(one)
        following = one.previous_id
    return found


def _person(person):
    line = f"{person.name}, {person.title}" if person.title else person.name
    return line if person.kind == Interviewer.Kind.INTERVIEWER else f"{line} ({person.get_kind_display()})"


def _to_say(rounds):
    """What was to be said when they meet again, as a fact: her two sentences, else what it is about."""
    said_there = TriageDecision.objects.current().filter(
        action=TriageDecision.Action.PRACTICE,
        reasons__contains=[{"code": SAY_IT_THERE}],
        mistake__interview__in=rounds,
        mistake__status__in=[*Mistake.LIVE, Mistake.Status.DONE],
    )
    for decision in said_there.select_related("mistake__requirement").order_by("-mistake__interview__ends_at", "id"):
        mistake = decision.mistake
        if mistake.correction.strip():
            yield first_sentences(mistake.correction)
        elif mistake.requirement or mistake.topic:
            yield _line_about(mistake)


def _line_about(mistake):
    about = mistake.requirement.text if mistake.requirement else ""
    return practice.to_do(practice.Source(kind=mistake.kind, requirement=about, topic=mistake.topic), gettext=_)


def _to_practise(interview, rounds):
    """What she practises, those out of earlier rounds and of the same employer first, then the oldest."""
    lessons = Lesson.objects.filter(candidate=interview.candidate_id).open().for_list()[:SHOWN]
    company, before = interview.company.casefold(), {each.pk for each in rounds}

    def is_far(lesson):
        from_there = lesson.mistake and lesson.mistake.interview
        return not (from_there and (from_there.pk in before or from_there.company.casefold() == company))

    for lesson in sorted(lessons, key=lambda each: (is_far(each), each.pk)):
        yield to_do_of(lesson)


def _must_haves(interview, rounds):
    own = [interview, *rounds]
    order = Case(*(When(interview=each, then=place) for place, each in enumerate(own)))
    for row in Requirement.objects.filter(interview__in=own).order_by(order, "id"):
        is_known = row.interview_id != interview.pk and row.coverage != Requirement.Coverage.UNKNOWN
        yield prep.MustHave(row.text, row.evidence, str(row.get_coverage_display()) if is_known else "")


def _went_well(interview, rounds):
    """From interviews that were held: earlier rounds, the same employer, then the others, the latest first."""
    held = Interview.objects.filter(candidate=interview.candidate_id, status=Interview.Status.HELD)
    told = list(held.exclude(went_well="").exclude(pk=interview.pk).order_by("-ends_at")[:MOST_INTERVIEWS])
    before, company = {each.pk for each in rounds}, interview.company.casefold()
    told.sort(key=lambda each: (each.pk not in before, each.company.casefold() != company))
    return [each.went_well for each in told]
