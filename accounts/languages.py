"""In which language a page is shown and a mail is written: always its reader's."""

from django.conf import settings
from django.utils import translation


def offered():
    """The languages of this installation, as code and own name."""
    return [(code, translation.get_language_info(code)["name_local"].capitalize()) for code, _ in settings.LANGUAGES]


def is_offered(code):
    return code in dict(settings.LANGUAGES)


def chosen():
    """What a new account begins with: the language of the page on which it was made, where there is a choice."""
    return translation.get_language() if len(settings.LANGUAGES) > 1 else ""


def of(person):
    """What is sent to this person is in the language they chose; in English as long as they chose none."""
    return person.language if is_offered(person.language) else settings.LANGUAGE_CODE


def written_for(person):
    """A context in which every text is this person's, whoever causes it."""
    return translation.override(of(person))


def use(request, code):
    """The rest of this request in another language than the browser asked for."""
    if is_offered(code):
        translation.activate(code)
        request.LANGUAGE_CODE = translation.get_language()


def use_for_link(request, person):
    """A page opened by a link of somebody's: in their language, unless this browser has chosen one."""
    if not is_offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        use(request, person.language)


class LanguageMiddleware:
    """Whoever is signed in reads the language she chose, whatever the browser asks for. A program's key gets what it asks for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not hasattr(request, "access_token"):
            use(request, request.user.language)
        return self.get_response(request)
