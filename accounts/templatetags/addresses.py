"""A tag over accounts/addresses.py, for the rows of lists."""

from django import template

from accounts.addresses import address

register = template.Library()
register.simple_tag(address)
