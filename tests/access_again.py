"""Rows of tests/access.py once more: of records in another state or of other people, with a body, or with a setting switched on.

A key is that of the row, a bar, and what is different. `next_…` names what two others have next door.
"""

from tests.access import Rule, act, page, to_all

DESK = {"AFTERWORD_DROP_IN_DESK": True}
FEW = {"AFTERWORD_ANY_OPEN_SLOT": False}
AN_INTERVIEW = {"about": "interview", "about_id": "@next_interview", "text": "Two words"}
A_SLOT = {"starts_wall": "@a_morning", "zone": "Africa/Nairobi", "minutes": "45"}
A_SERIES = {**A_SLOT, "rule": "FREQ=WEEKLY", "in_a_row": "1"}
A_DAY = {"from_wall": "@a_morning", "until_wall": "@a_noon"}
DAYS = {"from_on": "2031-02-03", "until_on": "2031-02-04"}


def api(kind, *answers, **more):
    return Rule((401, *answers), {"public_id": kind}, **more)


AGAIN = {
    # Who read an interview only its owner sees.
    "audit-list|who read": Rule((302, 403, 403, 403, 200, 403), hides="<strong>read</strong>"),
    "GET api:audit|who read": Rule((401, 403, 403, 403, 200, 403), hides='"verb":"read"'),
    "roster-detail|another admin's": page("next_roster", 403, 403, 403, 404, 403),
    "person-admin|a candidate": act("stranger", 403, 403, 403, 403, 403),
    # Whoever may is sent to confirm the password.
    "PUT api:person-admin|a candidate": api("stranger", *[403] * 5, hides="reauthenticate"),
    "POST api:step-removal-list|not confirmed": Rule((401, *[403] * 5), hides="reauthenticate", but_for=("admin",)),
    "person-second-step|her own": page("admin", 403, 403, 403, 302, 403),
    "engagement-end|ended": page("once", 403, 404, 404, 403, 404, removed_coach=403),
    "POST api:engagement-end|ended": api("once", 403, 404, 404, 403, 404, removed_coach=403),
    "goal-edit|ended": act("once_goal", 403, 404, 404, 404, 404),
    "PATCH api:goal-detail|ended": api("once_goal", 403, 404, 404, 404, 404),
    "comment-remove|another coach's": act("once_comment", 302, 403, 404, 404, 404),
    "DELETE api:comment-detail|another coach's": api("once_comment", 204, 403, 404, 404, 404),
    "comment-new|about an interview next door": Rule((401, *[404] * 5), method="post", body=AN_INTERVIEW),
    "comment-new|about a decision next door": Rule(
        (401, *[404] * 5), method="post", body={**AN_INTERVIEW, "about": "decision", "about_id": "@next_decision"}
    ),
    # Whoever reads it because it was brought to the desk answers there.
    "comment-new|about what was brought to the desk": Rule(
        (401, *[404] * 5), method="post", body={**AN_INTERVIEW, "about_id": "@desk_interview"}
    ),
    "comment-new|with a reply from next door": Rule(
        (302, 200, 200, 404, 404, 404),
        method="post",
        body={"about": "client", "about_id": "@owner", "insert": "text:@next_reply"},
    ),
    "booking-move|to a slot next door": act("booking", 404, 404, 404, 422, 404, body={"slot": "@next_proposed"}),
    "booking-agenda|cancelled": page("gone_booking", 403, 403, 404, 403, 404),
    "booking-move|cancelled": page("gone_booking", 403, 403, 404, 403, 404),
    # What became of a session that moved to another coach is not this coach's to know.
    "booking-detail|moved to another coach": page("moved_booking", 200, 200, 404, 200, 404),
    "interview-list|narrowed": Rule((302, 200, 200, 200, 404, 200), query="?show=open"),
    "slot-list|others' days away": Rule((302, 200, 200, 200, 200, 200), hides="Imani Away is away", but_for=("admin",)),
    "slot-list|others' own days": Rule(
        (302, 200, 200, 200, 200, 200), hides="Imani&#x27;s own days", but_for=("admin",)
    ),
    "closure-list|others' own days": Rule(
        (302, 403, 200, 200, 200, 403), hides="Imani&#x27;s own days", but_for=("admin",)
    ),
    "export-list|of nobody else's": to_all(200, hides="Being put together", but_for=("owner",)),
    "GET api:review-outlook|of hers": Rule((401, 200, 403, 404, 404, 404), query="?interview=@interview"),
    "POST api:review-list|by whoever reads it": Rule(
        (401, 422, 403, 400, 400, 400), body={"interview": "@interview", "coach": "@coach"}
    ),
    "POST api:comment-list|about what was brought to the desk": Rule(
        (401, 400, 403, 400, 400, 400), body={"interview": "@desk_interview", "text": "Two words"}
    ),
    "POST api:booking-list|for oneself": Rule((401, 201, 403, 400, 403, 201), body={"slot": "@slot"}),
    "POST api:absence-preview|of another coach": Rule(
        (401, 403, 400, 200, 200, 403), removed_coach=400, body={**A_DAY, "coach": "@other_coach"}
    ),
    "POST api:closure-list|of another coach": Rule(
        (401, 403, 400, 201, 201, 403), removed_coach=400, body={**DAYS, "coach": "@other_coach", "title": "Off"}
    ),
    "POST api:closure-list|for everybody": Rule(
        (401, 403, 403, 403, 201, 403), body={**DAYS, "title": "Off", "coach": None}
    ),
    "POST api:slot-list|of another coach": Rule(
        (401, 403, 400, 201, 201, 403), removed_coach=400, body={**A_SLOT, "coach": "@other_coach"}
    ),
    "POST api:series-list|of another coach": Rule(
        (401, 403, 400, 201, 201, 403), removed_coach=400, body={**A_SERIES, "coach": "@other_coach"}
    ),
    # Proposed only: admins open what coaches offer.
    "POST api:slot-list|by a coach": Rule((401, 403, 201, 201, 422, 403), body=A_SLOT, hides='"status":"open"'),
    "POST api:series-list|by a coach": Rule((401, 403, 201, 201, 422, 403), body=A_SERIES, hides='"status":"running"'),
    "GET api:slot-figures|of nobody else's": Rule(
        (401, 403, 200, 200, 200, 403), says={"other_coach": '[{"week":null,"offered":0,"taken":0,'}
    ),
    "waitlist-state|of nobody else's": Rule(
        (302, 200, 403, 403, 403, 200), query="?status=&kept=", hides="notice info", but_for=("owner",)
    ),
    "review-news|of nobody else's": Rule(
        (302, 200, 200, 200, 403, 200),
        query="?since=2020-01-01T00:00:00Z&waiting=0&page=review-list",
        hides="notice info",
        but_for=("owner", "coach"),
    ),
    "booking-cancel|cancelled": page("gone_booking", 403, 403, 404, 403, 404),
    "booking-detail|cancelled": page("gone_booking", 200, 200, 404, 200, 404),
    "booking-detail|past": page("past_booking", 200, 200, 404, 200, 404),
    "goal-new|ended": act("once", 403, 404, 404, 403, 404, removed_coach=403),
    "engagement-detail|ended": page("once", 200, 404, 404, 200, 404, removed_coach=200),
    # A word would be read by nobody, or is not this coach's to write: no form.
    "interview-detail|hers alone": page("alone", 200, 404, 404, 404, 404, hides="about_id"),
    "interview-detail|brought to the desk": page("desk_interview", 404, 200, 404, 404, 404, hides="about_id"),
    "slot-list|others' proposals": to_all(200, hides=" proposed</a>", but_for=("coach", "admin")),
    "slot-list|only of her coaches": to_all(200, settings=FEW, hides="Open To All", but_for=("admin",)),
    "waiting-list|only of her coaches": Rule(
        (302, 200, 403, 403, 200, 200), settings=FEW, hides="Open To All", but_for=("admin",)
    ),
    "reminder-read|nobody else's": to_all(302, method="post", unchanged="followups_reminder", but_for=("owner",)),
    "POST api:reminder-read-all|nobody else's": Rule(
        (401, *[204] * 5), unchanged="followups_reminder", but_for=("owner",)
    ),
    "POST api:brief-check|without the address": Rule(
        (401, 200, 200, 404, 404, 404), {"public_id": "brief"}, hides="@referee_mail", but_for=("owner",)
    ),
    "closure-remove|her own": act("hers_closure", 404, 302, 404, 302, 404),
    "desk-list|switched on": Rule((302, 403, 200, 200, 403, 403), settings=DESK),
    "desk-news|switched on": Rule((302, 403, 400, 400, 403, 403), settings=DESK),
    "desk-take|switched on": act("at_desk", 403, 302, 302, 403, 403, settings=DESK),
    "desk-return|switched on": act("from_desk", 403, 302, 404, 403, 403, settings=DESK),
    "GET api:desk-list|switched on": Rule((401, 403, 200, 200, 403, 403), settings=DESK),
    "POST api:desk-take|switched on": api("from_desk", 403, 409, 409, 403, 403, settings=DESK),
    "POST api:desk-put-back|switched on": api("from_desk", 403, 204, 404, 403, 403, settings=DESK),
}
# What somebody finds who follows a link made for him to a record: who, which, the answer, and what the page offers no more.
LINKS = {
    ("note", "owner", "interview"): (200, ()),
    ("note", "coach", "interview"): (404, ()),
    ("note", "stranger", "interview"): (404, ()),
    ("outcome", "coach", "interview"): (404, ()),
    ("snooze", "owner", "reminder"): (200, ()),
    ("snooze", "stranger", "reminder"): (404, ()),
    ("letter", "stranger", "unknown_mail"): (404, ()),
    ("booking", "owner", "booking"): (200, ("rebook",)),
    ("booking", "coach", "booking"): (404, ()),
    ("booking", "stranger", "booking"): (404, ()),
    ("booking", "owner", "gone_booking"): (200, ("take", "move", "cancel", "rebook")),
    ("offer", "owner", "offer"): (200, ()),
    ("offer", "stranger", "offer"): (404, ()),
}


