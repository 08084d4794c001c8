"""What was measured, against what was to be reached: values, and the table made of them."""

import statistics
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Goal:
    """`text` as in the table; `found` is what was seen."""

    text: str
    found: str
    reached: bool


@dataclass(frozen=True)
class Row:
    """One work, what stood beside it in the same run, and the raw figures."""

    name: str
    work: str
    beside: str
    found: str
    goals: tuple[Goal, ...]
    figures: dict = field(default_factory=dict)

    @property
    def missed(self):
        return [goal for goal in self.goals if not goal.reached]


@dataclass(frozen=True)
class Ratios:
    """Ours over the other's, of each round: what disturbs both in one round cancels out."""

    rounds: tuple[float, ...]

    @classmethod
    def of(cls, ours, others):
        return cls(tuple(mine / other for mine, other in zip(ours, others, strict=True)))

    @property
    def median(self):
        return statistics.median(self.rounds)

    @property
    def verdict(self):
        """Faster or slower only where every round says so."""
        if min(self.rounds) > 1:
            return "more"
        return "less" if max(self.rounds) < 1 else "no difference shown"

    def __str__(self):
        return f"{self.median:.2f} ({min(self.rounds):.2f}-{max(self.rounds):.2f})"


def at_least(ratios, least):
    return Goal(f"≥ {least:g} of it", str(ratios), ratios.median >= least)


def at_most(number, most, unit=""):
    return Goal(f"≤ {most:g}{unit}", f"{number:.3g}{unit}", number <= most)


def markdown(rows):
    """The table, a line for each work."""
    lines = ["| work | beside it | found | to reach | |", "|---|---|---|---|---|"]
    for row in rows:
        goals = "; ".join(f"{goal.text}: {goal.found}" for goal in row.goals)
        state = "missed" if row.missed else "reached"
        lines.append(f"| {row.work} | {row.beside} | {row.found} | {goals} | {state} |")
    return "\n".join(lines)


def reasons(rows):
    """A line for each goal that was missed."""
    return [f"{row.name}: {goal.found}, to reach {goal.text}" for row in rows for goal in row.missed]
