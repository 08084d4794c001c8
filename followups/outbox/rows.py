"""Writing rows of the outbox, and the one writer of their states."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict, write_new
from accounts.when import deliver_at
from followups.models import OutboundEmail, OutboundEmailEvent
from followups.outbox import guards, later, limits
from followups.outbox.archiving import archived
from followups.outbox.clock import database_now
from followups.outbox.crypto import address_of, hashes_of, seal
from followups.outbox.messages import check_headers, check_letter_form, content_of, only_address
from followups.outbox.waking import wake

Status, Urgency = OutboundEmail.Status, OutboundEmail.Urgency
# A mail that could not be handed over by then helps nobody any more, unless its writer says otherwise.
HORIZON = {
    Urgency.ACCOUNT: timedelta(days=1),
    Urgency.LETTER: timedelta(days=3),
    Urgency.DEADLINE: timedelta(hours=12),
    Urgency.ROUTINE: timedelta(days=2),
}


def queue(
    message,
    *,
    kind,
    urgency=Urgency.ROUTINE,
    to_third_party=False,
    sender=None,
    recipient=None,
    subject=None,
    due_at=None,
    useless_after=None,
    dedupe_key=None,
    content_hash="",
    is_secret=False,
    ignores_quiet_hours=False,
):
    """Write the row of one mail to one recipient; the pump hands it over from `due_at` (default: now) on.

    `message` is Django's EmailMessage, `subject` the Record it is about. A `dedupe_key` that is there already returns
    its row. Raises Refused for headers that are no single clean line, and for letters that pass a limit.
    """
    if dedupe_key and (row := OutboundEmail.objects.filter(dedupe_key=dedupe_key).first() or archived(dedupe_key)):
        return row
    now = database_now()
    row = draft(
        message,
        kind=kind,
        urgency=urgency,
        to_third_party=to_third_party,
        sender=sender,
        recipient=recipient,
        subject=subject,
        due_at=due_at,
        useless_after=useless_after,
        dedupe_key=dedupe_key,
        content_hash=content_hash,
        is_secret=is_secret,
        ignores_quiet_hours=ignores_quiet_hours,
        now=now,
    )
    with transaction.atomic():
        if to_third_party:
            limits.check_letter(sender, address_of(row), now)
        row = _insert(row)
        if row.next_try_at <= now:
            wake()
    return row


def draft(message, *, recipient=None, **options):
    """The row of a mail, not saved yet: for `queue`, and for many at once with `queue_drafts`."""
    address = only_address(message)
    check_headers(message)
    if options.get("to_third_party"):
        check_letter_form(message)
    elif recipient is None:
        recipient = get_user_model().objects.filter(email=address.lower()).first()
    row = _drafted(address, recipient=recipient, **options)
    row.message_encrypted = seal(content_of(message, row))
    return row


def _drafted(address, *, now, due_at=None, useless_after=None, subject=None, **fields):
    """The row, as yet without what it says."""
    due_at = due_at or now
    row = OutboundEmail(due_at=due_at, next_try_at=due_at, **fields)
    row.useless_after = useless_after or due_at + HORIZON[row.urgency]
    if subject is not None:
        row.subject_type, row.subject_id = subject._meta.label_lower, subject.public_id
    row.next_try_at = after_quiet_hours(row, due_at)
    row.deliver_at = row.next_try_at if row.next_try_at != due_at else None
    row.to_address_encrypted, row.to_address_hash = seal(address.encode()), hashes_of(address)[0]
    return row


def queue_drafts(drafts):
    """Save many drafts, with their first events, in one statement. Not for letters: those have limits."""
    write_new(drafts)
    wake()


def queue_told(mails):
    """Rows of mails to our own people that are written when they go (`register_writer`), in a fixed number of statements.

    For each its facts, and options as of `queue`; none has a dedupe key that may be there.
    """
    if not mails:
        return
    now, drafts = database_now(), []
    for facts, options in mails:
        row = _drafted(options["recipient"].email, now=now, **options)
        row.message_encrypted = later.sealed(facts)
        drafts.append(row)
    queue_drafts(drafts)


def _insert(row):
    """Save a new row with its first event; one that somebody else wrote under the same dedupe key is taken instead."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            OutboundEmailEvent.objects.create(subject=row, new=row.status)
    except IntegrityError:
        there = OutboundEmail.objects.filter(dedupe_key=row.dedupe_key).first() if row.dedupe_key else None
        if there is None:
            raise
        return there
    return row


