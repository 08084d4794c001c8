from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_capacity_and_asks")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry", index=models.Index(fields=["at", "id"], name="audit_by_time")
        ),
    ]
