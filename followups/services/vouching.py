"""Who can still vouch for her in one interview."""

from followups import outbox
from followups.models import Referee, RefereeBrief, Suppression


def who_can_vouch(interview):
    """Her referees who agreed, whose address does not refuse our mail, and who have not asked to be left out of this interview."""
    out = RefereeBrief.objects.filter(interview=interview, answer__in=["not_this_one", "do_not_write"])
    asked = Referee.objects.filter(candidate=interview.candidate_id, agreed_at__isnull=False, refused_at=None)
    found = list(asked.exclude(pk__in=out.values("referee_id")))
    return _not_refusing(found)


def _not_refusing(referees):
    """Without those whose address has asked never to be written to again, through whomever."""
    hashes = {referee.pk: outbox.hashes_of(referee.email) for referee in referees if referee.email}
    if not hashes:
        return referees
    every = [one for several in hashes.values() for one in several]
    refusing = set(
        Suppression.objects.filter(address_hash__in=every, reason="asked").values_list("address_hash", flat=True)
    )
    return [referee for referee in referees if not refusing & set(hashes.get(referee.pk, ()))]
