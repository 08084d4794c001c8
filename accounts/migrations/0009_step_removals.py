import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_erasure'),
    ]

    operations = [
        migrations.CreateModel(
            name='StepRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('stopped', 'its owner said no'), ('withdrawn', 'withdrawn'), ('done', 'taken away')], default='waiting', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_removals', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'removal of a second step',
            },
        ),
        migrations.CreateModel(
            name='StepRemovalEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old', models.CharField(blank=True, max_length=20)),
                ('new', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='accounts.stepremoval')),
            ],
            options={
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='stepremoval',
            index=models.Index(condition=models.Q(('status', 'waiting')), fields=['due_at', 'id'], name='step_removal_due'),
        ),
        migrations.AddIndex(
            model_name='stepremoval',
            index=models.Index(fields=['-created_at', '-id'], name='step_removal_for_list'),
        ),
        migrations.AddConstraint(
            model_name='stepremoval',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('person',), name='step_removal_one_waiting_per_person', violation_error_message='It is under way already.'),
        ),
        migrations.AddConstraint(
            model_name='stepremoval',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('asked_by')), _negated=True), name='step_removal_by_somebody_else'),
        ),
    ]
