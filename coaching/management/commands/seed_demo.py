from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.models import User
from coaching.demo import world


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
        self.stdout.write(", ".join(f"{number} {what}" for what, number in made.items()))
