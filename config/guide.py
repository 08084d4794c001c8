"""The page about the API, written from its own description, so that the two cannot differ."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

VERBS = ("get", "post", "put", "patch", "delete")
TYPES = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "boolean": _("yes or no"),
    "array": _("list"),
    "object": _("object"),
    "null": _("nothing"),
}


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    is_required: bool
    help: str


@dataclass(frozen=True)
class Operation:
    verb: str
    path: str
    summary: str
    description: str
    parameters: list
    body: list
    statuses: list


@csrf_exempt
@login_not_required
def api_schema(request):
    """The description itself, by the library's own view."""
    from drf_spectacular.views import SpectacularAPIView  # noqa: PLC0415 -- as below

    return SpectacularAPIView.as_view()(request)


@login_not_required
@require_safe
def api_guide(request):
    return render(
        request, "api_guide.html", {"groups": groups(get_language()), "base": request.build_absolute_uri("/api/v1/")}
    )


@cache
def groups(language):
    """(tag, operations) in the order of their names, in this language; the description is the same while a process lives."""
    from config.schema import Generator  # noqa: PLC0415 -- the description is seldom read (accounts/describing.py)

    schema = Generator().get_schema(request=None, public=True)
    components = schema["components"]["schemas"]
    found = {}
    for path, operations in sorted(schema["paths"].items()):
        for verb in VERBS:
            if operation := operations.get(verb):
                tag = (operation.get("tags") or [""])[0]
                found.setdefault(tag, []).append(_operation(verb, path, operation, components))
    return sorted(found.items())


def _operation(verb, path, operation, components):
    parameters = [
        Field(each["name"], _kind(each["schema"], components), each.get("required", False), _said(each))
        for each in operation.get("parameters", [])
        if each["in"] != "path"
    ]
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema", {})
    description = operation.get("description", "").strip()
    summary = operation.get("summary", "") or description.partition("\n")[0]
    return Operation(
        verb=verb.upper(),
        path=path,
        summary=_with_code(summary),
        description="" if description == summary else _with_code(description),
        parameters=parameters,
        body=_fields(body, components),
        statuses=[code for code in operation["responses"] if code.startswith("2")],
    )


def _with_code(text):
    """What stands between backticks is set as code."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if number % 2 else part,) for number, part in parts)
    )


def _resolved(schema, components):
    while "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    return schema


def _fields(schema, components):
    schema = _resolved(schema, components)
    required = schema.get("required", [])
    return [
        Field(name, _kind(each, components), name in required, _resolved_help(each, components))
        for name, each in schema.get("properties", {}).items()
        if not _resolved(each, components).get("readOnly")
    ]


def _said(parameter):
    """What a person wrote about it; the generator's own list of choices stands in the kind already."""
    text = parameter.get("description", "")
    return "" if text.startswith("* `") else _with_code(text)


def _resolved_help(schema, components):
    return _with_code(schema.get("description", "")) if "enum" not in _resolved(_one(schema), components) else ""


def _one(schema):
    """The part of a combined type that says something."""
    for key in ("allOf", "oneOf", "anyOf"):
        if parts := schema.get(key):
            return parts[0]
    return schema


def _kind(schema, components):
    """A type in words: what can be chosen, or what it is."""
    schema = _resolved(_one(schema), components)
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value not in ("", None))
    types = schema.get("type", "object")
    names = types if isinstance(types, list) else [types]
    words = str(TYPES[next((name for name in names if name != "null"), "null")])
    if names[0] == "array" and schema.get("items"):
        return f"{words}: {_kind(schema['items'], components)}"
    return f"{words} ({schema['format']})" if schema.get("format") else words
