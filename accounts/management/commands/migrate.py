from django.core.management.commands.migrate import Command as Migrate

from accounts.management.commands.first_admin import invitation_to_begin


class Command(Migrate):
    """Django's own; where all is migrated and nobody runs the installation yet, it ends with the link for that."""

    def handle(self, *args, **options):
        super().handle(*args, **options)
        is_all = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        if is_all and options["verbosity"] > 0:
            self.stdout.write(invitation_to_begin())
