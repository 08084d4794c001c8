"""What coaches and clients of the demo world have together: goals, words, replies, two coaches, the desk."""

from datetime import timedelta

from django.conf import settings

from accounts.models import Engagement
from accounts.services import set_capacity
from coaching.demo.history import clock_at
from coaching.models import Comment
from coaching.services import canned_replies, comments, goals, reviews
from coaching.services.answer_times import open_decisions
from followups.services import decisions
from interviews.models import Interview, Mistake

CAPACITY = (8, 6, 5, 4)
GOALS = ("Answer in two sentences, then stop", "One story for each must-have")
REPLIES = (
    ("Let it go", "They will not remember this on Monday, and the note reads better without it. Let it go."),
    ("Shorter, please", "Two sentences carry further than five. Keep the first and the last."),
    ("No sorry", "Nothing here needs forgiving. Say the new thing, and leave it at that."),
)
LOOKS_FOR_SOMEBODY = 17  # among the candidates, one without a coach


def tell(candidates, coaches, now):
    """The person most visitors enter as has two coaches' words to read; her coach has words and replies to use."""
    achieng, tom, ruth = candidates[0], coaches[0], coaches[1]
    for coach, number in zip(coaches, CAPACITY, strict=True):
        set_capacity(coach, number, by=coach)
    engagement = Engagement.objects.active().get(candidate=achieng, coach=tom)
    with clock_at(now - timedelta(days=2)):
        first, *_rest = [
            goals.add_goal(engagement, by=by, text=text) for by, text in zip((tom, achieng), GOALS, strict=True)
        ]
        for title, text in REPLIES:
            canned_replies.add_reply(by=tom, title=title, text=text)
    goals.edit_goal(first, by=achieng, is_reached=True, now=now - timedelta(hours=5))
    _words(achieng, tom, now)
    with clock_at(now - timedelta(days=1)):
        comments.write_comment(
            by=ruth,
            candidate=candidates[5],
            text="Very quick on her feet; slow her down before the long questions.",
            visibility=Comment.Visibility.PRIVATE,
        )
    _desk(candidates[LOOKS_FOR_SOMEBODY], now)


def _words(achieng, tom, now):
    shared = Interview.objects.filter(candidate=achieng, shared_with_coach=True, status=Interview.Status.HELD)
    interview = shared.order_by("ends_at").first()
    with clock_at(now - timedelta(days=1, hours=3)):
        comments.write_comment(
            by=tom,
            candidate=achieng,
            interview=interview,
            text="You stayed with their question all the way. That is what they will remember.",
            visibility=Comment.Visibility.SHARED,
        )
        comments.write_comment(
            by=tom, candidate=achieng, text="Ask about the newsletter next time.", visibility=Comment.Visibility.PRIVATE
        )
    with clock_at(now - timedelta(days=1)):
        comments.write_comment(
            by=achieng, candidate=achieng, interview=interview, text="That helps. I will leave the rest alone."
        )


def _desk(candidate, now):
    """Where there is a desk, one thing waits at it."""
    if not settings.AFTERWORD_DROP_IN_DESK:
        return
    decided = Mistake.objects.filter(interview__candidate=candidate, status=Mistake.Status.DECIDED)
    mistake = decided.select_related("interview").order_by("-interview__ends_at", "id").first()
    if mistake is None:
        return
    decision = decisions.current_decision(mistake)
    decisions.dispute(decision, by=candidate, now=now)
    waiting = [one for one in open_decisions(mistake.interview) if one.mistake_id == mistake.pk]
    reviews.ask_review(
        mistake.interview,
        coach=None,
        by=candidate,
        decisions=waiting,
        question="Would you bring this up at all?",
        now=now,
    )
