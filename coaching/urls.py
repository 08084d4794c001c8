from django.urls import path

from coaching.views import bookings, clients, links, reviews, slots, today

urlpatterns = [
    path("today/", today.today, name="today"),
    path("clients/", clients.client_list, name="client-list"),
    path("clients/<uuid:public_id>/", clients.client_detail, name="client-detail"),
    path("reviews/", reviews.review_list, name="review-list"),
    path("reviews/<uuid:public_id>/", reviews.review_detail, name="review-detail"),
    path("reviews/<uuid:public_id>/answer/", reviews.review_answer, name="review-answer"),
    path("reviews/<uuid:public_id>/take/", reviews.review_take, name="review-take"),
    path("reviews/<uuid:public_id>/without/", reviews.review_without, name="review-without"),
    path("reviews/<uuid:public_id>/withdraw/", reviews.review_withdraw, name="review-withdraw"),
    path("interviews/<uuid:public_id>/ask/", reviews.review_ask, name="review-ask"),
    path("slots/", slots.slot_list, name="slot-list"),
    path("slots/new/", slots.slot_new, name="slot-new"),
    path("slots/<uuid:public_id>/edit/", slots.slot_edit, name="slot-edit"),
    path("slots/<uuid:public_id>/withdraw/", slots.slot_withdraw, name="slot-withdraw"),
    path("slots/<uuid:public_id>/hold/", slots.slot_hold, name="slot-hold"),
    path("slots/<uuid:public_id>/book/", slots.slot_book, name="slot-book"),
    path("bookings/", bookings.booking_list, name="booking-list"),
    path("bookings/<uuid:public_id>/", bookings.booking_detail, name="booking-detail"),
    path("bookings/<uuid:public_id>/confirm/", bookings.booking_confirm, name="booking-confirm"),
    path("bookings/<uuid:public_id>/agenda/", bookings.booking_agenda, name="booking-agenda"),
    path("bookings/<uuid:public_id>/cancel/", bookings.booking_cancel, name="booking-cancel"),
    path("bookings/<uuid:public_id>/move/", bookings.booking_move, name="booking-move"),
    path("bookings/<uuid:public_id>/close/", bookings.booking_close, name="booking-close"),
    path("bookings/<uuid:public_id>/calendar.ics", bookings.booking_calendar, name="booking-calendar"),
    path("links/booking/<str:token>/", links.link_booking, name="link-booking"),
]
