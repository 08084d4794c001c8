from django.core.management.base import BaseCommand
from django.db import connection

from coaching.invariants import check


class Command(BaseCommand):
    help = "Print every invariant with the number of rows that break it; exit 1 if one is broken."

    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now = cursor.fetchone()[0]
        results = check(now)
        for result in results:
            self.stdout.write(f"{result.code}  {result.count:>6}  {result.promise}")
        broken = sum(result.count > 0 for result in results)
        self.stdout.write(f"{broken} of {len(results)} broken")
        if broken:
            raise SystemExit(1)
