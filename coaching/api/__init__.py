"""API of this app: the same three doors as its pages."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from coaching.api.absences import AbsenceViewSet
from coaching.api.bookings import BookingViewSet
from coaching.api.canned_replies import CannedReplyViewSet
from coaching.api.changes import ChangeViewSet
from coaching.api.clients import ClientViewSet
from coaching.api.comments import CommentViewSet, GoalViewSet
from coaching.api.desk import DeskViewSet
from coaching.api.engagements import CoachViewSet, EngagementViewSet
from coaching.api.feeds import CalendarFeedView
from coaching.api.figures import ReviewFiguresView
from coaching.api.hours import HoursView
from coaching.api.reviews import ReviewViewSet
from coaching.api.series import ClosureViewSet, SeriesViewSet
from coaching.api.slots import SlotViewSet
from coaching.api.today import TodayView
from coaching.api.waitlist import WaitlistViewSet

router = SimpleRouter()
router.register("reviews", ReviewViewSet, basename="review")
router.register("engagements", EngagementViewSet, basename="engagement")
router.register("coaches", CoachViewSet, basename="coach")
router.register("clients", ClientViewSet, basename="client")
router.register("comments", CommentViewSet, basename="comment")
router.register("goals", GoalViewSet, basename="goal")
router.register("desk", DeskViewSet, basename="desk")
router.register("canned-replies", CannedReplyViewSet, basename="canned-reply")
router.register("slots", SlotViewSet, basename="slot")
router.register("changes", ChangeViewSet, basename="change")
router.register("absences", AbsenceViewSet, basename="absence")
router.register("series", SeriesViewSet, basename="series")
router.register("closures", ClosureViewSet, basename="closure")
router.register("bookings", BookingViewSet, basename="booking")
router.register("waiting-list", WaitlistViewSet, basename="waitlist")
urlpatterns = [
    path("today/", TodayView.as_view({"get": "retrieve"}), name="today"),
    path("review-figures/", ReviewFiguresView.as_view({"get": "retrieve"}), name="review-figures"),
    path("working-hours/", HoursView.as_view({"get": "retrieve", "put": "update"}), name="working-hours"),
    path(
        "calendar-feed/",
        CalendarFeedView.as_view({"get": "retrieve", "post": "create", "delete": "destroy"}),
        name="calendar-feed",
    ),
]
