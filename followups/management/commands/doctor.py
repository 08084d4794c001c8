import json
import logging
from dataclasses import asdict

from django.core.management.base import BaseCommand

from followups.management import doctor


class Command(BaseCommand):
    help = "Look at an installation: a line for each thing it needs, ok, warn or bad, and what to do. Exit 1 when one is bad."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="the same for programs")

    def handle(self, *args, **options):
        # What its looking causes is in its findings.
        logging.disable(logging.WARNING)
        try:
            found = doctor.look()
        finally:
            logging.disable(logging.NOTSET)
        is_well = all(finding.state != doctor.BAD for finding in found.values())
        if options["json"]:
            checks = [{"name": name, **asdict(finding)} for name, finding in found.items()]
            self.stdout.write(json.dumps({"well": is_well, "checks": checks}))
        else:
            for name, finding in found.items():
                advice = f" – {finding.advice}" if finding.advice else ""
                self.stdout.write(f"{finding.state:<5} {name}: {finding.words}{advice}")
        if not is_well:
            raise SystemExit(1)
