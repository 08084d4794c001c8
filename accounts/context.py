"""What every page may show about this installation."""

from django.conf import settings

from accounts.installation import current


def installation(request):
    now = current()
    return {
        "demo": settings.AFTERWORD_DEMO,
        "installation": now,
        "oidc_name": settings.OIDC_ISSUER and settings.OIDC_NAME,
        "installation_name": now.name or settings.INSTALLATION_NAME,
    }
