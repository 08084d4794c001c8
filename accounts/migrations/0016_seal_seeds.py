from django.db import migrations

from accounts import seeds


def seal(apps, schema_editor):
    seeds.change_all(apps.get_model("mfa", "Authenticator").objects, seeds.seal_anew)


def unseal(apps, schema_editor):
    seeds.change_all(apps.get_model("mfa", "Authenticator").objects, seeds.unseal)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_audit_is_kept_whole"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
