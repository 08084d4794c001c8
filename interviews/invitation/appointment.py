"""What an invitation comes to: appointments, each with what she ought to look at."""

from dataclasses import dataclass
from datetime import datetime

from accounts import when
from interviews.invitation.people import Person


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at before saving: which field, and a sentence with `values` to fill in."""

    field: str
    text: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """One appointment. `key` names it within its file."""

    key: str
    uid: str
    sequence: int
    is_cancelled: bool
    title: str
    company: str
    role_title: str
    starts_wall: datetime
    ends_wall: datetime
    zone: str
    country: str
    people: tuple[Person, ...]
    place: str
    links: tuple[str, ...]
    description: str
    remarks: tuple[Remark, ...]

    @property
    def starts_at(self) -> datetime:
        return when.to_instant(self.starts_wall, self.zone)

    @property
    def ends_at(self) -> datetime:
        return when.to_instant(self.ends_wall, self.zone)


@dataclass(frozen=True, slots=True)
class Reading:
    """The appointments of a file, those still to come first; `is_cut`: there are more than are offered."""

    invitations: tuple[Invitation, ...]
    is_cut: bool = False

    def choose(self, key: str) -> Invitation | None:
        """The one of this key, or the only one."""
        if not key and len(self.invitations) == 1:
            return self.invitations[0]
        return next((each for each in self.invitations if each.key == key), None)
