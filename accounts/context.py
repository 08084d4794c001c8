"""What every page may show about this installation."""

from django.conf import settings


def installation(request):
    return {"demo": settings.AFTERWORD_DEMO, "installation_name": settings.INSTALLATION_NAME}
