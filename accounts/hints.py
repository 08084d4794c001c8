"""A word for whoever does something for the first time, on the page where it is done, until they put it away."""

from accounts.models import User

# By name, as `includes/hint.html` is given them.
HINTS = frozenset({"debrief", "review", "slot"})


def put_away(user, name):
    """It is not shown to her again, on any device. Twice is once."""
    row = User.objects.get(pk=user.pk)
    if name not in row.hints_put_away:
        row.hints_put_away.append(name)
        row.save(update_fields=["hints_put_away"])
