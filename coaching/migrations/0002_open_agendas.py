from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def open_agendas(apps, schema_editor):
    """Until now a session's coach saw its agenda by the booking alone; from here on by a grant for each lesson."""
    Booking = apps.get_model("coaching", "Booking")
    LessonGrant = apps.get_model("followups", "LessonGrant")
    ticked = Booking.agenda.through.objects.filter(
        booking__status__in=["booked", "done", "no_show"],
        booking__confirmed_at__isnull=False,
        booking__ends_at__gt=timezone.now() - timedelta(days=7),
    ).select_related("booking")
    grants = (
        LessonGrant(
            lesson_id=row.lesson_id,
            coach_id=row.booking.coach_id,
            subject_id=row.booking.public_id,
            ends_at=row.booking.ends_at + timedelta(days=7),
        )
        for row in ticked.iterator()
    )
    LessonGrant.objects.bulk_create(grants, ignore_conflicts=True, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('coaching', '0001_initial'),
        ("followups", "0011_lesson_grant"),
    ]

    operations = [migrations.RunPython(open_agendas, migrations.RunPython.noop)]
