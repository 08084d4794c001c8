"""docker-compose.yml: valid by the Compose Specification, complete, and without a secret of its own."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "tests" / "data" / "vendor" / "compose-spec" / "compose-spec.json").read_text())
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
APPS = ["web", "worker", "beat", "pump", "migrate"]


def test_it_follows_the_compose_specification():
    jsonschema.Draft202012Validator(SCHEMA).validate(COMPOSE)


def test_the_schema_would_notice_a_mistake():
    wrong = COMPOSE | {"services": COMPOSE["services"] | {"web": {"imagee": "afterword"}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(wrong)


def test_services_are_complete():
    assert set(COMPOSE["services"]) == {*APPS, "postgres", "valkey"}
    assert {COMPOSE["services"][name]["image"] for name in APPS} == {"afterword:local"}


def test_what_is_waited_for_exists_and_can_become_healthy():
    services = COMPOSE["services"]
    for service in services.values():
        for name, wait in service.get("depends_on", {}).items():
            assert wait["condition"] == "service_completed_successfully" or "healthcheck" in services[name]


def test_secrets_come_from_outside_or_nothing_starts():
    environment = COMPOSE["services"]["web"]["environment"]
    for name in ("SECRET_KEY", "AFTERWORD_MAIL_KEYS", "BASE_URL", "SMTP_HOST"):
        assert environment[name].startswith(f"${{{name}:?")
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert "AFTERWORD_DEMO" not in environment


def test_every_name_it_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", TEXT))
    offered = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    assert asked <= offered


def test_the_image_holds_no_secret_and_is_not_root():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "\nUSER afterword\n" in dockerfile
    assert {".env", "var", ".git"} <= set((ROOT / ".dockerignore").read_text().splitlines())


def test_whoever_erases_can_write_the_ledger():
    for name in ("worker", "pump"):
        service = COMPOSE["services"][name]
        folder, _slash, _file = service["environment"]["AFTERWORD_ERASURE_LEDGER"].rpartition("/")
        assert f"ledger:{folder}" in service["volumes"]
        assert f"--owner afterword --mode 0750 {folder}\n" in (ROOT / "Dockerfile").read_text()
    assert "ledger" in COMPOSE["volumes"]
