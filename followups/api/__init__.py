"""API of this app: the same three doors as its pages."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from followups.api.briefs import BriefViewSet
from followups.api.decisions import DecisionViewSet
from followups.api.interviews import InterviewerViewSet, InterviewViewSet, RequirementViewSet
from followups.api.mails import LetterViewSet, MailViewSet
from followups.api.mistakes import MistakeViewSet
from followups.api.notes import NoteViewSet
from followups.api.one_thing import OneThingView
from followups.api.practice import LessonViewSet
from followups.api.referees import AddressViewSet, RefereeViewSet
from followups.api.reminders import ReminderViewSet
from followups.api.spreadsheets import ImportViewSet
from followups.api.suppressions import PunctualityViewSet, SuppressionViewSet

router = SimpleRouter()
router.register("interviews", InterviewViewSet, basename="interview")
router.register("imports", ImportViewSet, basename="import")
router.register("interviewers", InterviewerViewSet, basename="interviewer")
router.register("must-haves", RequirementViewSet, basename="must-have")
router.register("mistakes", MistakeViewSet, basename="mistake")
router.register("decisions", DecisionViewSet, basename="decision")
router.register("lessons", LessonViewSet, basename="lesson")
router.register("notes", NoteViewSet, basename="note")
router.register("reminders", ReminderViewSet, basename="reminder")
router.register("letters", LetterViewSet, basename="letter")
router.register("mails", MailViewSet, basename="mail")
router.register("suppressions", SuppressionViewSet, basename="suppression")
router.register("punctuality", PunctualityViewSet, basename="punctuality")
router.register("referees", RefereeViewSet, basename="referee")
router.register("briefs", BriefViewSet, basename="brief")
router.register("addresses", AddressViewSet, basename="address")

urlpatterns = [path("one-thing/", OneThingView.as_view(), name="one-thing")]
