from django.db import migrations
from django.db.models import F


def with_moment(apps, schema_editor):
    """Who had agreed has done so by the last change of her entry."""
    apps.get_model("followups", "Referee").objects.filter(has_agreed=True).update(agreed_at=F("updated_at"))


def without_moment(apps, schema_editor):
    apps.get_model("followups", "Referee").objects.exclude(agreed_at=None).update(has_agreed=True)


class Migration(migrations.Migration):
    dependencies = [("followups", "0006_referee_briefs")]

    operations = [migrations.RunPython(with_moment, without_moment)]
