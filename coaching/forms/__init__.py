"""Forms of coaching."""


def posted(request):
    """What a form is bound to. A POST without a single field is one too: every field here may be optional."""
    return request.POST if request.method == "POST" else None


def refuse(form, problem):
    """Put a service's refusal where it was made."""
    field = getattr(problem, "field", None)
    form.add_error(field if field in form.fields else None, str(problem))
