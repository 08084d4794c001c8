"""The page behind a referee's one-time link: no account, and no sight of anything else."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import when
from followups.forms.referee import AnswerForm
from followups.services import briefs


def _private(view):
    """The address is the key: no cache, no search engine and no other site may learn it."""

    @wraps(view)
    def wrapped(request, token):
        response = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, no_store=True, private=True)
        return response

    return wrapped


# Whoever has the link may answer: no sign-in and no cookie stand in between, and the token in the address is secret.
@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def referee_answer(request, token):
    """GET shows what was asked and answered, because scanners open every link; POST answers, and may change it."""
    brief = briefs.brief_of(token)
    if brief is None:
        return render(request, "followups/referee_answer_gone.html", status=410)
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if form.is_valid():
            briefs.answer_brief(brief, form.cleaned_data["answer"])
            return redirect("referee-answer", token)
    context = {
        "brief": brief,
        "who": brief.candidate.get_full_name(),
        "until": when.print_date(briefs.last_day_of_link(brief), translate=_),
    }
    return render(request, "followups/referee_answer.html", context)
