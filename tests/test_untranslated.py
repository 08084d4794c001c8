"""No sentence of ours reaches a page past the catalogues of translations."""

import ast
import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

from config.catalogues import BASE_DIR, LEFT_OUT

APPS = ("accounts", "interviews", "followups", "coaching", "config")
# Names, keys as they stand on keyboards, and what a machine reads.
THE_SAME_EVERYWHERE = re.compile(r"Afterword|Esc|Ctrl|Enter|Subject:|candidate@demo\.example")
WORD = re.compile(r"[^\W\d_]{2}")
SEVERAL_WORDS = re.compile(r"[^\W\d_]{2,}[,:]? [^\W\d_]")
SAID_BY_ATTRIBUTE = frozenset({"alt", "aria-label", "data-label", "label", "placeholder", "title"})
NOT_READ = frozenset({"code", "pre", "script", "style", "svg"})
# Tags whose quoted arguments are addresses, names of files and classes, or go through gettext.
TAGS_WITHOUT_WORDS = frozenset({"blocktranslate", "extends", "include", "load", "static", "translate", "url"})
RAISED = frozenset({"APIException", "BadRule", "Conflict", "PermissionDenied", "Refused", "ValidationError"})


class Page(HTMLParser):
    """Collects what a reader, or a screen reader, would read."""

    def __init__(self):
        super().__init__()
        self.said, self.unread = [], 0

    def handle_starttag(self, tag, attrs):
        self.unread += tag in NOT_READ
        self.said += [value for name, value in attrs if name in SAID_BY_ATTRIBUTE and value]

    def handle_endtag(self, tag):
        self.unread -= tag in NOT_READ and self.unread > 0

    def handle_data(self, data):
        if not self.unread:
            self.said.append(" ".join(data.split()))


def untranslated_text(template):
    """The letters of a template that stand in no `translate` and no `blocktranslate`."""
    text, end = [], None
    for token in Lexer(template).tokenize():
        first = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if end:
            end = None if first == end else end
        elif first in ("blocktranslate", "comment"):
            end = f"end{first}"
        elif "page_class" in token.contents:
            end = "endblock"
        elif token.token_type == TokenType.TEXT:
            text.append(token.contents)
        else:
            text.append("0")
    page = Page()
    page.feed("".join(text))
    page.close()
    return [said for said in page.said if WORD.search(THE_SAME_EVERYWHERE.sub("", said))]


def untranslated_arguments(template):
    """Sentences given to a tag or a filter, such as `default:"Nothing yet"`."""
    for token in Lexer(template).tokenize():
        is_code = token.token_type in (TokenType.BLOCK, TokenType.VAR)
        if not is_code or token.contents.split()[0] in TAGS_WITHOUT_WORDS | {"if", "elif"}:
            continue
        given = re.sub(r"_\((\".*?\"|'.*?')\)", "", token.contents)
        yield from (said for said in re.findall(r":\"([^\"]*)\"", given) if SEVERAL_WORDS.search(said))


def untranslated_in_code(source):
    """Sentences that are raised, shown as a message, or name a field, as they stand in the code."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        given = node.args[:1] if name in RAISED else node.args[1:2] if owner == "messages" else []
        if not name.endswith("Filter"):  # their labels stand in the API's description, which is English
            given += [each.value for each in node.keywords if each.arg in ("label", "violation_error_message")]
        for each in given:
            for part in each.elts if isinstance(each, ast.List) else [getattr(each, "elt", each)]:
                parts = part.values if isinstance(part, ast.JoinedStr) else [part]
                text = "".join(str(one.value) for one in parts if isinstance(one, ast.Constant))
                if SEVERAL_WORDS.search(text):
                    yield node.lineno, text


def translated_too_early(tree):
    """Where a sentence is translated while the module is read: it would stay in that language for everybody."""
    eager = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in ("gettext", "ngettext", "pgettext", "npgettext")
    }
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in eager:
            yield node.lineno
        later = isinstance(node, ast.FunctionDef | ast.Lambda)
        waiting += [*node.args.defaults, *filter(None, node.args.kw_defaults)] if later else ast.iter_child_nodes(node)
        waiting += getattr(node, "decorator_list", []) if later else []


def test_templates():
    templates = [file for file in (BASE_DIR / "templates").rglob("*.*") if file not in LEFT_OUT]
    found = {
        str(file.relative_to(BASE_DIR)): said
        for file in templates
        if (said := [*untranslated_text(file.read_text()), *untranslated_arguments(file.read_text())])
    }
    # Made of tags inside a tag: its classes look like text.
    assert set(found) <= {"templates/allauth/elements/badge.html", "templates/allauth/elements/button.html"}, found


def test_code():
    files = [file for app in APPS for file in (BASE_DIR / app).rglob("*.py")]
    looked_at = [file for file in files if not {"migrations", "management", "demo", "training"} & set(file.parts)]
    found = {f"{file.relative_to(BASE_DIR)}:{line}": text for file in looked_at for line, text in untranslated_in_code(file.read_text())}  # fmt: skip
    assert not found


def test_nothing_is_translated_before_it_is_known_for_whom():
    files = [file for app in APPS for file in (BASE_DIR / app).rglob("*.py")]
    assert not [(str(file), line) for file in files for line in translated_too_early(ast.parse(file.read_text()))]


def test_scripts():
    """What they show comes from the page's `data-…`."""
    literal = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")
    found = []
    for file in sorted((BASE_DIR / "static" / "js").glob("*.js")):
        source = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", file.read_text(), flags=re.DOTALL)
        found += [(file.name, text) for text in literal.findall(source) if re.search(r"[A-Z][a-z]+ [a-z]", text)]
    assert not found


def test_these_tests_would_notice():
    assert untranslated_text("<p>Hello {{ name }}</p>") and untranslated_text(
        '<a title="Go on">{% translate "x" %}</a>'
    )
    assert list(untranslated_arguments('{{ name|default:"Nobody yet" }}'))
    assert list(untranslated_in_code('raise Refused("This is taken.")'))
    assert list(untranslated_in_code('raise ValidationError([f"There is no {kind} here." for kind in kinds])'))
    early = "from django.utils.translation import gettext as _\nWORDS = {1: _('one')}\ndef late(): return _('two')"
    assert list(translated_too_early(ast.parse(early))) == [2]
