"""Forms of reviews: asking, and answering each item."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import WallTimeFormField
from accounts.models import User
from coaching.models import ReviewItem
from followups.models import ThankYouNote, TriageDecision
from followups.services.notes.times import zone_of


class ReviewAskForm(forms.Form):
    """What the coach shall look at, and what happens without an answer. With a draft she says here when it goes."""

    coach = forms.ModelChoiceField(
        label=gettext_lazy("Whom?"), queryset=User.objects.none(), to_field_name="public_id", empty_label=None
    )
    share = forms.BooleanField()
    decisions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which decisions?"),
        queryset=TriageDecision.objects.none(),
        to_field_name="public_id",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_note = forms.BooleanField(label=gettext_lazy("My note too"), required=False, initial=True)
    send_wall = WallTimeFormField(label=gettext_lazy("Your note goes"), required=False)
    if_unreviewed = forms.ChoiceField(
        label=gettext_lazy("And if no answer comes in time?"),
        choices=[
            ("send", gettext_lazy("Send it as I approved it")),
            ("hold", gettext_lazy("Keep it until I say so")),
        ],
        initial="send",
        widget=forms.RadioSelect,
        required=False,
    )
    question = forms.CharField(
        label=gettext_lazy("What would you like to know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    despite_findings = forms.BooleanField(label=gettext_lazy("Send the note as it is"), required=False)

    def __init__(self, *args, interview, coaches, decisions, note, send_wall, **kwargs):
        super().__init__(*args, **kwargs)
        self.note = note
        fields = self.fields
        fields["coach"].queryset = coaches
        fields["coach"].label_from_instance = User.get_full_name
        # Without a coach it is the team that is asked, and nothing is shared.
        first = coaches.first()
        fields["coach"].initial = first and first.public_id
        name = first.get_short_name() if first else _("Whoever takes it")
        fields["question"].who_reads = _("%(coach)s can read this") % {"coach": name}
        fields["share"].label = _("%(coach)s may read this interview") % {"coach": name}
        fields["decisions"].queryset = decisions
        fields["decisions"].label_from_instance = _label
        if len(coaches) < 2:
            del fields["coach"]
        if interview.shared_with_coach or not first:
            del fields["share"]
        if not decisions:
            del fields["decisions"]
        self._about_note(note, send_wall)

    def _about_note(self, note, send_wall):
        fields = self.fields
        if note is None:
            del fields["with_note"], fields["if_unreviewed"]
        if note is None or note.status == ThankYouNote.Status.SCHEDULED:
            del fields["send_wall"], fields["despite_findings"]
            return
        fields["send_wall"].initial = send_wall
        fields["send_wall"].asked = fields["if_unreviewed"].asked = True
        fields["send_wall"].help_text = _(
            "By the clock in %(zone)s. Late enough for an answer, early enough to be on time."
        ) % {"zone": zone_of(note)}
        fields["despite_findings"].widget = forms.HiddenInput()

    def ask_once_more(self):
        """The check found something better changed: the box that says "as it is" appears."""
        self.fields["despite_findings"].widget = forms.CheckboxInput()

    def clean(self):
        data = super().clean()
        if self.note and data.get("with_note") and "send_wall" in self.fields and not data.get("send_wall"):
            self.add_error("send_wall", _("When shall it go?"))
        return data

    def sending(self):
        """What scheduling a draft needs; nothing for a note that is scheduled."""
        if not self.note or "send_wall" not in self.fields:
            return {}
        return {
            "send_wall": self.cleaned_data["send_wall"],
            "send_zone": zone_of(self.note),
            "despite_findings": self.cleaned_data["despite_findings"],
        }


def _label(decision):
    words = decision.mistake.topic or decision.mistake.text
    return f"{words[:80]}: {decision.get_action_display()}"


class ItemForm(forms.Form):
    """The coach's word on one decision."""

    answer = forms.ChoiceField(
        choices=[
            (ReviewItem.Answer.AGREE, gettext_lazy("Agree")),
            (ReviewItem.Answer.CHANGE, gettext_lazy("Change")),
            (ReviewItem.Answer.ASK, gettext_lazy("Ask")),
        ],
        widget=forms.RadioSelect(attrs={"class": "short"}),
        label=gettext_lazy("Your word"),
        error_messages={"required": gettext_lazy("Agree, change or ask: one of the three.")},
    )
    action = forms.ChoiceField(label=gettext_lazy("What instead?"), required=False)
    message = forms.CharField(
        label=gettext_lazy("A line about it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    stop = forms.BooleanField(
        label=gettext_lazy("Something in these sentences is false or would hurt: take them out before the note goes"),
        required=False,
    )

    def __init__(self, *args, item, standing, is_scheduled, kept=None, **kwargs):
        """`kept`: a POST that is not judged yet, whose words are shown again."""
        super().__init__(*args, prefix=str(item.public_id), **kwargs)
        self.item = item
        if kept is not None:
            self.initial = {name: kept.get(self.add_prefix(name)) for name in self.fields}
        other = [choice for choice in TriageDecision.Action.choices if choice[0] != standing.action]
        self.fields["action"].choices = [("", "…"), *other]
        # Not "if you like": a change needs it, and the page shows it with a change only.
        self.fields["action"].asked = True
        if not is_scheduled:
            del self.fields["stop"]


class AnswerForm(forms.Form):
    suggestion = forms.CharField(
        label=gettext_lazy("The note, as you would put it"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"class": "letter-text", "rows": 12}),
        help_text=gettext_lazy(
            "Change what you would change; left as it is, it is no suggestion. Your client may take it or not."
        ),
    )
    message = forms.CharField(
        label=gettext_lazy("A word to your client"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, **kwargs)
        if review.note is None:
            del self.fields["suggestion"]
        else:
            self.fields["suggestion"].initial = review.note.body
