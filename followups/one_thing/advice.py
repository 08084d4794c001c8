"""What to do with an answer, in a few lines; whoever shows them translates them."""

from accounts.when import gettext_noop
from followups.triage import Action, Decision, Kind

# What can be practised as an answer, aloud.
SPOKEN = frozenset({Kind.OMITTED_INFORMATION, Kind.WEAK_ANSWER, Kind.TECHNICAL_ERROR})

NEXT: dict[Action, tuple[str, ...]] = {
    Action.LET_GO: (
        gettext_noop("Nothing needs writing, and nobody needs telling. You may close the door on it."),
        gettext_noop("Should a new fact come to mind that this job needs, come back. It is looked at afresh."),
    ),
    Action.THANK_YOU_NOTE: (
        gettext_noop(
            "Begin with the thank-you note you would send anyway: something of the talk that stayed with you."
        ),
        gettext_noop("Add it once, in two sentences: “When we spoke about …, one thing I would add: …”"),
        gettext_noop("No apology and no reasons. Send it within a day of the interview; later, as soon as you can."),
    ),
    Action.REFEREE: (
        gettext_noop("Ask them whether they would mention it if they are rung up."),
        gettext_noop("Tell them in two sentences what it is; the words are theirs."),
    ),
    Action.PRACTICE: (
        gettext_noop(
            "Say the answer aloud once, in a minute and a half: the situation, your task, what you did, what came of it."
        ),
        gettext_noop("Then leave this interview alone. There is nothing to write about it."),
    ),
    Action.CORRECT_NOW: (
        gettext_noop("First look: what did you say, what is true, and what do your CV and the form say?"),
        gettext_noop(
            "Then write one plain sentence to the person who needs it, today or tomorrow: “I said …; it is …”"
        ),
        gettext_noop("No reasons and no excuses. Once is enough."),
    ),
}
THOUGHT_THROUGH = (
    gettext_noop("Think it through once, in calm: what you would say or do instead."),
    gettext_noop("Then leave this interview alone."),
)
OWED = gettext_noop("Should you find that a sentence is owed to somebody: once, plain, without explaining.")


def next_steps(decision: Decision, kind: str | None) -> tuple[str, ...]:
    """What to do now, one line each, in order."""
    if decision.action is Action.PRACTICE and kind not in SPOKEN:
        return (*THOUGHT_THROUGH, OWED) if decision.needs_coach else THOUGHT_THROUGH
    return NEXT[decision.action]
