"""A shared cache that may break: without Redis every page is made anew, and nothing else is lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger("ejlas.cache")
Answer = TypeVar("Answer")

# A broken Redis is asked again after so many seconds; meanwhile no page waits for it.
PAUSE = 3.0
PATIENCE = 0.5


class _Health:
    """Whether Redis answered last, for all threads of this process; its loss and its return are logged once each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pause_ends = 0.0
        self.is_well = True

    def may_ask(self) -> bool:
        return self.is_well or monotonic() >= self._pause_ends

    def answered(self) -> None:
        if self.is_well:
            return
        with self._lock:
            is_news, self.is_well = not self.is_well, True
        if is_news:
            logger.warning("the cache is back")

    def failed(self) -> None:
        with self._lock:
            is_news, self.is_well = self.is_well, False
            self._pause_ends = monotonic() + PAUSE
        if is_news:
            logger.warning("the cache does not answer; pages go on without it")


health = _Health()


def _asked(ask: Callable[[], Answer], *, otherwise: Answer) -> Answer:
    if health.may_ask():
        try:
            found = ask()
        except (RedisError, OSError):
            health.failed()
        else:
            health.answered()
            return found
    return otherwise


class _Client(RedisCacheClient):
    """Asks Redis; what cannot be asked is a miss, and what cannot be kept is not kept."""

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return _asked(lambda: super(_Client, self).add(key, value, timeout), otherwise=True)

    def get(self, key: Any, default: Any) -> Any:
        return _asked(lambda: super(_Client, self).get(key, default), otherwise=default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        _asked(lambda: super(_Client, self).set(key, value, timeout), otherwise=None)

    def touch(self, key: Any, timeout: Any) -> bool:
        return _asked(lambda: super(_Client, self).touch(key, timeout), otherwise=False)

    def delete(self, key: Any) -> bool:
        return _asked(lambda: super(_Client, self).delete(key), otherwise=False)

    def get_many(self, keys: Any) -> dict[Any, Any]:
        nothing: dict[Any, Any] = {}
        return _asked(lambda: super(_Client, self).get_many(keys), otherwise=nothing)

    def has_key(self, key: Any) -> bool:
        return _asked(lambda: super(_Client, self).has_key(key), otherwise=False)

    def incr(self, key: Any, delta: int) -> int:
        # A count begins anew, as after a miss.
        return _asked(lambda: super(_Client, self).incr(key, delta), otherwise=delta)

    def set_many(self, data: Any, timeout: Any) -> None:
        _asked(lambda: super(_Client, self).set_many(data, timeout), otherwise=None)

    def delete_many(self, keys: Any) -> None:
        _asked(lambda: super(_Client, self).delete_many(keys), otherwise=None)

    def clear(self) -> bool:
        return _asked(lambda: super(_Client, self).clear(), otherwise=False)


class SteadyRedisCache(RedisCache):
    """Django's Redis cache, which treats a broken Redis as an empty one."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": PATIENCE,
            "socket_timeout": PATIENCE,
            # One attempt more, at once: a Redis that was started anew has closed the connections kept from before.
            "retry": Retry(NoBackoff(), 1),
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = _Client
