"""Letters in my name: what became of each, and what she decides about one that cannot be seen."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.pages import keyset_page
from followups import outbox
from followups.models import OutboundEmail, OutboundEmailEvent
from followups.outbox import letters
from followups.outbox.life import answer_to, life_of, state_of


def with_life(rows):
    """Their events along, each with who did it."""
    return rows.prefetch_related(Prefetch("events", OutboundEmailEvent.objects.select_related("by")))


def described(rows):
    """Set on each row what page and API show: title, url, zone, life, answer, state."""
    titles = outbox.titles_of(rows)
    for row in rows:
        row.title, row.url, row.zone = titles[row.pk]
        row.life, row.answer = life_of(row), answer_to(row)
        row.state, row.state_label = state_of(row)
    return rows


def letter_list(request):
    rows = with_life(OutboundEmail.objects.letters_of(request.user).for_list())
    page = keyset_page(rows, request, key="due_at")
    described(page.rows)
    context = {
        "page": page,
        "closed": outbox.against_letters(request.user, timezone.now()),
        "own_address_closed": outbox.suppression_of(request.user.email) is not None,
        "nav_active": "notes",
    }
    return render(request, "followups/letter_list.html", context)


@require_POST
def letter_resolve(request, public_id):
    """We can't see whether it arrived: leave it, sent from her own mailbox, or send again."""
    row = get_object_or_404(OutboundEmail.objects.letters_of(request.user), public_id=public_id)
    letters.resolve(row, request.POST.get("choice", ""), by=request.user)
    messages.success(request, _("Settled. Nothing else to do."))
    return redirect("letter-list")
