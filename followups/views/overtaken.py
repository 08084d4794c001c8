"""Two windows on one form: what was saved in the other stands beside what was typed here, and the next press decides."""

from django.utils.translation import gettext as _


def overtake(form, fresh):
    """Tell a sent `form` that another window was quicker. `fresh` is the same form, as it would be shown now."""
    form.add_error(
        None,
        _("This was changed in another window meanwhile. Yours is kept below: press the button again and it stands."),
    )
    form.elsewhere = [
        (field.label, _said(field))
        for field in fresh
        if not field.is_hidden and field.field.has_changed(field.value(), form[field.name].value())
    ]
    return form


def _said(field):
    """What a field says, in the words of the page."""
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return str(value or "").strip()
    chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
    return ", ".join(str(label) for key, label in choices if str(key) in chosen and str(key))


def seen_on(form, version, sent):
    """The version to show with a form: that of now, unless it only comes back with errors (`sent`: what came with it)."""
    return version if not form.is_bound or hasattr(form, "elsewhere") else sent.get("seen", "")
