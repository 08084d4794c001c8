"""The list of addresses that must not be written to. Only keyed hashes are kept: an address is found again, not read."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.records import Refused
from followups.models import Suppression, SuppressionChange
from followups.outbox.crypto import hashes_of
from followups.outbox.messages import one_address

Source = Suppression.Source


@transaction.atomic
def suppress(address, *, reason, by=None):
    """Never write to this address again (account mail to its owner excepted). Again changes nothing.

    `reason` is one of Suppression.Source. Raises Refused for what is no address.
    """
    if reason not in Source:
        raise Refused(_("Choose one of the answers."), field="reason")
    hashes = hashes_of(one_address(address))
    if Suppression.objects.filter(address_hash__in=hashes).exists():
        return False
    _row, is_new = Suppression.objects.get_or_create(address_hash=hashes[0], defaults={"reason": reason, "by": by})
    if is_new:
        SuppressionChange.objects.create(address_hash=hashes[0], verb="added", reason=reason, by=by)
    return is_new


def suppression_of(address):
    """The entry of an address, or None. Raises Refused for what is no address."""
    rows = Suppression.objects.filter(address_hash__in=hashes_of(one_address(address)))
    return rows.select_related("by").order_by("created_at").first()


def changes_of(address):
    """Everything that was done about an address, the oldest first."""
    return SuppressionChange.objects.filter(address_hash__in=hashes_of(one_address(address))).select_related("by")


@transaction.atomic
def lift_suppression(address, *, why, by):
    """Take an address off the list. `why` is kept, so it must not name anybody; Refused without one."""
    why = why.strip()
    if not why:
        raise Refused(_("Please say in a line why."), field="why")
    hashes = hashes_of(one_address(address))
    rows = list(Suppression.objects.select_for_update().filter(address_hash__in=hashes))
    if not rows:
        raise Refused(_("This address is not on the list."), field="address")
    change = SuppressionChange(address_hash=hashes[0], verb="lifted", reason=rows[0].reason, why=why, by=by)
    change.full_clean()
    Suppression.objects.filter(pk__in=[row.pk for row in rows]).delete()
    change.save(force_insert=True)
