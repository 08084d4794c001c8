import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.management.commands.replay_erasures import UnreadableLedger, replay
from followups import outbox
from followups.management import archive


class Command(BaseCommand):
    help = "Bring a backup of `manage.py backup` back into an empty database, with all mail paused until `manage.py resume`."
    # The database may be empty.
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="a backup; - : standard input")
        parser.add_argument("--replace", action="store_true", help="throw away what is in the database")
        parser.add_argument(
            "--ledger",
            action="append",
            default=[],
            metavar="FILE",
            help="of whoever was erased since; may be given several times (default: AFTERWORD_ERASURE_LEDGER)",
        )
        parser.add_argument("--without-keys", action="store_true", help="take it although its mails cannot be read")
        parser.add_argument(
            "--finish", action="store_true", help="go on where one was broken off once the rows were in"
        )

    def handle(self, *args, file, ledger, replace, without_keys, finish, **options):
        if bool(file) == finish:
            raise CommandError("Name a backup, or --finish one that was broken off.")
        if missing := [path for path in ledger if not Path(path).is_file()]:
            raise CommandError(f"There is no ledger {missing[0]}.")
        try:
            if finish:
                self.finish(self.ledgers(ledger))
                return
            with tempfile.TemporaryDirectory(prefix="afterword-") as folder, at_hand(file, Path(folder)) as path:
                manifest = archive.read(path)
                archive.check(manifest, replace=replace, without_keys=without_keys)
                archive.load(path, manifest, replace=replace)
                kept = Path(folder) / archive.LEDGER
                kept.write_bytes(archive.ledger_of(path))
                self.finish([*self.ledgers(ledger), *([kept] if kept.stat().st_size else [])])
        except (archive.Unfit, UnreadableLedger, OSError) as reason:
            raise CommandError(str(reason)) from None

    def ledgers(self, given):
        """Those named, else this installation's own. Where there is none, whoever was erased since the backup comes back: said."""
        own = settings.AFTERWORD_ERASURE_LEDGER
        if given or (own and Path(own).is_file()):
            return given or [own]
        self.stderr.write("There is no ledger but the backup's: whoever was erased after it is in the database again.")
        return []

    def finish(self, ledgers):
        """All that follows once the rows are in. May be run again."""
        call_command("migrate", interactive=False, verbosity=0)
        pause = outbox.mail_pause()
        if pause is None or pause.taken_at is None:
            raise CommandError("No restored backup waits here for its end.")
        # First, because nobody is erased while a letter of theirs is in the hands of a pump, as it says in the backup.
        outbox.look_through(pause)
        _people, erased, cut = replay(ledgers)
        if cut:
            self.stderr.write(f"{cut} lines of the ledgers were cut off and left out")
        pause = outbox.settle(pause, erased=erased)
        with contextlib.suppress(Exception):
            cache.clear()  # of the days after the backup
        self.stdout.write(f"Restored: a backup of {pause.taken_at:%Y-%m-%d %H:%M:%S} UTC.")
        for words in outbox.words_of_restore(pause):
            self.stdout.write(f"  {words}")
        self.stdout.write(
            "All mail is paused. Start web, worker, beat and pump, look at the page Mail, then run `manage.py resume`."
        )


@contextlib.contextmanager
def at_hand(file, folder):
    """The path of a backup that can be read more than once."""
    if file != "-":
        yield Path(file)
        return
    path = folder / "backup"
    with path.open("wb") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy, 1024 * 1024)
    yield path