def of_once(engagement):
    """What the two have who work together no more."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from coaching.models import Review  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    interview = factories.InterviewFactory(candidate=engagement.candidate, shared_with_coach=True)
    Review.objects.create(
        interview=interview,
        candidate=engagement.candidate,
        coach=engagement.coach,
        answer_by=timezone.now() + timedelta(hours=9),
    )
    return {
        "once": engagement.public_id,
        "once_goal": engagement.goals.get().public_id,
        "once_comment": engagement.candidate.comments_about.get(author=engagement.coach).public_id,
    }


def of_hers(candidate, coach, booking):
    """Sessions that are no more, and a coach's own days without slots."""
    from datetime import timedelta  # noqa: PLC0415 -- the tables are read before Django is ready

    from django.utils import timezone  # noqa: PLC0415

    from coaching.models import Booking, Closure  # noqa: PLC0415
    from followups.models import LessonGrant  # noqa: PLC0415
    from interviews import services as facts  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    now = timezone.now()
    facts.record_read(candidate.interviews.first(), by=coach)
    # A lesson of an interview that she keeps to herself, opened by name to the coach of a session.
    named = factories.LessonFactory(
        candidate=candidate, mistake=factories.MistakeFactory(interview__candidate=candidate)
    )
    # And one of a shared interview, which is joined later into one that she keeps to herself.
    shared = candidate.interviews.filter(shared_with_coach=True).first()
    part = factories.LessonFactory(candidate=candidate, mistake=factories.MistakeFactory(interview=shared))
    for lesson in (named, part):
        LessonGrant.objects.create(lesson=lesson, coach=coach, subject_id=booking, ends_at=now + timedelta(days=9))
        Booking.objects.get(public_id=booking).agenda.add(lesson)
    old = factories.BookingFactory(slot__coach=coach, candidate=candidate, status="moved", slot__status="withdrawn")
    factories.BookingFactory(candidate=candidate, calendar_id=old.public_id, status="cancelled")
    factories.SlotFactory(coach=coach, status="proposed")
    factories.SeriesFactory(coach=coach, status="proposed")
    gone = factories.BookingFactory(slot__coach=coach, candidate=candidate, status="cancelled", confirmed_at=None)
    days = {"from_on": "2031-01-02", "until_on": "2031-01-03"}
    return {
        "moved_booking": old.public_id,
        "part": part.public_id,
        "a_morning": f"{(now + timedelta(days=12)).date()}T09:00",
        "a_noon": f"{(now + timedelta(days=12)).date()}T12:00",
        "gone_booking": gone.public_id,
        "hers_closure": Closure.objects.create(coach=coach, title="Own days", **days).public_id,
    }


