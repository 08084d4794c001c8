"""API of this app: the same three doors as its pages."""

from rest_framework.routers import SimpleRouter

from coaching.api.bookings import BookingViewSet
from coaching.api.reviews import ReviewViewSet
from coaching.api.slots import SlotViewSet

router = SimpleRouter()
router.register("reviews", ReviewViewSet, basename="review")
router.register("slots", SlotViewSet, basename="slot")
router.register("bookings", BookingViewSet, basename="booking")
