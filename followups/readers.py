"""Who beside her can read an interview: her coaches, where it is shared, and whoever it was opened to for a while."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Engagement, User
from interviews.models import InterviewGrant


class Readers:
    """People who are named together: "Tom and Ruth". True where she has a coach.

    `coaches` read what is shared; `guests` read this one interview for now, shared or not.
    """

    def __init__(self, coaches=(), guests=()):
        self.coaches, self.guests = list(coaches), list(guests)

    def __bool__(self):
        return bool(self.coaches)

    def reading(self, interview):
        """Those who can read it as it is; None for nobody."""
        people = [*self.coaches, *self.guests] if interview.shared_with_coach else self.guests
        return Readers(people) if people else None

    def get_short_name(self):
        return joined([person.get_short_name() for person in self.coaches])

    def get_full_name(self):
        return joined([person.get_full_name() for person in self.coaches])


def readers_of(interview):
    """Her coaches, and whoever this interview is open to at the desk, in one query."""
    now = timezone.now()
    together = Engagement.objects.active().filter(candidate=interview.candidate_id)
    grants = InterviewGrant.objects.filter(interview=interview.pk, ends_at__gt=now)
    # The ids first: an OR of two conditions on people would read everybody.
    ids = together.order_by().values("coach_id").union(grants.values("coach_id"))
    people = User.objects.filter(pk__in=ids, is_active=True).order_by("pk")
    people = list(people.annotate(is_coach_of_hers=Exists(together.filter(coach=OuterRef("pk")))))
    return Readers([one for one in people if one.is_coach_of_hers], [one for one in people if not one.is_coach_of_hers])


def readers_of_new(candidate):
    """Those who will read what she logs from now on; None for nobody."""
    sharing = Engagement.objects.active().filter(candidate=candidate, share_new_interviews=True)
    people = list(User.objects.filter(pk__in=sharing.values("coach")).order_by("pk"))
    return Readers(people) if people else None


def joined(names):
    """“Tom”, or “Tom and Ruth”."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
