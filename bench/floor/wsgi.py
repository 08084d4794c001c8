"""The floors' application. allauth, whose tables ours lean on, insists on its middleware when it is loaded; a bare page has none."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup()
settings.MIDDLEWARE.remove("allauth.account.middleware.AccountMiddleware")
application = WSGIHandler()
