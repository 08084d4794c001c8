"""The five scores of a session and what each number means: written out, so that two coaches mean the same by a 3.

A number says where an answer is, never what somebody is like. They stand on the one report, and nothing adds them up.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Score:
    """`anchors`: what 1, 2, 3 and 4 mean."""

    name: str
    label: str | Promise
    anchors: tuple[str | Promise, str | Promise, str | Promise, str | Promise]

    def in_words(self, number: int) -> str | Promise:
        return self.anchors[number - 1]


SCORES = (
    Score(
        "structure",
        _("Structure"),
        (
            _("The answer begins in several places; what it is about comes late."),
            _("Situation and action are there, mixed with asides."),
            _("Situation, task, action, result, in that order, with one detour."),
            _("The point first, then the way there in four steps, and an end."),
        ),
    ),
    Score(
        "relevance",
        _("Relevance"),
        (
            _("A good story, told to another question."),
            _("It reaches the question after a while."),
            _("It answers the question, and one thing more."),
            _("It answers what was asked, and says why that matters for this job."),
        ),
    ),
    Score(
        "evidence",
        _("Evidence"),
        (
            _("What one does in general; no one time it happened."),
            _("One example, told as “we”, without its result."),
            _("One example of their own doing, with how it ended."),
            _("One example with “I”, a figure or a name, and what came of it."),
        ),
    ),
    Score(
        "delivery",
        _("Delivery"),
        (
            _("Much of it is hard to follow: too fast, too long, or too quiet."),
            _("Easy to follow for a minute, then it runs on."),
            _("Calm and of a good length; one or two sentences to take back."),
            _("Calm, two minutes at most, with pauses, and it stops by itself."),
        ),
    ),
    Score(
        "recovery",
        _("Recovery"),
        (
            _("After a slip the rest of the answer is lost."),
            _("It goes on, with an apology or an explanation."),
            _("A breath, one sentence put right, and on."),
            _("Put right in passing; the listener hardly notices."),
        ),
    ),
)
