"""The geometry of the punctuality chart: bars on a logarithmic scale of seconds, as numbers for an SVG.

Pure: standard library only, no `now`. Times run from a tenth of a second to a week; what lies outside is drawn at the edge.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 12, 36
SHORTEST, LONGEST = 0.1, 7 * 86400.0
TICKS = ((1.0, "1 s"), (10.0, "10 s"), (60.0, "1 min"), (600.0, "10 min"), (3600.0, "1 h"), (86400.0, "1 d"))


@dataclass(frozen=True)
class Column:
    """One week: a bar from the middle mail to the 95th of 100, and a mark at the worst. `y` grows downwards; empty if nothing to draw."""

    label: str
    middle: float
    x: float
    width: float
    p50: float | None = None
    p95: float | None = None
    worst: float | None = None

    @property
    def right(self) -> float:
        """Where the bar ends."""
        return round(self.x + self.width, 1)

    @property
    def height(self) -> float:
        """Of the bar; a thin line where both are the same."""
        return 0.0 if self.p50 is None or self.p95 is None else max(self.p50 - self.p95, 2.0)


def y_of(seconds: float, longest: float) -> float:
    """Where a time lies; the shortest at the bottom."""
    clipped = min(max(seconds, SHORTEST), longest)
    share = math.log(clipped / SHORTEST) / math.log(longest / SHORTEST)
    return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)


def columns(
    weeks: Sequence[tuple[str, float | None, float | None, float | None]],
) -> tuple[list[Column], list[tuple[float, str]]]:
    """A column for each (label, p50, p95, worst), and the lines of the scale as (y, label).

    The scale ends at the first tick above the worst of all, so that a good installation does not look like an empty chart.
    """
    worst = max((one[3] for one in weeks if one[3] is not None), default=1.0)
    longest = next((tick for tick, _label in TICKS[2:] if tick >= worst), LONGEST)
    step = (WIDTH - LEFT - RIGHT) / max(len(weeks), 1)
    drawn = []
    for number, (label, *times) in enumerate(weeks):
        p50, p95, high = (None if seconds is None else y_of(seconds, longest) for seconds in times)
        middle = round(LEFT + (number + 0.5) * step, 1)
        width = round(min(step * 0.5, 28), 1)
        drawn.append(Column(label, middle, round(middle - width / 2, 1), width, p50, p95, high))
    return drawn, [(y_of(tick, longest), label) for tick, label in TICKS if tick <= longest]
