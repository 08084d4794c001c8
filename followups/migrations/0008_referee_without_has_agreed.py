from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("followups", "0007_referee_agreed_at")]

    operations = [migrations.RemoveField(model_name="referee", name="has_agreed")]
