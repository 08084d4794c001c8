"""The numbers of the policy, with the bounds within which an admin may move them."""

from dataclasses import dataclass

# Field to (least, greatest). A note is never sent later than its clock allows (followups.clock.USABLE_HOURS).
BOUNDS: dict[str, tuple[float, float]] = {
    "note_usable_hours": (24, 168),
    "note_decision_hours": (0, 24),
    "note_sentences": (1, 3),
    "referee_decision_hours": (1, 168),
    "referee_act_hours": (1, 168),
    "correct_act_hours": (0.25, 48),
    "correct_act_floor_hours": (0.25, 0.25),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The numbers of the rules; hours, except `note_sentences` and `version`. ValueError, naming it, out of bounds.

    `note_usable_hours`: after the interview a note still helps. `note_decision_hours`: needed before the decision for
    it to be read. `note_sentences`: of correction a note carries. `referee_decision_hours`: needed before the decision
    for a referee to be asked and rung. `…_act_hours`: by when to act at the latest, however far the decision is.
    """

    version: int = 1
    note_usable_hours: float = 168
    note_decision_hours: float = 0.5
    note_sentences: int = 2
    referee_decision_hours: float = 24
    referee_act_hours: float = 48
    correct_act_hours: float = 12
    correct_act_floor_hours: float = 0.25

    def __post_init__(self) -> None:
        if isinstance(self.version, bool) or self.version < 1:
            raise ValueError("version: counts from 1")
        for name, (least, greatest) in BOUNDS.items():
            # Written so that NaN fails too.
            if not least <= getattr(self, name) <= greatest:
                raise ValueError(f"{name}: must be from {least:g} to {greatest:g}")


DEFAULT = Policy()
