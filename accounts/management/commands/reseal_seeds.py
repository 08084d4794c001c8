from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from accounts import seeds


class Command(BaseCommand):
    help = "Seal the seeds of second steps with the first of AFTERWORD_MAIL_KEYS; then an old key opens none of them any more."

    def handle(self, *args, **options):
        if number := seeds.shut(Authenticator.objects):
            raise CommandError(
                f"{number} are opened by none of AFTERWORD_MAIL_KEYS: put back the key that is missing. Nothing is changed."
            )
        number = seeds.change_all(Authenticator.objects, seeds.seal_anew)
        self.stdout.write(f"{number} sealed with the first key.")
