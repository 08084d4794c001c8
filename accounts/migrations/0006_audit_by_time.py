from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_access_tokens")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry", index=models.Index(fields=["at", "id"], name="audit_by_time")
        ),
    ]
