import accounts.fields
import django.contrib.postgres.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_first_run'),
    ]

    operations = [
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('is_the_one', models.BooleanField(default=True, editable=False)),
                ('name', accounts.fields.CleanLineField(blank=True, max_length=50, verbose_name='name of this installation')),
                ('sender_name', accounts.fields.CleanLineField(blank=True, max_length=50, verbose_name='name of the sender')),
                ('sign_up', models.CharField(choices=[('nobody', 'nobody at present, not even people who were invited'), ('invited', 'people who were invited'), ('domains', 'people who were invited, and anybody with an address at these mail domains'), ('anybody', 'anybody')], default='anybody', max_length=10, verbose_name='who may join')),
                ('sign_up_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=253), blank=True, default=list, verbose_name='mail domains')),
                ('panel_rule', models.CharField(choices=[('chosen', 'only where the candidate says so'), ('over_three', 'for panels of more than three'), ('always', 'always, where they were two or more')], default='over_three', max_length=10, verbose_name='one note to the whole panel')),
            ],
            options={
                'verbose_name': 'installation',
                'constraints': [models.UniqueConstraint(fields=('is_the_one',), name='installation_only_one'), models.CheckConstraint(condition=models.Q(('is_the_one', True)), name='installation_is_the_one'), models.CheckConstraint(condition=models.Q(models.Q(('sign_up', 'domains'), _negated=True), ('sign_up_domains__len__gt', 0), _connector='OR'), name='installation_domains_are_named', violation_error_message='Name at least one mail domain, or choose another answer.')],
            },
        ),
    ]
