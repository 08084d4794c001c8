"""What she answered on the public page, taken up as the first thing about an interview of hers."""

from accounts import kept
from followups import one_thing
from followups.services import interviews

FACTS = frozenset(
    {
        "touches_must_have",
        "asked_for",
        "doubt_voiced",
        "noticed",
        "settled_in_the_room",
        "hurt_someone",
        "relied_on",
        "private_matter",
        "has_new_information",
    }
)


def kept_of(user):
    """Where she stood when she kept it (`one_thing.Look`); None if there is nothing, or nothing of use any more."""
    answers = kept.answers_of(user)
    look = one_thing.look(answers) if answers else None
    return look if look and look.decision else None


def answers_in(look):
    """Her answers as a mistake keeps them: “not sure” stays what it is, where the policy reads it as a no."""
    answers = {}
    for question in one_thing.questions_of(look.facts["kind"]):
        option = question.option(look.answers.get(question.name))
        if option is None:
            continue
        unsure = option.word == "unsure"
        for name, value in option.facts.items():
            is_open = unsure and value is False and name not in ("touches_must_have", "asked_for", "doubt_voiced")
            answers[name] = None if is_open else str(value) if isinstance(value, str) else value
    return {name: value for name, value in answers.items() if name in FACTS}


def taken_up(look, interview, *, by):
    """It stands in this interview now. That they want no letters is a fact about the interview."""
    if look.answers.get("writing") == "no" and not interview.contact_prohibited:
        interviews.edit_interview(interview, by=by, contact_prohibited=True)
    kept.forget(by)
