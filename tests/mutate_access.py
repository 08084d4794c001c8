"""`./dev mutate-access [--only PATH]`: each door is left ajar in turn, and a test must notice. First those of access.

Doors nobody comes by, those that never say no, and those that can stay open unnoticed, are printed; the last line counts.
"""

from collections import Counter, defaultdict

import pytest

from tests.access import PAGES
from tests.access_again import LINKS
from tests.access_services import SERVICES
from tests.doors_ajar import doors
from tests.test_access import (
    EXPORTERS,
    OTHERS,
    TABLE,
    bodies,
    fields_that_name,
    walk,
    wrong_with,
    wrong_with_body_of,
    wrong_with_export,
    wrong_with_field,
    wrong_with_link,
    wrong_with_link_to_move,
    wrong_with_other_verbs_of,
    wrong_with_service,
)
from tests.walk import ROLES

__all__ = ["walk"]
pytestmark = pytest.mark.django_db
# The others are sent away before they come by any door, save by a link.
NOBODY = ("nobody",)
SIGNED_IN = tuple(role for role in ROLES if role not in ("nobody", "feed_token", "closed_owner"))


def test_every_door_is_watched(walk, request, capsys):
    def say(line):
        with capsys.disabled():
            print(line, flush=True)

    checks = [(wrong_with, key, SIGNED_IN) for key in sorted(TABLE)]
    checks += [(wrong_with_form_of, name, SIGNED_IN) for name, rule in sorted(PAGES.items()) if rule.method == "get"]
    checks += [(wrong_with_body_of, key, OTHERS) for key in bodies(walk)]
    checks += [(wrong_with_field, about, ("owner", "coach")) for about in fields_that_name(walk)]
    checks += [(wrong_with_link, link, NOBODY) for link in LINKS]
    checks += [(wrong_with_link_to_move, "booking", NOBODY)]
    checks += [(wrong_with_service, holds, NOBODY) for holds in SERVICES]
    checks += [(wrong_with_export, role, NOBODY) for role in EXPORTERS]
    passed_in = defaultdict(list)
    for check, about, roles in checks:
        for role in roles:
            doors.asked, doors.passed = set(), set()
            doors.stand()
            if found := check(about, walk, (role,)):
                say(f"wrong with no door ajar: {about} {found}")
                continue
            doors.came_by |= doors.asked
            for name in doors.passed:
                passed_in[name].append((check, about, role))
    chosen = sorted(doors.chosen(request.config))
    say(f"\n{len(chosen)} doors, {walk.cells} cells in the walk")
    doors.open = {name for name in chosen if not noticed(name, passed_in[name], walk)}
    doors.tried.update(name for name in doors.open if passed_in[name])
    say(f"access mutation: {len(chosen) - len(doors.open)}/{len(chosen)} killed by the tests of access")


def wrong_with_form_of(name, walk, roles):
    """A verb that is not known there comes by no door; a form's POST does."""
    return wrong_with_other_verbs_of(name, walk, roles, verbs=("POST",))


def noticed(name, cells, walk):
    doors.stand(ajar=name)
    try:
        return any(notices(check, about, role, walk) for check, about, role in one_of_each_role_first(cells))
    finally:
        doors.stand()


def one_of_each_role_first(cells):
    """Whoever may not pass is seen soon by this, without a walk through all that the others do."""
    number, ranked = Counter(), []
    for cell in cells:
        number[cell[2]] += 1
        ranked.append((number[cell[2]], cell))
    return [cell for _rank, cell in sorted(ranked, key=lambda pair: pair[0])]


def notices(check, about, role, walk):
    try:
        return check(about, walk, (role,)) != {}
    except Exception:
        # What is not to be is seen as well by a page that breaks.
        return True
