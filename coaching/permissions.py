"""Who may do what to slots, bookings and reviews: one answer for page, template and API."""

from django.conf import settings

from accounts.models import Engagement


def can_offer_slots(user):
    """Admins for every coach; coaches for themselves: theirs are proposed, unless the installation lets them open slots."""
    return user.is_active and (user.is_admin or user.is_coach)


def can_offer_for(user, coach):
    """Whose slots these would be."""
    return can_offer_slots(user) and (user.is_admin or user.pk == coach.pk)


def can_open_slots(user):
    """Whose slots can be booked as soon as they are made, and who accepts what others propose."""
    return user.is_active and (user.is_admin or (user.is_coach and settings.AFTERWORD_COACHES_OPEN_SLOTS))


def can_accept_slots(user):
    """Admins say yes or no to what coaches propose."""
    return user.is_active and user.is_admin


def can_manage_slot(user, slot):
    """Move and withdraw: admins every slot or series, a coach her own as long as it is proposed, or where she may open slots."""
    return user.is_active and (
        user.is_admin or (user.pk == slot.coach_id and (slot.status == "proposed" or can_open_slots(user)))
    )


def can_close_days(user, coach):
    """Days without slots: admins for everybody and for each coach, a coach for herself."""
    return user.is_active and (user.is_admin or (coach is not None and user.is_coach and user.pk == coach.pk))


def can_book_for(user, slot, candidate):
    """A candidate for herself; for somebody else the slot's coach (a client) or an admin."""
    if user == candidate:
        return candidate.is_candidate
    if user.is_admin:
        return True
    return user.pk == slot.coach_id and Engagement.objects.active().filter(coach=user, candidate=candidate).exists()


def can_wait_for_slot(user):
    """Candidates join the waiting list, each for themselves."""
    return user.is_active and user.is_candidate


def can_count_waiting(user):
    """Admins read how many wait, never who."""
    return user.is_active and user.is_admin


def is_staff_of(user, booking):
    """The session's coach and admins: they may act late, with a reason."""
    return user.is_admin or user.pk == booking.coach_id


def can_confirm_booking(user, booking):
    """Only she can say that the time suits her."""
    return user.pk == booking.candidate_id and booking.status == "booked" and booking.confirmed_at is None


def can_set_agenda(user, booking):
    """What is worked on is hers to say, before the session and while it runs."""
    return user.pk == booking.candidate_id and booking.status == "booked"


def can_read_reason(user, booking):
    """Why she gave a place back: a word between the two of them."""
    return user.pk in (booking.candidate_id, booking.coach_id)


def can_cancel_booking(user, booking):
    return booking.status == "booked" and (user.pk == booking.candidate_id or is_staff_of(user, booking))


def can_move_booking(user, booking):
    return can_cancel_booking(user, booking)


def can_keep_feed(user):
    """Whoever has sessions of their own. What admins do for others stands in nobody's calendar."""
    return user.is_candidate or user.is_coach


def can_close_booking(user, booking):
    """Say that a session took place, or who was missing: both of its people, and admins."""
    is_theirs = user.pk == booking.candidate_id or is_staff_of(user, booking)
    return is_theirs and booking.status in ("booked", "done", "no_show")


def can_keep_session_note(user, booking):
    """Each of the two, for themselves; nobody else has notes there."""
    return user.pk in (booking.candidate_id, booking.coach_id)


def can_write_report(user, booking):
    """Whoever held the session."""
    return user.pk == booking.coach_id


def can_set_hours(user):
    """Coaches, each their own."""
    return user.is_active and user.is_coach


def can_see_figures(user):
    """Of reviews: coaches their own, admins all; no content."""
    return user.is_active and (user.is_coach or user.is_admin)


def can_ask_review(user, interview):
    """Whoever owns the interview and has a coach, or a desk to ask at."""
    return user.pk == interview.candidate_id and (
        settings.AFTERWORD_DROP_IN_DESK or Engagement.objects.active().filter(candidate=user).exists()
    )


def can_take_from_desk(user):
    return user.is_active and user.is_coach


def can_answer_review(user, review):
    """The coach who was asked; once it went without an answer, or she stopped waiting, still "for next time"."""
    return user.pk == review.coach_id and review.is_answerable


def can_withdraw_review(user, review):
    return user.pk == review.candidate_id and review.status == "open"


def can_take_suggestion(user, review):
    return user.pk == review.candidate_id and bool(review.suggestion) and review.suggestion_taken_at is None


def can_write_comment(user, candidate):
    """A coach of hers now; she herself answers."""
    if user == candidate:
        return user.is_candidate
    return user.is_active and Engagement.objects.active().filter(coach=user, candidate=candidate).exists()


def can_edit_comment(user, comment):
    return user.pk == comment.author_id


def can_remove_comment(user, comment):
    """Its writer, and she whom it is about."""
    return user.pk in (comment.author_id, comment.candidate_id)


def can_write_goal(user, engagement):
    """Either of the two, while they work together."""
    return engagement.status == "active" and user.pk in (engagement.candidate_id, engagement.coach_id)


def can_keep_replies(user):
    """Replies of her own are a coach's."""
    return user.is_active and user.is_coach


def can_end_change(user, change):
    """Undo a change that waits, or send it now: admins, and whoever made it."""
    return change.status == "waiting" and user.is_active and (user.is_admin or user.pk == change.by_id)


def can_plan_absence(user, coach):
    """Say that a coach is away, or back sooner: an admin, or the coach herself."""
    return user.is_active and (user.is_admin or (user.is_coach and user.pk == coach.pk))


def can_rebook_booking(user, booking):
    """Take another time for a session that the house took from her, without any rule counting."""
    return user.pk == booking.candidate_id and booking.by_house and booking.status in booking.GONE
