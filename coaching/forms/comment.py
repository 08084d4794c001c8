"""The form of a comment: the words, and for a coach who can read them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.models import Comment
from coaching.models.comment import MAX_TEXT


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your words"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who can read it?"),
        choices=Comment.Visibility,
        initial=Comment.Visibility.PRIVATE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, by, candidate, readers="", **kwargs):
        super().__init__(*args, **kwargs)
        name = candidate.get_short_name()
        if by == candidate:
            del self.fields["visibility"]
            self.fields["text"].who_reads = readers
        else:
            self.fields["visibility"].choices = circles(name)

    def circle(self):
        return self.cleaned_data.get("visibility", Comment.Visibility.SHARED)


def circles(name):
    """The three circles in words, from a coach's side."""
    return [
        (Comment.Visibility.PRIVATE, _("Only you")),
        (Comment.Visibility.COACHES, _("You and other coaches of %(name)s") % {"name": name}),
        (Comment.Visibility.SHARED, _("%(name)s too, who is told") % {"name": name}),
    ]
