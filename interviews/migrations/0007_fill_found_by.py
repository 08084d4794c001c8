from django.db import migrations, transaction

from interviews.finding import fold

AT_ONCE = 500


def fill(apps, schema_editor):
    """In short transactions, so that nobody waits for a row; running it again goes on where it stopped."""
    Interview = apps.get_model('interviews', 'Interview')
    waiting = Interview.objects.filter(found_by='').order_by('pk').prefetch_related('interviewers')
    last = 0
    while True:
        with transaction.atomic():
            rows = list(waiting.filter(pk__gt=last).select_for_update(of=('self',), no_key=True)[:AT_ONCE])
            for row in rows:
                people = [person.name for person in row.interviewers.all()]
                row.found_by = fold('\n'.join([row.company, row.role_title, *people]))
            Interview.objects.bulk_update(rows, ['found_by'])
        if not rows:
            return
        last = rows[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('interviews', '0006_interview_found_by'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
