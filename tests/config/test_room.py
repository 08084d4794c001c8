"""How deep a loop stands makes no difference to what its calls cost."""

from resource import RUSAGE_SELF, getrusage

from config.room import with_room

CALLS = 200


def leaf(first, second, third):
    return max(first, second, third)


def pages_fetched(depth):
    """How many pieces of memory a loop so deep in calls asks the system for."""
    if depth:
        return pages_fetched(depth - 1)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        leaf(1, 2, 3)
    return getrusage(RUSAGE_SELF).ru_minflt - before


def test_no_depth_asks_for_memory_with_every_call():
    depths = range(300)
    fetched = with_room(lambda: [pages_fetched(depth) for depth in depths])()
    assert [depth for depth in depths if fetched[depth] >= CALLS] == []


def test_what_the_call_gives_comes_back():
    assert with_room(lambda: "answer")() == "answer"
