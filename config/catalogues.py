"""The sentences to translate: read out of the code (`write`), and their translations made into what the program reads (`compile`).

`./dev messages` does both; neither needs GNU gettext, and `compile` needs Babel alone.
Each catalogue is a file for one translator at a time. A sentence that several use stands in the first of them alone.
"""

import io
import os
import sys
import sysconfig
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

BASE_DIR = Path(__file__).resolve().parent.parent
LANGUAGES = ("sw",)
# Each name is a folder of `locale/`; the paths are what is read for it, files of one folder only where the path ends in "/*".
CATALOGUES = {
    "frame": ("config", "templates/*", "templates/includes", "templates/config", "templates/django"),
    "accounts": (
        "accounts",
        "templates/accounts",
        "templates/account",
        "templates/allauth",
        "templates/mfa",
        "templates/socialaccount",
    ),
    "interviews": ("interviews", "templates/interviews"),
    "followups": ("followups",),
    "followups-pages": ("templates/followups",),
    "coaching": ("coaching",),
    "coaching-pages": ("templates/coaching",),
    "mails": ("templates/emails",),
    "libraries": (),
}
# What libraries say on our pages and in our answers, as far as they do not say it in that language themselves.
LIBRARIES = Path(sysconfig.get_paths()["purelib"])
OF_LIBRARIES = (
    "django/core/validators.py",
    "django/contrib/auth/password_validation.py",
    "django/db/models/base.py",
    "django/forms/*.py",
    "django/utils/timesince.py",
    "allauth/account/adapter.py",
    "allauth/account/fields.py",
    "allauth/account/forms.py",
    "allauth/mfa/adapter.py",
    "allauth/mfa/*/forms.py",
    "allauth/socialaccount/adapter.py",
    "rest_framework/exceptions.py",
    "rest_framework/fields.py",
    "rest_framework/pagination.py",
    "rest_framework/relations.py",
    "rest_framework/serializers.py",
    "rest_framework/validators.py",
)
THEIR_OWN = ("django/conf/locale", "django/contrib/auth/locale")
# Pages that nobody but those who work on Afterword sees.
LEFT_OUT = frozenset({BASE_DIR / "templates/styleguide.html"})
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Afterword\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def path_of(name: str, language: str, suffix: str = "po") -> Path:
    return BASE_DIR / "locale" / name / language / "LC_MESSAGES" / f"django.{suffix}"


def key_of(message: Message) -> tuple[str, str | None]:
    """What makes two sentences the same one; with and without a plural they are one, as for GNU gettext."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def files_of(name: str) -> list[Path]:
    """The code and the templates that a catalogue is read out of."""
    if name == "libraries":
        return sorted(file for pattern in OF_LIBRARIES for file in LIBRARIES.glob(pattern))
    found: set[Path] = set()
    for path in CATALOGUES[name]:
        folder = BASE_DIR / path.removesuffix("/*")
        found.update(folder.glob("*") if path.endswith("/*") else folder.rglob("*"))
    return sorted(file for file in found if file.suffix in (".py", ".html", ".txt") and file not in LEFT_OUT)


def code_of(file: Path) -> bytes:
    """The file as Python to look for sentences in. Of a template it is Django who makes that."""
    if file.suffix == ".py":
        return file.read_bytes()
    from django.utils.translation.template import templatize  # noqa: PLC0415 (to compile, Babel alone is there)

    # In brackets, or the indentation of HTML would be that of Python.
    return f"(\n{templatize(file.read_text(), origin=str(file))}\n)".encode()


def sentences() -> dict[str, Catalog]:
    """Every sentence of the code in the first catalogue that uses it, without translations."""
    everything, first = Catalog(), {}
    for name in CATALOGUES:
        for file in files_of(name):
            place = str(file.relative_to(LIBRARIES if name == "libraries" else BASE_DIR))
            found = extract("python", io.BytesIO(code_of(file)), KEYWORDS, ["Translators:"], strip_comment_tags=True)
            for _line, text, comments, context in found:
                everything.add(text, locations=[(place, 0)], auto_comments=comments, context=context)
                first.setdefault((text if isinstance(text, str) else text[0], context), name)
    catalogues = {name: Catalog() for name in CATALOGUES}
    known = set.intersection(*(said_by_libraries(language) for language in LANGUAGES))
    for message in everything:
        if message.id and not (first[key_of(message)] == "libraries" and key_of(message) in known):
            catalogues[first[key_of(message)]][message.id] = message
    return catalogues


def said_by_libraries(language: str) -> set[tuple[str, str | None]]:
    """What they bring a translation of."""
    known = set()
    for folder in THEIR_OWN:
        with (LIBRARIES / folder / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            known |= {key_of(message) for message in read_po(file) if message.id and is_translated(message)}
    return known


def read(name: str, language: str) -> Catalog:
    """A catalogue as it stands in its file."""
    with path_of(name, language).open("rb") as file:
        return read_po(file, locale=language)


def write() -> None:
    """Bring the files up to date: new sentences stand there empty, those that are gone are gone, translations stay."""
    wanted = sentences()
    for language in LANGUAGES:
        known = {}
        for path in (BASE_DIR / "locale").glob(f"*/{language}/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                known.update({key_of(message): message for message in read_po(file, locale=language) if message.id})
        for name, catalogue in wanted.items():
            text = io.BytesIO()
            for message in catalogue:
                old = known.get(key_of(message)) if message.id else None
                if old is not None:
                    message.user_comments, message.flags = old.user_comments, message.flags | (old.flags & {"fuzzy"})
                    # One translation where there was a plural, or the other way round, has to be looked at again.
                    if old.pluralizable == message.pluralizable:
                        message.string = old.string
            write_po(text, catalogue, width=0, omit_header=True, include_lineno=False)
            path = path_of(name, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HEADER.format(language=language) + text.getvalue().decode())


def compile_all() -> None:
    """Make of each file what Django reads."""
    for language in LANGUAGES:
        for name in CATALOGUES:
            path = path_of(name, language, "mo")
            whole = path.with_suffix(f".{os.getpid()}.new")  # two commands may begin in a new checkout at once
            catalogue = read(name, language)
            for message in list(catalogue):
                if message.id and not is_translated(message):
                    catalogue.delete(message.id, message.context)
            with whole.open("wb") as file:
                write_mo(file, catalogue)
            whole.replace(path)


def untranslated(language: str) -> dict[str, tuple[int, int]]:
    """Per catalogue, how many sentences wait for a translation, and of how many."""
    counts = {}
    for name in CATALOGUES:
        messages = [message for message in read(name, language) if message.id]
        counts[name] = (sum(not is_translated(message) for message in messages), len(messages))
    return counts


def is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return not message.fuzzy and all(texts)


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    compile_all()
    if sys.argv[1:] == ["write"]:
        for language in LANGUAGES:
            for name, (waiting, total) in untranslated(language).items():
                print(f"{language} {name}: {waiting} of {total} wait for a translation")