def of_the_desk(coach):
    """One that nobody has taken, and one that this coach has; of people who have no coach."""
    from interviews.models import InterviewGrant  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    there, taken = factories.DeskReviewFactory(), factories.DeskReviewFactory(coach=coach)
    InterviewGrant.objects.create(interview=taken.interview, coach=coach, ends_at=taken.answer_by)
    return {
        "at_desk": there.public_id,
        "from_desk": taken.public_id,
        "desk_interview": taken.interview.public_id,
    }


def of_hers_alone(interview, lesson, coach, bookings, part):
    """What a coach had to do with an interview that is hers alone again, and a lesson of it on the list of two sessions."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from coaching.models import Booking, Review  # noqa: PLC0415
    from followups.models import Lesson, LessonResult  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    now = timezone.now()
    Lesson.objects.filter(public_id=part).update(status="joined", joined_into=lesson)
    factories.CommentFactory(candidate=interview.candidate, author=coach, interview=interview)
    for status, answered_at in (("open", None), ("answered", now)):
        Review.objects.create(
            interview=interview,
            candidate=interview.candidate,
            coach=coach,
            status=status,
            answered_at=answered_at,
            answer_by=now + timedelta(hours=5),
        )
    for public_id in bookings:
        Booking.objects.get(public_id=public_id).agenda.add(lesson)
    LessonResult.objects.create(subject_id=bookings[-1], lesson=lesson, result="held", at=now, answered_at=now)


def of_next_door(coach):
    """What this coach proposes, and days on which nobody but admins knows this coach away."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from accounts import when  # noqa: PLC0415
    from coaching.models import Closure, CoachAbsence, DayAway  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    now = timezone.now().replace(second=0, microsecond=0)
    span = {
        "starts_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=13),
    }  # past all that SlotFactory makes
    walls = {
        "from_wall": when.to_wall(span["starts_at"], coach.zone),
        "until_wall": when.to_wall(span["ends_at"], coach.zone),
    }
    CoachAbsence.objects.create(coach=coach, status="standing", zone=coach.zone, **span, **walls)
    days = {"from_on": span["starts_at"].date(), "until_on": span["ends_at"].date()}
    Closure.objects.create(coach=coach, title="Imani's own days", **days)
    factories.SlotFactory(coach__name="Open To All")
    asked = factories.EngagementFactory(coach=coach, status="invited", candidate_agreed_at=None)
    proposed = factories.SlotFactory(coach=coach, status="proposed")
    factories.SeriesFactory(coach=coach, status="proposed")
    today = timezone.now().date()
    DayAway.objects.bulk_create(DayAway(coach=coach, day=today + timedelta(days=days)) for days in range(14))
    return {"next_proposed": proposed.public_id, "next_asked": asked.public_id}
