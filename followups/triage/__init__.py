"""The triage policy: what to do, if anything, about one perceived mistake.

Pure: no Django, no clock, no reading of texts. Structured answers go in, a decision with its reasons comes out;
versioned, so that every stored decision can be replayed.
"""

from followups.triage.correction import Choice, CorrectionCandidate, Loser, choose_correction
from followups.triage.facts import Action, Kind, Known, Noticed, Outcome, TriageFacts, has_something_new, matters
from followups.triage.policy import BOUNDS, DEFAULT, Policy
from followups.triage.questions import ASKED, SCREENS, Trimming, next_screen, outcome_of_trimming, questions_for
from followups.triage.reasons import Reason, Stance, Strength
from followups.triage.rules import RULES, Decision, Rule, act_within_hours, still_possible, triage

__all__ = [
    "ASKED",
    "BOUNDS",
    "DEFAULT",
    "RULES",
    "SCREENS",
    "Action",
    "Choice",
    "CorrectionCandidate",
    "Decision",
    "Kind",
    "Known",
    "Loser",
    "Noticed",
    "Outcome",
    "Policy",
    "Reason",
    "Rule",
    "Stance",
    "Strength",
    "TriageFacts",
    "Trimming",
    "act_within_hours",
    "choose_correction",
    "has_something_new",
    "matters",
    "next_screen",
    "outcome_of_trimming",
    "questions_for",
    "still_possible",
    "triage",
]
