"""A person's export: asked for, put together by a worker, kept for a day, deleted."""

import logging
import time
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import languages
from accounts.export_files import gather, pack
from accounts.mail import compose
from accounts.models import Export, ExportChunk, User
from accounts.records import Conflict, move, start
from accounts.services.auditing import audit

logger = logging.getLogger(__name__)
Status = Export.Status
KEPT = timedelta(hours=24)
# A worker renews it with every table, each of which takes moments.
LEASE = timedelta(minutes=2)
ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=20)
# So long the pump leaves it to the workers of Celery.
UNATTENDED = timedelta(minutes=1)
_followers = []


class _Lost(Exception):
    """Somebody else has taken it over, or its person is erased."""


def follow_exports(follow):
    """Call `follow(export)` in the transaction in which one is asked for."""
    _followers.append(follow)


@transaction.atomic
def ask_for_export(user, *, now=None):
    """The new export. Raises Conflict while another is under way, and where it is too many for one day."""
    now = now or timezone.now()
    # Two windows at once: the second waits here, and then finds the first one's.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    own = Export.objects.filter(user=user)
    if own.filter(status__in=Export.UNDER_WAY).exists():
        raise Conflict(_("Your data is being put together already."))
    # What came to nothing is not counted: "try again" must work.
    if own.filter(created_at__gt=now - timedelta(days=1)).exclude(status=Status.FAILED).count() >= Export.MOST_A_DAY:
        raise Conflict(
            _("You have asked for your data %(most)s times within a day. Take one of those, or ask again tomorrow.")
            % {"most": Export.MOST_A_DAY}
        )
    export = start(Export(user=user, look_at=now), by=user)
    audit("export asked for", export, by=user)
    for follow in _followers:
        follow(export)
    return export


def build_exports(now, *, at_most=None, waiting_for=timedelta()):
    """Put together what is due by now, or the first `at_most`; how many became ready. Any number of workers may do so at once."""
    began, ready = time.monotonic(), 0

    def clock():
        return now + timedelta(seconds=time.monotonic() - began)

    taken = 0
    while (at_most is None or taken < at_most) and (export := _claim(clock(), now - waiting_for)):
        taken += 1
        ready += _build(export, clock)
    return ready


def look_after_exports(now):
    """At each pass of the pump: delete what has had its day, and build one that no worker of Celery has come for."""
    expire_exports(now)
    build_exports(now, at_most=1, waiting_for=UNATTENDED)


def expire_exports(now):
    """Delete the content of those that have had their day; how many."""
    deleted = 0
    for export in Export.objects.outlived(now).order_by("expires_at", "id")[:100]:
        with transaction.atomic():
            try:
                move(export, Status.EXPIRED)
            except Conflict:
                continue
            ExportChunk.objects.filter(export=export).delete()
            deleted += 1
    return deleted


def chunks_of(export):
    """The bytes of the ZIP, piece by piece."""
    for content in export.chunks.order_by("number").values_list("content", flat=True).iterator(chunk_size=4):
        yield bytes(content)


@transaction.atomic
def note_download(export, *, by, now=None):
    now = now or timezone.now()
    Export.objects.filter(pk=export.pk).update(downloaded_at=now, updated_at=now)
    audit("export downloaded", export, by=by)


@transaction.atomic
def _claim(now, due):
    """The next one, for this worker alone; None if nothing is due. What was lost too often ends here."""
    while True:
        waiting = Export.objects.to_build(due).select_related("user").order_by("look_at", "id")
        export = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if export is None:
            return None
        if export.status == Status.BUILDING:
            move(export, Status.WAITING, reason="lost")
        if export.attempts < ATTEMPTS:
            claim = {"claim_id": uuid.uuid4(), "attempts": F("attempts") + 1, "look_at": now + LEASE}
            return move(export, Status.BUILDING, done=0, total=0, **claim)
        move(export, Status.FAILED, reason="too often")


def _build(export, clock):
    """Whether it became ready. What goes wrong is said by class, never by content, and tried again."""

    def progress(done, total):
        if not _mine(export).update(done=done, total=total, look_at=clock() + LEASE):
            raise _Lost

    try:
        with languages.written_for(export.user):
            content = pack(export.user, gather(export.user, now=clock(), progress=progress))
        _finish(export, content, clock())
    except _Lost:
        return False
    except (OperationalError, InterfaceError):
        # Without a database nothing can be said: its lease ends by itself.
        raise
    except Exception as error:
        logger.exception("export_failed export=%s error=%s", export.public_id, type(error).__name__)
        _give_back(export, clock(), type(error).__name__)
        return False
    return True


def _mine(export):
    return Export.objects.filter(pk=export.pk, claim_id=export.claim_id, status=Status.BUILDING)


@transaction.atomic
def _finish(export, content, now):
    if not _mine(export).select_for_update().exists():
        raise _Lost
    pieces = [content[at : at + ExportChunk.SIZE] for at in range(0, len(content), ExportChunk.SIZE)]
    ExportChunk.objects.bulk_create(
        ExportChunk(export=export, number=number, content=piece) for number, piece in enumerate(pieces)
    )
    move(export, Status.READY, ready_at=now, expires_at=now + KEPT, size=len(content))
    _tell(export)


def _tell(export):
    """That it is ready, and nothing of what is in it: the link leads to a page that asks for the password."""
    link = settings.BASE_URL + reverse("export-list")
    message = compose("export_ready", to=export.user, context={"link": link, "until": export.expires_at})
    message.outbox_options = {
        "kind": "export",
        "recipient": export.user,
        "subject": export,
        "useless_after": export.expires_at,
        "dedupe_key": f"export:{export.public_id}",
    }
    message.send()


@transaction.atomic
def _give_back(export, now, reason):
    if not _mine(export).select_for_update().exists():
        return
    move(export, Status.WAITING, reason=reason[:60], look_at=now + RETRY_AFTER)
    if export.attempts >= ATTEMPTS:
        move(export, Status.FAILED, reason=reason[:60])
