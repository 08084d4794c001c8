"""What a browser calls itself, in words its owner knows again."""

from collections.abc import Callable

# The first that fits: Edge and Opera also say Chrome, Chrome also says Safari, and Android also says Linux.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def name_device(user_agent: str, *, translate: Callable[[str], str]) -> str:
    """ "Firefox on Android"; what is unknown is left out rather than guessed."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return translate("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or translate("A browser we do not know")
