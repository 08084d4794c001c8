"""Forms of bookings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import validate_clean_line
from accounts.models import Engagement, User
from followups.models import Lesson


def reason_field(**kwargs):
    return forms.CharField(max_length=200, required=False, validators=[validate_clean_line], **kwargs)


class BookForm(forms.Form):
    """Whose session it is, and what to work on. For herself a candidate is not asked who."""

    candidate = forms.ModelChoiceField(
        label=_("For whom?"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        error_messages={"invalid_choice": _("You can book sessions for clients you work with now.")},
    )
    agenda = forms.ModelMultipleChoiceField(
        label=_("What would you like to work on?"),
        queryset=Lesson.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    override_reason = reason_field(
        label=_("Why, if a rule stands in the way"),
        help_text=_("Notice, number of sessions: with a reason you may pass them. It is kept with the booking."),
    )

    def __init__(self, *args, by, slot, candidate, **kwargs):
        super().__init__(*args, **kwargs)
        if by.is_candidate:
            del self.fields["candidate"], self.fields["override_reason"]
        else:
            self.fields["candidate"].queryset = clients_for(by, slot)
            self.fields["candidate"].label_from_instance = User.get_full_name
            self.fields["candidate"].initial = candidate and candidate.public_id
        self._ask_agenda(by, candidate, slot)

    def _ask_agenda(self, by, candidate, slot):
        """Her open lessons; a coach ticks among those she can read, an admin sees none."""
        field = self.fields["agenda"]
        if candidate and (by == candidate or by.pk == slot.coach_id):
            field.queryset = Lesson.objects.to_work_on(by).filter(candidate=candidate)
            field.label_from_instance = lambda lesson: lesson.title
        if not field.queryset.exists():
            del self.fields["agenda"]
        elif by != candidate:
            field.label = _("What to work on?")
        else:
            field.help_text = _("%(coach)s can read what you tick, and nothing else of yours by it.") % {
                "coach": slot.coach.get_full_name()
            }


def clients_for(by, slot):
    """Whom this person may book this slot for."""
    people = User.objects.filter(is_candidate=True, is_active=True).order_by("name", "id")
    if by.is_admin:
        return people
    return people.filter(pk__in=Engagement.objects.clients_of(by)) if by.pk == slot.coach_id else people.none()


class CancelForm(forms.Form):
    """Staff may say why; late they must."""

    reason = reason_field(label=_("Why, in a line"), help_text=_("The other person reads this."))

    def __init__(self, *args, is_staff, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_staff:
            del self.fields["reason"]
