"""A cache that forgets instead of failing: Redis may be lost at any moment, and no page may break or wait for it."""

import logging
import time

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
PAUSE = 10  # seconds without another try once Redis did not answer


class KeptClient(RedisCacheClient):
    """Django's client, made once for each server instead of once for each call: it holds nothing but its pool."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._clients = {}

    def get_client(self, key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if pool not in self._clients:
            self._clients[pool] = self._client(connection_pool=pool)
        return self._clients[pool]


class PatientRedisCache(RedisCache):
    """Django's Redis cache, with every error turned into "nothing here" and a pause before the next try."""

    _down_until = 0.0

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = KeptClient

    def _try(self, method, default, *args, **kwargs):
        if time.monotonic() < PatientRedisCache._down_until:
            return default
        try:
            return method(*args, **kwargs)
        except (RedisError, OSError) as error:
            PatientRedisCache._down_until = time.monotonic() + PAUSE
            logger.warning("cache_unavailable error=%s", type(error).__name__)
            return default

    def add(self, key, value, *args, **kwargs):
        return self._try(super().add, True, key, value, *args, **kwargs)

    def get(self, key, default=None, *args, **kwargs):
        return self._try(super().get, default, key, default, *args, **kwargs)

    def set(self, key, value, *args, **kwargs):
        return self._try(super().set, None, key, value, *args, **kwargs)

    def touch(self, key, *args, **kwargs):
        return self._try(super().touch, False, key, *args, **kwargs)

    def delete(self, key, *args, **kwargs):
        return self._try(super().delete, False, key, *args, **kwargs)

    def get_many(self, keys, *args, **kwargs):
        return self._try(super().get_many, {}, keys, *args, **kwargs)

    def set_many(self, data, *args, **kwargs):
        return self._try(super().set_many, [], data, *args, **kwargs)

    def delete_many(self, keys, *args, **kwargs):
        return self._try(super().delete_many, None, keys, *args, **kwargs)

    def has_key(self, key, *args, **kwargs):
        return self._try(super().has_key, False, key, *args, **kwargs)

    def incr(self, key, delta=1, *args, **kwargs):
        return self._try(super().incr, delta, key, delta, *args, **kwargs)

    def count(self, key, seconds):
        """How often this was counted within so many seconds, this time included; 0 while Redis is away. One way there and back."""
        return self._try(self._count, 0, key, seconds)

    def _count(self, key, seconds):
        key = self.make_and_validate_key(key)
        with self._cache.get_client(key, write=True).pipeline() as both:
            return both.incr(key).expire(key, seconds).execute()[0]

    def clear(self):
        return self._try(super().clear, False)
