"""The forms of a page, and what a browser would send of each."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser

from django.utils import timezone

# What differs between two answers that say the same: the token of their forms, and the seconds until midnight.
PASSING = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|data-day-left="[0-9]+"')
UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """`fields` are name and value as they stand there; `offered` also what could be chosen instead."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    offered: list[tuple[str, str]] = field(default_factory=list)

    def data(self, old="", new=""):
        """As a browser sends it, with one id in names or values put in place of another.

        Where that id is only offered it is chosen.
        """
        sent = list(self.fields)
        if old and not any(old in name + value for name, value in sent):
            name, value = next(pair for pair in self.offered if old in "".join(pair))
            sent = [pair for pair in sent if pair[0] != name] + [(name, value)]
        data = {}
        for name, value in sent:
            data.setdefault(name.replace(old, new) if old else name, []).append(
                value.replace(old, new) if old else value
            )
        return data


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.by_id, self._form, self._select, self._area = [], {}, None, None, None

    def handle_starttag(self, tag, attrs):
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in said:
                self.by_id[said["id"]] = self._form
        form = self.by_id.get(said.get("form", ""), self._form)
        if form is None:
            return
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "input" and name:
            self._input(form, said.get("type", "text"), name, value, said)
        elif tag == "button" and name:
            form.offered.append((name, value))
        elif tag == "select":
            self._select = (form, name, "multiple" in said, len(form.fields))
        elif tag == "option" and self._select:
            form, name, is_multiple, before = self._select
            form.offered.append((name, value))
            chosen = [pair for pair in form.fields[before:] if pair[0] == name]
            if "selected" in said or (value and not chosen and not is_multiple):
                if "selected" in said and not is_multiple:
                    del form.fields[before:]
                form.fields.append((name, value))
        elif tag == "textarea":
            self._area = (form, name, [])

    def _input(self, form, kind, name, value, said):
        if kind in UNSENT:
            return
        if kind in ("checkbox", "radio"):
            form.offered.append((name, value))
            first = kind == "radio" and "required" in said and all(name != other for other, _ in form.fields)
            if "checked" in said and kind == "radio":
                form.fields[:] = [pair for pair in form.fields if pair[0] != name]
            if "checked" in said or first:
                form.fields.append((name, value or "on"))
        else:
            form.offered.append((name, value))
            form.fields.append((name, value or self._example(kind, said)))

    @staticmethod
    def _example(kind, said):
        """Something for what she would have to write, so that nothing but the id can be wrong."""
        if "required" not in said:
            return ""
        day = (timezone.now() + timedelta(days=9)).date().isoformat()
        examples = {"email": "grace@company.example", "date": day, "time": "09:00", "datetime-local": f"{day}T09:00"}
        return examples.get(kind, said.get("min", "45") if kind == "number" else "One line")

    def handle_data(self, data):
        if self._area:
            self._area[2].append(data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            form, name, text = self._area
            form.fields.append((name, "".join(text).strip() or "One line"))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._form = None


def forms_in(page):
    """Each form of a page."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms


def said_by(answer):
    """What a page says, to be compared with another."""
    return PASSING.sub("", answer.text)
