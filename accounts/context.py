"""What every page may show about this installation."""

from django.conf import settings

from accounts.installation import current


def installation(request):
    now = current()
    return {
        "demo": settings.AFTERWORD_DEMO,
        "installation": now,
        "installation_name": now.name or settings.INSTALLATION_NAME,
    }
