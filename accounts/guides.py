"""The guides of docs/ as pages: what people read here is the very file that whoever runs it reads in the repository."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.BASE_DIR / "docs"
# In the order in which they are offered.
GUIDES = {
    "method": _("The method and its sources"),
    "candidate": _("For candidates"),
    "coach": _("For coaches"),
    "admin": _("For admins"),
}
# Addresses that a guide names as code, because its file is also read where they lead nowhere.
ADDRESSES = {"/help/": "help", "/one-thing/": "one-thing"}


@dataclass(frozen=True)
class Guide:
    name: str
    language: str
    title: str
    lede: str
    contents: tuple[tuple[str, str], ...]  # anchor and heading of each section
    body: str

    @property
    def anchors(self):
        return set(re.findall(r'<h[23] id="([^"]+)"', self.body))


@cache
def guide(name, language="en"):
    """One of GUIDES, ready to be shown; the files come with the release, so each is read once while a process lives.

    Where nobody has written it in that language it is the English one. A translation has the same sections in the same order,
    each under its English anchor, so that whatever leads to one leads there in every language.
    """
    file = FOLDER / language / f"{name}.md"
    if not file.exists():
        return read((FOLDER / f"{name}.md").read_text(), name)
    return read(file.read_text(), name, language, [anchor for anchor, _heading in guide(name).contents])


def read(text, name, language="en", anchors=()):
    """A Markdown text as a guide. Its first heading is the title, the paragraph below it the lede."""
    # Nothing in the text is taken as HTML, and no address but of the usual kinds becomes a link.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title, tokens = tokens[1].content, tokens[3:]
    lede = []
    if tokens and tokens[0].type == "paragraph_open":
        lede, tokens = tokens[1:2], tokens[3:]
    contents = _name_headings(tokens, iter(anchors))
    _label_cells(tokens)
    for each in (*lede, *tokens):
        if each.type == "inline":
            each.children = list(_inline(each.children))

    def html(those):
        return mark_safe(parser.renderer.render(those, parser.options, {}))

    return Guide(name, language, title, html(lede), tuple(contents), html(tokens))


def _name_headings(tokens, anchors):
    """Give each heading its anchor, a section the next of `anchors` while there is one, and list those of the sections."""
    contents = []
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            plain = "".join(each.content for each in words.children)
            anchor = slugify(plain)
            if opening.tag == "h2":
                anchor = next(anchors, anchor)
                contents.append((anchor, plain))
            opening.attrSet("id", anchor)
    return contents


def _label_cells(tokens):
    """A table becomes cards on a phone: the first cell of a row heads it, the others say under which heading they stand."""
    labels, column = [], 0
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            labels = []
            token.attrSet("class", "table")
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
            labels.append("".join(each.content for each in tokens[number + 1].children))
        elif token.type == "tr_open":
            column = 0
        elif token.type == "td_open":
            token.attrs = {"data-label": labels[column]} if column else {"scope": "row"}
            if not column:
                token.tag = tokens[number + 2].tag = "th"
            column += 1


def _inline(children):
    """Links to what is served here, and to other sites; what only the repository has is named without one."""
    leads = []
    for token in children:
        if token.type == "link_open":
            target = _target(token.attrs["href"])
            leads.append(target is not None)
            if target is None:
                continue
            token.attrSet("href", target)
            if "://" in target:
                token.attrSet("rel", "noreferrer")
        elif token.type == "link_close":
            if not leads.pop():
                continue
        elif token.type == "image":
            token = Token("html_inline", "", 0, content=_picture(token))
        elif token.type == "code_inline" and token.content in ADDRESSES:
            address = reverse(ADDRESSES[token.content])
            token = Token("html_inline", "", 0, content=f'<a href="{address}">{conditional_escape(token.content)}</a>')
        yield token


def _picture(token):
    """In the repository one of the four, here the one that fits the screen and its theme."""
    name = Path(token.attrs["src"]).stem.removesuffix("-wide-light")
    return render_to_string("includes/shot.html", {"name": name, "alt": token.content})


def _target(address):
    """Where a link of a file in docs/ leads on a page; None if there is nothing."""
    if address.startswith(("https://", "http://", "#")):
        return address
    path, _hash, anchor = address.partition("#")
    name = Path(path).stem
    if path != f"{name}.md" or name not in GUIDES:
        return None
    return reverse("help-guide", args=[name]) + (f"#{anchor}" if anchor else "")
