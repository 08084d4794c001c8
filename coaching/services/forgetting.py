"""What coaches and clients wrote to each other about a mistake goes with it."""

from accounts.services import forget_drafts_under
from coaching.models import Review
from followups import drafting, outbox, reminders


def forget_mistake(mistake):
    """Before a mistake is deleted: its item in every review, the words around it, and a suggestion that holds its sentence.

    A review that was about nothing else is gone.
    """
    carrying = set(mistake.carried_by.values_list("pk", flat=True))
    for review in Review.objects.filter(interview=mistake.interview).select_related("interview"):
        about = review.items.filter(decision__mistake=mistake)
        was_about_it = about.exists() or review.note_id in carrying
        about.delete()
        if was_about_it:
            forget_drafts_under(f"/reviews/{review.public_id}/")
        if was_about_it and review.note_id is None and not review.items.exists():
            outbox.cancel(review, reason="deleted")
            outbox.forget_unsent([review])
            reminders.forget(review)
            review.delete()
            continue
        fields = {}
        if was_about_it:
            fields = {"question": "", "message": ""}
        if drafting.find(review.suggestion, mistake.correction):
            fields["suggestion"] = ""
        if fields:
            Review.objects.filter(pk=review.pk).update(**fields)
