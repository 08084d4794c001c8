"""Settings: the product as in production, with files as they lie (nothing here asks for one)."""

from config.settings import *  # noqa: F403
from config.settings import BASE_DIR, STORAGES

STATIC_ROOT, STATICFILES_DIRS = BASE_DIR / "static", []
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
