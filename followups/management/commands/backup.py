import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from followups.management import archive


class Command(BaseCommand):
    help = "Write a backup of the database and of the ledger of erasures to one file, for `manage.py restore`."

    def add_arguments(self, parser):
        parser.add_argument("file", help="where to; it is replaced when the new one is whole. - : standard output")

    def handle(self, *args, file, **options):
        try:
            if file == "-":
                archive.write(sys.stdout.buffer)
                return
            taken_at = self.write(Path(file))
        except (archive.Unfit, OSError) as reason:
            raise CommandError(str(reason)) from None
        size = Path(file).stat().st_size / 1024**2
        self.stdout.write(f"{file}: {size:.1f} MB, as it was at {taken_at:%Y-%m-%d %H:%M:%S} UTC")

    def write(self, path):
        """Whole or not at all, and for its owner only."""
        draft, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(draft, "wb") as file:
                taken_at = archive.write(file)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
        return taken_at
