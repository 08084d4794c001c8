"""How a test that commits leaves the database: empty. Django truncates, which writes the files of all tables anew each time."""

from django.apps import apps
from django.db import connections, transaction

# Django's own, made with the schema; its TRUNCATE takes them too, and makes them again.
KEPT = {"django_content_type", "auth_permission"}
# Waits for whoever still writes, as TRUNCATE does, then takes the rows without asking triggers and foreign keys about each.
STATEMENTS = "LOCK TABLE {all} IN EXCLUSIVE MODE; SET LOCAL session_replication_role = replica; {each}"


def delete_every_row(case):
    """In place of `TransactionTestCase._fixture_teardown`; the role of the tests has to be a superuser of its server."""
    tables = {f'"{model._meta.db_table}"' for model in apps.get_models(include_auto_created=True) if is_emptied(model)}
    each = "; ".join(f"DELETE FROM {table}" for table in sorted(tables))
    for name in case._databases_names(include_mirrors=False):
        with transaction.atomic(using=name), connections[name].cursor() as cursor:
            cursor.execute(STATEMENTS.format(all=", ".join(sorted(tables)), each=each))


def is_emptied(model):
    return model._meta.managed and not model._meta.proxy and model._meta.db_table not in KEPT
