"""One thing on your mind? A page for strangers: a few taps, an answer with its reasons, and nothing is kept.

The answers stand in the form itself, never in an address that a log or another site could see. The page changes nothing, so it
needs no protection against forged forms and sets no cookie (docs/decisions.md).
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import installation, kept, rates
from accounts.sign_in import SignInForm
from accounts.sign_up import SignUpForm
from followups import one_thing as questions
from followups.forms.debrief import LINE_BY_KIND, LINES
from followups.models import TriageDecision
from followups.services.kept import kept_of
from followups.triage import Stance
from interviews.models import Interview
from interviews.permissions import can_log_interview

RECENT = 5


@login_not_required
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def one_thing(request):
    """The five lines; then one question a screen; then the answer. POST only asks, as GET does."""
    if request.method == "POST":
        wait = rates.seconds_to_wait(request, "one-thing")
        if wait:
            return _private(_slow(request, wait))
    look = questions.look(_answers(request))
    if request.method == "POST" and "back" in request.POST:
        look = _one_back(look)
    context = {"look": look, "nav_active": "", **_page(look)}
    return _private(render(request, "followups/one_thing.html", context))


def _answers(request):
    """What the form carries. The button pressed comes after the hidden fields, so the last value counts."""
    return {name: value for name, value in request.POST.items() if len(value) < 40} if request.method == "POST" else {}


def _private(response):
    patch_cache_control(response, no_store=True, private=True)
    return response


def _slow(request, wait):
    context = {"fields": questions.look(_answers(request)).answers, "action": request.path}
    response = render(request, "followups/one_thing_slow.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response


def _one_back(look):
    """Without her last answer; from the answers given afterwards, back into the questions."""
    asked = {question.name for question in questions.AFTERWARDS}
    names = [name for name in look.answers if name not in asked]
    return questions.look({name: look.answers[name] for name in names[:-1]})


def _page(look):
    context = {
        "beginnings": BEGINNINGS,
        "nothing": questions.NOTHING,
        "began": began_with(look),
        "said": said_in(look),
        "state": urlencode(look.answers),
        "address": settings.BASE_URL + reverse("one-thing"),
        "open_signup": installation.current().is_open,
    }
    if look.decision:
        context["card"] = card_of(look)
        context["next_steps"] = questions.next_steps(look.decision, look.kind)
        context["could_change"] = [
            {
                "question": question,
                "chosen": look.answers.get(question.name, question.options[0].word),
                "others": {name: word for name, word in look.answers.items() if name != question.name},
            }
            for question in look.could_change
        ]
    return context


def line_of(look):
    """The plain line she began with."""
    return LINE_BY_KIND[look.kind] if look.facts else None


def began_with(look):
    """The words on the button she began with."""
    line = line_of(look)
    if line is None:
        return ""
    buttons = next(each["kinds"] for each in BEGINNINGS if each["line"] is line)
    return dict(buttons).get(look.kind, line.label) if len(buttons) > 1 else line.label


def said_in(look):
    """Her answers in the words of the page: pairs of question and answer."""
    if not look.facts:
        return []
    asked = [*questions.questions_of(look.facts["kind"]), *questions.AFTERWARDS]
    return [
        (question, question.option(look.answers[question.name])) for question in asked if question.name in look.answers
    ]


def kept_context(user):
    """For the pages on which what she came with waits for her."""
    look = kept_of(user)
    if look is None:
        return {}
    return {"kept": look, "kept_line": line_of(look), "kept_began": began_with(look), "kept_said": said_in(look)}


def card_of(look):
    """The decision as the card shows it."""
    by_stance = {
        stance: [reason.text for reason in look.decision.reasons if reason.stance is stance] for stance in Stance
    }
    return {
        "action": look.decision.action.value,
        "get_action_display": TriageDecision.Action(look.decision.action).label,
        "why": by_stance[Stance.RULE],
        "reasons_for": by_stance[Stance.FOR],
        "reasons_against": by_stance[Stance.AGAINST],
    }


def _beginnings():
    """The five lines, each with its button, or with one for each of two kinds that the rules tell apart."""
    firsts = [kinds[0] for kinds in questions.BEGINNINGS]
    lines = []
    for line in LINES:
        kinds = [(kind.value, label) for kind, label in line.kinds if kind in firsts]
        lines.append({"line": line, "kind": kinds[0][0] if len(kinds) == 1 else "", "kinds": kinds})
    return lines


BEGINNINGS = _beginnings()


@login_not_required
@csrf_exempt
@sensitive_post_parameters()
@require_POST
def one_thing_keep(request):
    """The way to keep it: signing up or in, with the answers in a hidden field. Only there a cookie begins."""
    if request.user.is_authenticated:
        return redirect("one-thing")
    if wait := rates.seconds_to_wait(request, "one-thing"):
        return _private(_slow(request, wait))
    look = questions.look(kept.opened(request.POST.get("kept", "")) or _answers(request))
    if look.decision is None:
        return redirect("one-thing")
    return _door(request, look, sign_in="sign_in" in request.POST or not installation.current().is_open)


def _door(request, look, *, sign_in):
    """The form of signing up or in, with what she answered sealed in it."""
    initial = {"kept": kept.seal(dict(look.answers))}
    context = {"signup_url": reverse("account_signup"), "login_url": reverse("account_login"), "redirect_field": ""}
    if sign_in:
        context["form"] = SignInForm(initial=initial, request=request)
        return _private(render(request, "account/login.html", context))
    context["form"] = SignUpForm(initial=initial)
    return _private(render(request, "account/signup.html", context))


@login_not_required
@require_POST
def one_thing_take(request):
    """Somebody signed in keeps it at once; where the session has ended meanwhile, it comes along through signing in."""
    is_in = request.user.is_authenticated
    if is_in and not can_log_interview(request.user):
        raise PermissionDenied
    look = questions.look(_answers(request))
    if look.decision is None:
        return redirect("one-thing")
    if not is_in:
        return _door(request, look, sign_in=True)
    kept.keep_answers(request.user, dict(look.answers))
    return redirect("one-thing-kept")


def one_thing_kept(request):
    """Which interview was it? The first thing of a new one, or of one that is here already."""
    look = kept_of(request.user)
    if look is None:
        return redirect("today")
    held = Interview.objects.filter(candidate=request.user, status=Interview.Status.HELD).order_by("-ends_at", "-id")
    recent = list(held[:RECENT])
    if not recent:
        return redirect("interview-new")
    context = {"recent": recent, "nav_active": "interviews"} | kept_context(request.user)
    return render(request, "followups/one_thing_kept.html", context)


@require_POST
def one_thing_leave(request):
    """It is not worth keeping after all."""
    kept.forget(request.user)
    messages.success(request, _("Left behind. Nothing of it is kept."))
    return redirect("today")
