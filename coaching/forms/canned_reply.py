"""The form of a coach's own reply."""

from django import forms
from django.utils.translation import gettext_lazy

from coaching.models import CannedReply


class CannedReplyForm(forms.ModelForm):
    class Meta:
        model = CannedReply
        fields = ["title", "text"]
        labels = {"title": gettext_lazy("Name"), "text": gettext_lazy("Words")}
        help_texts = {
            "title": gettext_lazy("By which you find it: “Let it go”, “Shorter, please”."),
            "text": gettext_lazy("They are put into what you are writing, where you can change them."),
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "spellcheck": "true"})}

    def _post_clean(self):
        """The service assigns and checks; two of one name are the database's to refuse."""
