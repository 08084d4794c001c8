"""Doors that take as long for an address without an account as for one with it."""

from contextlib import contextmanager

from allauth.account.models import EmailAddress
from django.db import connection


@contextmanager
def statements(number):
    """At least so many statements are asked within: where fewer are needed, nobody's addresses are asked for in their place."""
    asked = 0

    def counted(execute, *call):
        nonlocal asked
        asked += 1
        return execute(*call)

    try:
        with connection.execute_wrapper(counted):
            yield
    finally:  # a wrong password is an error
        for _ in range(asked, number):
            EmailAddress.objects.filter(user_id=0).first()
