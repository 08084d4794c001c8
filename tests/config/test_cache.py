"""Redis may be lost at any moment: the cache forgets, and no page breaks or waits for it."""

import socket

import pytest
from django.core.cache import cache
from django.urls import reverse

from config.cache import PatientRedisCache


@pytest.fixture
def patience(monkeypatch):
    monkeypatch.setattr(PatientRedisCache, "_down_until", 0.0)


def of(address):
    return PatientRedisCache(address, {"OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}})


def test_it_keeps_while_redis_lives(patience):
    cache.set("kept", 1)

    assert (cache.get("kept"), cache.add("kept", 2), cache.get_many(["kept"])) == (1, False, {"kept": 1})


def test_it_forgets_while_redis_is_gone(patience):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = of(f"redis://127.0.0.1:{free.getsockname()[1]}/0")

        dead.set("lost", 1)

        assert (dead.get("lost", "default"), dead.add("lost", 1), dead.get_many(["lost"]), dead.has_key("lost")) == (
            "default",
            True,
            {},
            False,
        )


def test_it_counts_for_a_while_and_not_at_all_while_redis_is_gone(patience, empty_cache):
    assert [cache.count("asked", 60), cache.count("asked", 60), cache.count("other", 60)] == [1, 2, 1]
    assert cache.touch("asked", 0) is True
    assert cache.count("asked", 60) == 1
    assert of("redis://127.0.0.1:1/0").count("asked", 60) == 0


def test_a_dead_server_is_left_alone_for_a_while(patience, monkeypatch):
    dead = of("redis://127.0.0.1:1/0")
    dead.get("first")
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", lambda *args: pytest.fail("asked again"))

    assert dead.get("second") is None


@pytest.mark.django_db
def test_pages_and_api_answer_without_redis(patience, settings, client_of, candidate):
    settings.CACHES = {"default": {"BACKEND": "config.cache.PatientRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    browser = client_of(candidate)

    assert [browser.get(reverse(name)).status_code for name in ("today", "account_login", "api:interview-list")] == [
        200,
        302,
        200,
    ]
