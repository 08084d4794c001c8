"""Records for tests, as people would make them."""

from datetime import timedelta

import factory
from django.utils import timezone

from accounts import models as accounts
from accounts import when
from coaching import models as coaching
from followups import models as followups
from interviews import models as interviews


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = accounts.User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@people.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    zone = "Africa/Nairobi"
    is_candidate = True
    joined_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user


class CoachFactory(UserFactory):
    is_candidate = False
    is_coach = True


class AdminFactory(UserFactory):
    is_candidate = False
    is_admin = True


class EngagementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = accounts.Engagement

    candidate = factory.SubFactory(UserFactory)
    coach = factory.SubFactory(CoachFactory)
    status = "active"
    candidate_agreed_at = coach_agreed_at = factory.LazyFunction(timezone.now)
    share_new_interviews = True


class StepRemovalFactory(factory.django.DjangoModelFactory):
    """Asked by an admin just now; its owner has three days."""

    class Meta:
        model = accounts.StepRemoval

    person = factory.SubFactory(UserFactory)
    asked_by = factory.SubFactory(AdminFactory)
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))


class InvitationFactory(factory.django.DjangoModelFactory):
    """Of a client, sent by her coach to be, and open."""

    class Meta:
        model = accounts.Invitation

    email = factory.Sequence(lambda n: f"invited{n}@people.example")
    invited_by = factory.SubFactory(CoachFactory)
    coach = factory.SelfAttribute("invited_by")
    token_hash = factory.Sequence(lambda n: f"hash of token {n}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class InterviewFactory(factory.django.DjangoModelFactory):
    """Held two hours ago, decision in a week, not shared."""

    class Meta:
        model = interviews.Interview

    class Params:
        ended_hours_ago = 2

    candidate = factory.SubFactory(UserFactory)
    company = factory.Sequence(lambda n: f"Company {n}")
    role_title = "Content manager"
    zone = "Africa/Nairobi"
    ends_at = factory.LazyAttribute(
        lambda o: timezone.now().replace(second=0, microsecond=0) - timedelta(hours=o.ended_hours_ago)
    )
    ends_wall = factory.LazyAttribute(lambda o: when.to_wall(o.ends_at, o.zone))
    decision_on = factory.LazyAttribute(lambda o: (o.ends_wall + timedelta(days=7)).date())


class InterviewerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = interviews.Interviewer

    interview = factory.SubFactory(InterviewFactory)
    name = factory.Sequence(lambda n: f"Grace Wanjiru {n}")
    email = factory.Sequence(lambda n: f"grace{n}@company.example")


class RequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = interviews.Requirement

    interview = factory.SubFactory(InterviewFactory)
    text = "Writes every week"


class MistakeFactory(factory.django.DjangoModelFactory):
    """An omission that matters, with two sentences to say it."""

    class Meta:
        model = interviews.Mistake

    interview = factory.SubFactory(InterviewFactory)
    kind = "omitted_information"
    text = "I never mentioned my internship."
    topic = "writing"
    touches_must_have = True
    has_new_information = True
    correction = "During my internship I wrote three posts a week."
    place = factory.LazyAttribute(lambda o: o.interview.mistakes.filter(place__isnull=False).count() + 1)


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = followups.Lesson

    candidate = factory.SubFactory(UserFactory)
    title = "Tell it in two sentences"


class ThankYouNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = followups.ThankYouNote

    interview = factory.SubFactory(InterviewFactory)
    interviewer = factory.SubFactory(InterviewerFactory, interview=factory.SelfAttribute("..interview"))
    to_name = factory.SelfAttribute("interviewer.name")
    to_email = factory.SelfAttribute("interviewer.email")
    subject = "Thank you"
    body = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng"


class RefereeFactory(factory.django.DjangoModelFactory):
    """She was asked, and agreed."""

    class Meta:
        model = followups.Referee

    candidate = factory.SubFactory(UserFactory)
    name = "Lydia Were"
    relation = "my manager at the library"
    email = factory.Sequence(lambda n: f"lydia{n}@friends.example")
    agreed_at = factory.LazyFunction(timezone.now)


class RefereeBriefFactory(factory.django.DjangoModelFactory):
    """A complete draft."""

    class Meta:
        model = followups.RefereeBrief

    interview = factory.SubFactory(InterviewFactory)
    referee = factory.SubFactory(RefereeFactory, candidate=factory.SelfAttribute("..interview.candidate"))
    language = "en"
    skill = "Writing every week"
    project = "the reading-room newsletter"
    words = "During my internship I wrote three posts a week."
    job = "the Content manager role at Savanna Books"
    who_may_ring = "Grace Kamau of Savanna Books"


class SlotFactory(factory.django.DjangoModelFactory):
    """Open, three days from now, 45 minutes."""

    class Meta:
        model = coaching.MockSlot

    coach = factory.SubFactory(CoachFactory)
    zone = "Africa/Nairobi"
    starts_wall = factory.Sequence(
        lambda n: (
            when.to_wall(timezone.now(), "Africa/Nairobi").replace(minute=0, second=0, microsecond=0)
            + timedelta(days=3, hours=n % 200)
        )
    )
    starts_at = factory.LazyAttribute(lambda o: when.to_instant(o.starts_wall, o.zone))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(minutes=45))
    blocked_until = factory.LazyAttribute(lambda o: o.ends_at + timedelta(minutes=15))


class SeriesFactory(factory.django.DjangoModelFactory):
    """Every week at nine, from tomorrow on; nothing made yet."""

    class Meta:
        model = coaching.SlotSeries

    coach = factory.SubFactory(CoachFactory)
    zone = "Africa/Nairobi"
    starts_wall = factory.LazyFunction(
        lambda: (when.to_wall(timezone.now(), "Africa/Nairobi") + timedelta(days=1)).replace(
            hour=9, minute=0, second=0, microsecond=0
        )
    )
    rule = "FREQ=WEEKLY"


class BookingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = coaching.Booking

    slot = factory.SubFactory(SlotFactory)
    candidate = factory.SubFactory(UserFactory)
    coach = factory.SelfAttribute("slot.coach")
    booked_by = factory.SelfAttribute("candidate")
    starts_at = factory.SelfAttribute("slot.starts_at")
    ends_at = factory.SelfAttribute("slot.ends_at")
    confirmed_at = factory.LazyFunction(timezone.now)


class DeskReviewFactory(factory.django.DjangoModelFactory):
    """Somebody without a coach has asked the team, and nobody has taken it."""

    class Meta:
        model = coaching.Review

    interview = factory.SubFactory(InterviewFactory)
    candidate = factory.SelfAttribute("interview.candidate")
    coach = None
    on_desk = True
    answer_by = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=20))


class CannedReplyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = coaching.CannedReply

    coach = factory.SubFactory(CoachFactory)
    title = factory.Sequence(lambda n: f"Let it go {n}")
    text = "They will not remember this on Monday. Let it go."


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = coaching.Goal

    engagement = factory.SubFactory(EngagementFactory)
    written_by = factory.SelfAttribute("engagement.coach")
    text = "Answer in two sentences, then stop"


class CommentFactory(factory.django.DjangoModelFactory):
    """What a coach has written to her."""

    class Meta:
        model = coaching.Comment

    candidate = factory.SubFactory(UserFactory)
    author = factory.SubFactory(CoachFactory)
    visibility = "shared"
    text = "You told it well. Leave the rest where it is."