def after_quiet_hours(row, moment):
    """When a mail that is due at `moment` is delivered: mail to our own people respects their quiet hours."""
    person = row.recipient
    if row.to_third_party or row.ignores_quiet_hours or row.urgency == Urgency.ACCOUNT or person is None:
        return moment
    return max(moment, deliver_at(moment, zone=person.zone, quiet=person.quiet, deadline=row.useless_after))


def move(row, new, *, at, by=None, reason="", only_if=("", []), **fields):
    """Change a mail's state once, and write its event: the only writer of `status` here.

    It counts only while both state and claim are still those of `row`: whoever lost the claim changes nothing and gets
    False; so does an `only_if` (SQL and parameters) that does not hold. The kind's follower is told in the same transaction; should it fail, the mail's own state is kept all the same.
    """
    old = row.status
    if new not in OutboundEmail.MOVES[old]:
        raise Conflict(
            _("This has moved on in the meantime: it is “%(state)s” now.") % {"state": row.get_status_display()}
        )
    fields = {"status": new, "updated_at": at, **fields}
    if new in OutboundEmail.FINAL:
        fields.setdefault("finished_at", at)
        if row.is_secret:
            fields |= {"to_address_encrypted": None, "message_encrypted": None, "scrubbed_at": at}
    if not guards.is_followed(row):
        return _write(row, old, fields, at, by, reason, only_if)
    with transaction.atomic():
        done = _write(row, old, fields, at, by, reason, only_if)
        if done:
            guards.tell_follower(row, old, new)
    return done


def _write(row, old, fields, at, by, reason, only_if):
    condition, parameters = only_if
    columns = ", ".join(f"{name} = %s" for name in fields)
    # One statement, hence one round trip and one commit.
    statement = f"""
        WITH moved AS (
            UPDATE followups_outboundemail SET {columns}
            WHERE id = %s AND status = %s AND claim_id IS NOT DISTINCT FROM %s {condition} RETURNING id
        )
        INSERT INTO followups_outboundemailevent (subject_id, old, new, by_id, reason, at)
        SELECT id, %s, %s, %s, %s, %s FROM moved
    """
    values = [
        *fields.values(),
        row.pk,
        old,
        row.claim_id,
        *parameters,
        old,
        fields["status"],
        by and by.pk,
        reason[:60],
        at,
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if not cursor.rowcount:
            return False
    for name, value in fields.items():
        setattr(row, name, value)
    return True


def cancel(subject, *, kind=None, by=None, reason=""):
    """Take back every mail about a record that is not being handed over yet; their number."""
    rows = OutboundEmail.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.public_id, status__in=[Status.QUEUED, Status.CLAIMED]
    )
    if kind is not None:
        rows = rows.filter(kind=kind)
    with transaction.atomic():
        now = database_now()
        return sum(
            move(row, Status.CANCELLED, at=now, by=by, reason=reason) for row in rows.select_for_update(no_key=True)
        )


def retry(row, *, by):
    """Send again what has failed, because a person asked for it. Raises Conflict once its content is scrubbed."""
    if row.message_encrypted is None:
        raise Conflict(_("The content of this mail is no longer kept, so it cannot be sent again."))
    now = database_now()
    useless_after = max(row.useless_after or now, now + HORIZON[row.urgency])
    # She asks for it now: from here its lateness counts anew.
    fields = {
        "next_try_at": now,
        "deliver_at": now,
        "useless_after": useless_after,
        "claim_id": None,
        "attempts": 0,
        "finished_at": None,
        # It may arrive this time; what came back stays in its events.
        "bounced_at": None,
        "bounce_code": "",
    }
    with transaction.atomic():
        if not move(row, Status.QUEUED, at=now, by=by, reason="retry", **fields):
            raise Conflict(_("This was changed in the meantime. Look again before you go on."))
        wake()
    return row


def cancel_one(row, *, by):
    """Take back one mail that waits. Raises Conflict if it is on its way already, or was: what then becomes of it is not `by`'s."""
    if row.status not in (Status.QUEUED, Status.CLAIMED):
        raise Conflict(_("It is on its way already, so it cannot be taken back."))
    if not move(row, Status.CANCELLED, at=database_now(), by=by, reason="admin"):
        raise Conflict(_("This was changed in the meantime. Look again before you go on."))
    return row


def resolve_unknown(row, *, by, arrived):
    """A person settles what the machine cannot see: it arrived, or it did not (and is left, or written anew as another row)."""
    now = database_now()
    new, fields = (Status.SENT, {"sent_at": row.handed_over_at or now}) if arrived else (Status.CANCELLED, {})
    if not move(row, new, at=now, by=by, reason="arrived" if arrived else "not_arrived", **fields):
        raise Conflict(_("This was changed in the meantime. Look again before you go on."))
    return row
