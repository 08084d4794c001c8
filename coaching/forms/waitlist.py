"""The form of the waiting list."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import when
from accounts.models import Engagement, User
from coaching.models import WaitlistEntry
from interviews.models import Interview

A_FORTNIGHT = timedelta(days=14)


def coaches_for(user):
    """Whose slots she may have: her own coaches', or everybody's where the installation allows."""
    coaches = User.objects.filter(is_coach=True, is_active=True).order_by("name", "id")
    if settings.AFTERWORD_ANY_OPEN_SLOT:
        return coaches
    return coaches.filter(pk__in=Engagement.objects.coaches_of(user))


class WaitlistForm(forms.ModelForm):
    """On which days, and of whom."""

    class Meta:
        model = WaitlistEntry
        fields = ["first_on", "last_on", "coach"]
        widgets = {name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("first_on", "last_on")}
        help_texts = {"last_on": _("Both days count.")}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        coach = self.fields["coach"]
        coach.queryset, coach.empty_label, coach.to_field_name = coaches_for(user), _("Any coach"), "public_id"
        coach.label_from_instance = User.get_full_name
        if self.instance.coach_id:
            self.initial["coach"] = self.instance.coach.public_id

    def _post_clean(self):
        """What the fields say goes to the service, which knows the rules; the record is not touched here."""


def first_days(user, now):
    """What the form proposes: from today to the day before her next interview, or for a fortnight."""
    today = when.to_wall(now, user.zone).date()
    planned = Interview.objects.filter(candidate=user, status=Interview.Status.PLANNED, ends_at__gt=now)
    next_one = planned.order_by("ends_at", "id").first()
    last = today + A_FORTNIGHT
    if next_one is not None:
        last = min(last, (next_one.starts_wall or next_one.ends_wall).date() - timedelta(days=1))
    return {"first_on": today, "last_on": max(today, last)}
