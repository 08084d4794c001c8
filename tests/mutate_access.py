"""`./dev mutate-access [--only PATH]`: each door is left ajar in turn, and a test must notice. First those of access.

Doors nobody comes by, those that never say no, and those that can stay open unnoticed, are printed; the last line counts.
"""

from collections import Counter, defaultdict

import pytest

from tests.doors_ajar import doors
from tests.test_access import (
    DESCRIPTIONS,
    OTHERS,
    ROUTES,
    TABLE,
    bodies,
    walk,
    wrong_with,
    wrong_with_body_of,
    wrong_with_other_verbs_of,
)
from tests.walk import ROLES

__all__ = ["walk"]
pytestmark = pytest.mark.django_db


def test_every_door_is_watched(walk, request, capsys):
    def say(line):
        with capsys.disabled():
            print(line, flush=True)

    checks = [(wrong_with, key, ROLES) for key in sorted(TABLE)]
    checks += [(wrong_with_other_verbs_of, name, ROLES) for name in sorted(set(ROUTES) - DESCRIPTIONS)]
    checks += [(wrong_with_body_of, key, OTHERS) for key in bodies(walk)]
    passed_in = defaultdict(list)
    for check, about, roles in checks:
        for role in roles:
            doors.asked, doors.passed = set(), set()
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


def noticed(name, cells, walk):
    doors.ajar = name
    try:
        return any(notices(check, about, role, walk) for check, about, role in one_of_each_role_first(cells))
    finally:
        doors.ajar = None


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
