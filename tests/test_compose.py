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
MANY_TEXT = (ROOT / "docker-compose.many.yml").read_text()
APPS = ["web", "worker", "beat", "pump", "migrate"]


class Loader(yaml.SafeLoader):
    """Knows Compose's own word for what replaces a list instead of being added to it."""


Loader.add_constructor("!reset", lambda loader, node: [])
MANY = yaml.load(MANY_TEXT, Loader)


@pytest.mark.parametrize("compose", [COMPOSE, MANY])
def test_it_follows_the_compose_specification(compose):
    jsonschema.Draft202012Validator(SCHEMA).validate(compose)


def test_the_schema_would_notice_a_mistake():
    wrong = COMPOSE | {"services": COMPOSE["services"] | {"web": {"imagee": "afterword"}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(wrong)


def test_services_are_complete():
    assert set(COMPOSE["services"]) == {*APPS, "postgres", "valkey"}
    assert {COMPOSE["services"][name]["image"] for name in APPS} == {"afterword:local"}


def test_what_is_waited_for_exists_and_can_become_healthy():
    services = COMPOSE["services"]
    for service in (*services.values(), *MANY["services"].values()):
        for name, wait in service.get("depends_on", {}).items():
            there = MANY["services"].get(name, {}) | services.get(name, {})
            assert wait["condition"] == "service_completed_successfully" or "healthcheck" in there


def test_secrets_come_from_outside_or_nothing_starts():
    environment = COMPOSE["services"]["web"]["environment"]
    for name in ("SECRET_KEY", "AFTERWORD_MAIL_KEYS", "BASE_URL", "SMTP_HOST"):
        assert environment[name].startswith(f"${{{name}:?")
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]
    assert "AFTERWORD_DEMO" not in environment


def test_every_name_it_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+)(?::\?|\})", TEXT + MANY_TEXT))
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


def test_whatever_asks_the_database_through_the_pooler_leaves_nothing_on_its_connections():
    for name in ("web", "worker", "beat", "pump"):
        environment = MANY["services"][name]["environment"]
        assert (environment["DATABASE_POOLED"], "@pgbouncer:6432/" in environment["DATABASE_URL"]) == ("1", True)
    assert "pool_mode = transaction\n" in MANY["configs"]["pgbouncer"]["content"]
    # What changes tables goes to the database itself.
    assert "migrate" not in MANY["services"]


def test_one_of_several_may_fall_out_and_none_keeps_a_port_or_a_file_of_its_own():
    many = {name: service["deploy"]["replicas"] for name, service in MANY["services"].items() if "deploy" in service}
    assert many == {"web": 2, "worker": 3, "beat": 2}
    for name in many:
        assert not MANY["services"][name].get("ports")
        assert "container_name" not in COMPOSE["services"][name]
    assert "ports: !reset []" in MANY_TEXT
    assert "--schedule=/tmp/beat-schedule" in COMPOSE["services"]["beat"]["command"]
