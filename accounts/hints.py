"""A word for whoever does something for the first time, on the page where it is done, until they put it away."""

from django.db.models import F, Func, Value

from accounts.models import User

# By name, as `includes/hint.html` is given them.
HINTS = frozenset({"debrief", "review", "slot"})


def put_away(user, name):
    """It is not shown to her again, on any device. Twice is once, and of two at the same moment both stay away."""
    longer = Func(F("hints_put_away"), Value(name), function="array_append")
    User.objects.filter(pk=user.pk).exclude(hints_put_away__contains=[name]).update(hints_put_away=longer)
