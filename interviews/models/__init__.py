"""The facts: an interview, who was there, what the job needs, and what the candidate thinks went wrong."""

from interviews.models.interview import (
    MAX_TEXT,
    Interview,
    InterviewEvent,
    InterviewGrant,
    InterviewQuerySet,
    OfInterviewQuerySet,
)
from interviews.models.interviewer import Interviewer
from interviews.models.mistake import OPEN_MISTAKES, Mistake, MistakeEvent, MistakeQuerySet
from interviews.models.requirement import Requirement

__all__ = [
    "MAX_TEXT",
    "OPEN_MISTAKES",
    "Interview",
    "InterviewEvent",
    "InterviewGrant",
    "InterviewQuerySet",
    "Interviewer",
    "Mistake",
    "MistakeEvent",
    "MistakeQuerySet",
    "OfInterviewQuerySet",
    "Requirement",
]
