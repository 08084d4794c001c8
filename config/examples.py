"""Examples for the API's description: each request and answer as it might look on one evening, made from its own schema."""

from typing import Any

type Schema = dict[str, Any]

JSON = "application/json"
BY_FORMAT: dict[str, str | float] = {
    "uuid": "7c1f2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6",
    "date-time": "2026-03-04T07:00:00Z",
    "date": "2026-03-04",
    "time": "09:00:00",
    "uri": "https://calls.example/tom",
    "email": "grace@savanna-books.example",
    "double": 0.5,
}
BY_NAME = {
    "company": "Savanna Books",
    "role_title": "Content manager",
    "zone": "Africa/Nairobi",
    "send_zone": "Africa/Nairobi",
    "country": "KE",
    "name": "Grace Kamau",
    "to_name": "Grace Kamau",
    "coach": "Tom Barasa",
    "reader": "Tom Barasa",
    "by": "Achieng Otieno",
    "address": "grace@savanna-books.example",
    "subject": "Thank you for today",
    "body": "Dear Grace,\n\nThank you for the talk about the new reading room.\n\nAchieng",
    "text": "I said that I had led the project; I had kept its plan.",
    "topic": "the newsletter project",
    "correction": "I kept the plan of the project; it was led by my manager.",
    "evidence": "Three posts a week for a year",
    "notes": "They asked about deadlines twice.",
    "went_well": "They laughed about the first draft.",
    "stayed_with_me": "the plans for the new reading room",
    "question": "Is this worth a letter?",
    "message": "I would let it go: they did not ask again.",
    "worked": "You stopped when it was said.",
    "change": "Say the figure first.",
    "rule": "FREQ=WEEKLY;BYDAY=TU,TH",
    "place": "Room 3",
    "line": "Savanna Books just now, decide Monday",
    "code": "dwells_on_it",
    "lang": "en",
    "language": "en",
}
WALL = "2026-03-04T10:00:00"
WORDS = "A few plain words."


def add_examples(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """drf-spectacular's last step: an example with each body and each answer of JSON that has none yet."""
    components = result.get("components", {}).get("schemas", {})
    for operations in result["paths"].values():
        for operation in operations.values():
            bodies = [operation.get("requestBody", {})]
            bodies += [answer for code, answer in operation["responses"].items() if code.startswith("2")]
            for body in bodies:
                told = body.get("content", {}).get(JSON)
                if told and "schema" in told and not {"example", "examples"} & set(told):
                    told["example"] = example_of(told["schema"], components)
    return result


def example_of(schema: Schema, components: Schema, name: str = "", within: tuple[str, ...] = ()) -> Any:
    """One value that the schema allows. `within` are the components it stands in: one that holds itself ends there."""
    if "$ref" in schema:
        component = schema["$ref"].rsplit("/", 1)[-1]
        return {} if component in within else example_of(components[component], components, name, (*within, component))
    for given in ("example", "const", "default"):
        if given in schema:
            return schema[given]
    if "allOf" in schema:
        parts = [example_of(part, components, name, within) for part in schema["allOf"]]
        return parts[0] if len(parts) == 1 else {key: value for part in parts for key, value in part.items()}
    choices = schema.get("oneOf") or schema.get("anyOf")
    if choices:
        return example_of(choices[0], components, name, within)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    return _plain(next(iter([kind] if isinstance(kind, str) else kind)), schema, components, name, within)


def _plain(kind: str, schema: Schema, components: Schema, name: str, within: tuple[str, ...]) -> Any:
    if kind == "object":
        fields = schema.get("properties", {})
        return {field: example_of(each, components, field, within) for field, each in fields.items()}
    if kind == "array":
        return [example_of(schema["items"], components, name, within)] if schema.get("items") else []
    if kind in ("integer", "number"):
        return BY_FORMAT.get(schema.get("format", ""), max(1, int(schema.get("minimum", 1))))
    if kind in ("boolean", "null"):
        return True if kind == "boolean" else None
    if schema.get("format") in BY_FORMAT:
        return BY_FORMAT[schema["format"]]
    text = WALL if name.endswith("_wall") else BY_NAME.get(name, WORDS)
    return text[: schema.get("maxLength", len(text))]
