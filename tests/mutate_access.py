"""`./dev mutate-access`: each door is left ajar in turn, and the tests of access must notice.

Doors nobody passes in them, and those that can stay open unnoticed, are printed; the last line counts.
"""

import pytest

from tests.doors_ajar import doors
from tests.test_access import (
    DESCRIPTIONS,
    ROUTES,
    TABLE,
    bodies,
    walk,
    wrong_with,
    wrong_with_body_of,
    wrong_with_other_verbs_of,
)

__all__ = ["walk"]
pytestmark = pytest.mark.django_db


def test_every_door_is_watched(walk, request, capsys):
    def say(line):
        with capsys.disabled():
            print(line, flush=True)

    checks = [(wrong_with, key) for key in sorted(TABLE)] + [
        (wrong_with_other_verbs_of, name) for name in sorted(set(ROUTES) - DESCRIPTIONS)
    ]
    checks += [(wrong_with_body_of, key) for key in bodies(walk)]
    passed_in = {name: [] for name in doors.known}
    for check, about in checks:
        doors.passed = set()
        assert check(about, walk) == {}, about
        for name in doors.passed:
            passed_in[name].append((check, about))
    say(f"\n{len(passed_in)} doors, {walk.cells} cells in the walk")
    killed = 0
    for name in sorted(passed_in):
        doors.ajar = name
        seen = any(notices(check, about, walk) for check, about in passed_in[name])
        doors.ajar = None
        killed += seen
        if not seen:
            say(f"{'survives' if passed_in[name] else 'never passed'}  {name}  {doors.known[name]}")
    say(f"access mutation: {killed}/{len(passed_in)} killed")


def notices(check, about, walk):
    try:
        return check(about, walk) != {}
    except Exception:
        # What is not to be is seen as well by a page that breaks.
        return True
