import accounts.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_cancelled_invitations'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Roster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('sheet', models.JSONField(editable=False)),
            ],
            options={
                'verbose_name': 'list of people',
            },
        ),
        migrations.AddField(
            model_name='invitation',
            name='cohort',
            field=accounts.fields.CleanLineField(blank=True, max_length=50, verbose_name='cohort'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='from_roster',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='invitation',
            name='mailed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='zone',
            field=models.CharField(blank=True, help_text='Proposed to them; empty: ours.', max_length=64, verbose_name='time zone'),
        ),
        migrations.AddField(
            model_name='user',
            name='cohort',
            field=accounts.fields.CleanLineField(blank=True, help_text='The group they came with.', max_length=50, verbose_name='cohort'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(fields=['email'], name='invitation_by_email'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(condition=models.Q(('accepted_at', None), ('cancelled_at', None), ('from_roster', True), ('mailed_at', None)), fields=['id'], name='invitation_unmailed'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(condition=models.Q(('cohort', ''), _negated=True), fields=['cohort', '-joined_at', '-id'], name='user_by_cohort'),
        ),
        migrations.AddField(
            model_name='roster',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='roster',
            index=models.Index(fields=['created_at'], name='roster_by_age'),
        ),
    ]
