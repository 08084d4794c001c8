"""The geometry of a chart of stacked bars, one a week: numbers for an SVG. Pure: standard library only."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 12, 32


@dataclass(frozen=True, slots=True)
class Bar:
    """One week. `low` stands at the bottom, `high` on top of it; `y` grows downwards. Without counts there is nothing to draw."""

    label: str
    x: float
    middle: float
    width: float
    low_y: float
    low_height: float
    high_y: float
    high_height: float


def top_of(most: int) -> int:
    """The end of the scale: the first round number that holds the highest bar."""
    step = 1
    while True:
        for factor in (4, 10, 20):
            if step * factor >= most:
                return step * factor
        step *= 10


def bars(weeks: Sequence[tuple[str, int, int]]) -> tuple[list[Bar], list[tuple[float, str]]]:
    """A bar for each (label, low, high), and the lines of the scale as (y, label): none, half, all."""
    top = top_of(max((low + high for _label, low, high in weeks), default=1))
    room = HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT - RIGHT) / max(len(weeks), 1)
    width = round(min(step * 0.6, 36), 1)
    drawn = []
    for number, (label, low, high) in enumerate(weeks):
        middle = LEFT + (number + 0.5) * step
        low_height, high_height = room * low / top, room * high / top
        base = HEIGHT - BOTTOM
        drawn.append(
            Bar(
                label,
                round(middle - width / 2, 1),
                round(middle, 1),
                width,
                round(base - low_height, 1),
                round(low_height, 1),
                round(base - low_height - high_height, 1),
                round(high_height, 1),
            )
        )
    lines = [(round(HEIGHT - BOTTOM - room * share / 2, 1), str(top * share // 2)) for share in range(3)]
    return drawn, lines
