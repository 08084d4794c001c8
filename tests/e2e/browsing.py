"""Somebody's browser, which notes everything that goes wrong in it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

PATIENCE = 20_000  # milliseconds; a limit for what must happen on two busy processors, never a wait


def session_of(user):
    """The key of a new session of this person."""
    client = Client()
    client.force_login(user)
    return client.session.session_key


class Visitor:
    """A browser context of its own, and its page. `troubles` are errors of scripts, of the policy, and foreign hosts."""

    def __init__(self, browser, url, *, width=1280, theme="light", scripts=True):
        self.url = url
        self.troubles = []
        self.context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            reduced_motion="reduce",
            java_script_enabled=scripts,
            timezone_id="Africa/Nairobi",
            locale="en-GB",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.page = self.context.new_page()

    def sign_in(self, user):
        """Without the page for it, which the main job goes through."""
        self.use(session_of(user))

    def use(self, session):
        """Be the one whose session this is; "" for nobody."""
        self.context.clear_cookies()
        if session:
            self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.url}])

    def close(self):
        self.context.close()

    def _heard(self, message):
        # Chromium reports refused forms (409, 422) here too; `_answered` tells them from what is broken.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request):
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.netloc != urlsplit(self.url).netloc:
            self.troubles.append(f"another host: {request.url}")

    def _answered(self, response):
        if response.status >= 400 and response.status not in (409, 422):
            self.troubles.append(f"{response.status}: {response.request.method} {response.url}")
