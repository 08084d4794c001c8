"""What is not sent yet."""

from django.http import HttpResponse, JsonResponse

from accounts import services


def form_draft(request):
    """What she typed into the form of a page: GET gives it back, POST keeps it (static/js/afterword.js)."""
    if request.method == "POST":
        fields = {name: value for name, value in request.POST.items() if name not in ("path", "csrfmiddlewaretoken")}
        services.keep_draft(request.user, path=request.POST.get("path", ""), fields=fields)
        return HttpResponse(status=204)
    return JsonResponse({"fields": services.draft_of(request.user, path=request.GET.get("path", ""))})
