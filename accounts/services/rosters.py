"""Many people at once: a list is looked at first, then all who can be are invited. Their mails leave one by one (`mail_invitations`)."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roster_reading
from accounts.csv_files import Unreadable
from accounts.fields import ascii_domain, validate_clean_line, validate_one_address
from accounts.models import AuditEntry, Invitation, Roster, User, hash_token
from accounts.records import Conflict, Refused
from accounts.services.installation import check_may_invite
from accounts.services.people import INVITATION_DAYS, mail_invitation
from accounts.when import zone_names

# Who uploads a sixth list has given up the first.
MOST_KEPT = 5
MOST_OPEN = 5_000
LONGEST = 50
# Few: what is due beside them waits no longer than a moment. After a pass with mails the pump looks again at once.
MAILS_A_PASS = 25


@dataclass
class Line:
    """Somebody on the list. With `problems` (column and reason) or when `known` nobody is invited by it."""

    number: int
    email: str = ""
    name: str = ""
    role: str = Invitation.Role.CANDIDATE
    cohort: str = ""
    zone: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)
    known: str = ""

    @property
    def is_good(self):
        return not self.problems and not self.known

    @property
    def role_label(self):
        return Invitation.Role(self.role).label


@dataclass
class Preview:
    unused: list[str]
    lines: list[Line]

    @property
    def good(self):
        return [line for line in self.lines if line.is_good]

    @property
    def known(self):
        return [line for line in self.lines if line.known and not line.problems]

    @property
    def bad(self):
        return [line for line in self.lines if line.problems]


@transaction.atomic
def read_roster(data, *, by):
    """Read an uploaded file and keep its cells for a day. Raises Refused, in words, for a file that cannot be used."""
    try:
        sheet = roster_reading.read(data)
    except Unreadable as problem:
        raise Refused(problem.said.words(_), field="file") from None
    return _keep(sheet, by)


@transaction.atomic
def take_roster(people, *, by):
    """The same from rows that a program sent; each counts as a line."""
    lines = [(number, {name: " ".join(cell.split()) for name, cell in person.items() if cell.strip()}) for number, person in enumerate(people, start=1)]  # fmt: skip
    return _keep(roster_reading.Sheet(lines, [], []), by)


def _keep(sheet, by):
    roster = Roster.objects.create(by=by, sheet=sheet.as_json())
    older = Roster.objects.filter(by=by).order_by("-id")[MOST_KEPT:]
    Roster.objects.filter(pk__in=[row.pk for row in older]).delete()
    return roster


def preview_roster(roster, *, now=None):
    """Every line with what is wrong with it, column by column; two queries, however many there are."""
    sheet = roster_reading.Sheet.from_json(roster.sheet)
    zones = {name.casefold(): name for name in zone_names()}
    lines = [_line(number, cells, zones) for number, cells in sheet.lines]
    lines += [Line(number, problems=[(_("Line"), _(reason))]) for number, reason in sheet.broken]
    lines.sort(key=lambda line: line.number)
    _compare(lines, now or timezone.now())
    return Preview(sheet.unused, lines)


def _line(number, cells, zones):
    line = Line(number, email=ascii_domain(cells.get("email", "")).lower(), name=cells.get("name", ""))
    line.cohort, line.zone = cells.get("cohort", ""), cells.get("zone", "")

    def check(column, value, *validators):
        if len(value) > LONGEST and column != "email":
            line.problems.append((_(roster_reading.MEANINGS[column]), _("At most %(most)s characters, please.") % {"most": LONGEST}))  # fmt: skip
            return
        for validate in validators:
            try:
                validate(value)
            except ValidationError as error:
                line.problems.append((_(roster_reading.MEANINGS[column]), error.messages[0]))
                return

    if line.email:
        check("email", line.email, validate_one_address)
    else:
        line.problems.append((_("E-mail address"), _("The address is missing.")))
    check("name", line.name, validate_clean_line)
    check("cohort", line.cohort, validate_clean_line)
    if line.zone:
        found = zones.get(line.zone.casefold().replace(" ", "_"))
        if found is None:
            text = _("“%(zone)s” is not a time zone we know. Try a city, such as Africa/Nairobi.")
            line.problems.append((_("Time zone"), text % {"zone": line.zone[:60]}))
        line.zone = found or line.zone
    if "role" in cells:
        role = roster_reading.role_of(cells["role"])
        if not role:
            text = _("“%(role)s” is no role here. Candidate, coach, admin, or coach and admin can be read.")
            line.problems.append((_("Role"), text % {"role": cells["role"][:40]}))
        line.role = role or line.role
    return line


def _compare(lines, now):
    """Those who are here already, were invited already, or stand on the list twice."""
    addresses = {line.email for line in lines if not line.problems}
    here = set(User.objects.filter(email__in=addresses).values_list("email", flat=True))
    invited = set(Invitation.objects.open(now).filter(email__in=addresses).values_list("email", flat=True))
    first = {}
    for line in lines:
        if line.problems:
            continue
        if line.email in first:
            line.known = _("Stands on line %(number)s already.") % {"number": first[line.email]}
        elif line.email in here:
            line.known = _("Has an account here.")
        elif line.email in invited:
            line.known = _("Was invited already, and that invitation is open.")
        first.setdefault(line.email, line.number)


@transaction.atomic
def invite_roster(roster, *, by, now=None):
    """Invite everybody on it who can be invited; returns the invitations. Twice the same list (two tabs) is a Conflict."""
    now = now or timezone.now()
    check_may_invite()
    row = Roster.objects.select_for_update().filter(pk=roster.pk).first()
    if row is None:
        raise Conflict(_("The people on this list were invited already, or it was put away."))
    found = preview_roster(row, now=now).good
    if not found:
        raise Refused(_("There is nobody on this list who could be invited."))
    if Invitation.objects.filter(from_roster=True).open(now).count() + len(found) > MOST_OPEN:
        raise Refused(_("Too many invitations are open. Let some be answered, or run out, first."))
    made = Invitation.objects.bulk_create(
        Invitation(
            email=line.email,
            name=line.name,
            role=line.role,
            cohort=line.cohort,
            zone=line.zone,
            from_roster=True,
            invited_by=by,
            # Nobody is told this one: the link is made when its mail is written.
            token_hash=hash_token(Invitation.new_token()),
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
        for line in found
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(verb="invited", subject_type="invitation", subject_id=each.public_id, by=by) for each in made
    )
    row.delete()
    return made


def put_roster_away(roster, *, by):
    roster.delete()


def mail_invitations(now, *, most=MAILS_A_PASS):
    """Write the mails of those who were invited by a list, some in each pass: nobody waits for two thousand mails to be written.

    Also lets go of lists that nobody confirmed within a day.
    """
    Roster.objects.outlived(now).delete()
    with transaction.atomic():
        waiting = Invitation.objects.unmailed(now).select_related("invited_by")
        for invitation in waiting.select_for_update(of=("self",), skip_locked=True)[:most]:
            try:
                with transaction.atomic():
                    mail_invitation(invitation, now=now)
            except Refused:
                # It can be written by no means, and must not keep the others waiting for ever.
                Invitation.objects.filter(pk=invitation.pk).update(cancelled_at=now, updated_at=now)
