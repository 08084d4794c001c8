from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from coaching.demo import world
from followups import outbox
from followups.models import OutboundEmail, Reminder


class Command(BaseCommand):
    help = "Build the demo world: invented people at every stage, deadlines relative to now. Does nothing where it is there already."

    def handle(self, *args, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("The demo world is for DEBUG=1 only: its passwords are known.")
        if User.objects.filter(email="candidate@demo.example").exists():
            self.stdout.write("The demo world is there already.")
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now = cursor.fetchone()[0]
        made = world.build(now)
        story_ends(now)
        self.stdout.write(", ".join(f"{number} {what}" for what, number in made.items()))


def story_ends(now):
    """The story was told in a minute: what it left to be sent is due from here on, and what it outlived is not sent at all.

    Otherwise the page on punctuality would begin with mails that are days late.
    """
    queued = OutboundEmail.objects.filter(status=OutboundEmail.Status.QUEUED)
    for row in queued.filter(useless_after__lte=now):
        outbox.cancel_one(row, by=None)
    queued.filter(due_at__lt=now).update(due_at=now, deliver_at=None, next_try_at=now)
    Reminder.objects.filter(status=Reminder.Status.WAITING, deliver_at__lt=now).update(deliver_at=now)
