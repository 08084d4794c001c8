"""Forms of bookings."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import validate_clean_line
from accounts.models import Engagement, User
from followups.models import Lesson

# More people than these are searched, not listed.
FEW = 50


def reason_field(**kwargs):
    return forms.CharField(max_length=200, required=False, validators=[validate_clean_line], **kwargs)


class LessonBoxes(forms.CheckboxSelectMultiple):
    """What is ticked stands first; of a long list the rest is folded."""

    template_name = "coaching/agenda_boxes.html"

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: not group[1][0]["selected"])


class AgendaField(forms.ModelMultipleChoiceField):
    """Lessons to work on in a session, by title."""

    widget = LessonBoxes

    def __init__(self, **kwargs):
        label = _("What would you like to work on?")
        super().__init__(Lesson.objects.none(), required=False, to_field_name="public_id", label=label, **kwargs)

    def label_from_instance(self, lesson):
        return lesson.title


class AgendaForm(forms.Form):
    """What is worked on, ticked anew. The field is missing where there is nothing to tick."""

    agenda = AgendaField()

    def __init__(self, *args, booking, who_reads, **kwargs):
        kwargs.setdefault("initial", {"agenda": [lesson.public_id for lesson in booking.agenda.all()]})
        super().__init__(*args, **kwargs)
        lessons = booking.candidate.lessons
        # What is on the list stays to be ticked, also where it has been closed since.
        rows = lessons.filter(pk__in=booking.agenda.values("pk")) | lessons.open()
        self.fields["agenda"].queryset = rows.distinct().order_by("-id")
        self.fields["agenda"].who_reads = who_reads
        if not self.fields["agenda"].queryset.exists():
            del self.fields["agenda"]


class BookForm(forms.Form):
    """Whose session it is, and what to work on. For herself a candidate is not asked who."""

    candidate = forms.ModelChoiceField(
        label=_("For whom?"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        error_messages={"invalid_choice": _("You can book sessions for clients you work with now.")},
    )
    agenda = AgendaField()
    override_reason = reason_field(
        label=_("Why book it all the same?"),
        help_text=_("With a reason in a line you may pass this rule. It is kept with the booking."),
    )

    def __init__(self, *args, by, slot, candidate, review=None, who="", **kwargs):
        super().__init__(*args, **kwargs)
        self.is_cut = False
        self.may_pass_rules = not by.is_candidate
        self._reason = self.fields.pop("override_reason")
        # "If you like" would be wrong: without it the rule holds.
        self._reason.asked = True
        if by.is_candidate:
            del self.fields["candidate"]
        else:
            self._ask_whom(by, candidate, slot, who)
        self._ask_agenda(by, candidate, slot, review)
        if self.may_pass_rules and "override_reason" in self.data:
            self.fields["override_reason"] = self._reason

    def ask_reason(self, problem):
        """A rule stands in the way: only now staff are asked why they would pass it."""
        self.fields["override_reason"] = self._reason
        self.add_error("override_reason", str(problem))

    def _ask_whom(self, by, candidate, slot, who):
        """Everybody this person may book for; of very many those found by `who`, a part of name or address."""
        field = self.fields["candidate"]
        field.queryset = people = clients_for(by, slot)
        if who:
            people = people.filter(Q(name__icontains=who) | Q(email__icontains=who))
        shown = list(people[: FEW + 1])
        self.is_cut = len(shown) > FEW or bool(who)
        if candidate and candidate not in shown:
            shown.insert(0, candidate)
        field.widget.choices = [("", _("Choose …")), *((one.public_id, one.get_full_name()) for one in shown[:FEW])]
        field.initial = candidate and candidate.public_id

    def _ask_agenda(self, by, candidate, slot, review):
        """Her open lessons; a coach ticks among those she can read, an admin sees none."""
        field = self.fields["agenda"]
        if candidate and (by == candidate or by.pk == slot.coach_id):
            field.queryset = Lesson.objects.to_work_on(by).filter(candidate=candidate).order_by("-id")
        if not field.queryset.exists():
            del self.fields["agenda"]
        elif by == candidate:
            field.who_reads = _("%(coach)s can read what you tick") % {"coach": slot.coach.get_short_name()}
        else:
            field.label = _("What to work on?")
            if review and not self.initial.get("agenda"):
                about = field.queryset.filter(mistake__decisions__review_items__review=review).distinct()
                field.initial = [lesson.public_id for lesson in about]
                self.initial.pop("agenda", None)


def clients_for(by, slot):
    """Whom this person may book this slot for."""
    people = User.objects.filter(is_candidate=True, is_active=True).order_by("name", "id")
    if by.is_admin:
        return people
    return people.filter(pk__in=Engagement.objects.clients_of(by)) if by.pk == slot.coach_id else people.none()


class CancelForm(forms.Form):
    """Staff may say why; late they must. She may, and only her coach reads it."""

    reason = reason_field(label=_("Why, in a line"), help_text=_("The other person reads this."))

    def __init__(self, *args, booking, by, **kwargs):
        super().__init__(*args, **kwargs)
        if by.pk == booking.candidate_id:
            self.fields["reason"].help_text = ""
            self.fields["reason"].who_reads = _("%(coach)s can read this") % {"coach": booking.coach.get_short_name()}
