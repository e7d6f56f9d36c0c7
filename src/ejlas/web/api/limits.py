"""How many requests a key may make in a minute."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache

WINDOW_S = 60


def seconds_to_wait(prefix: str) -> int:
    """Count one more request of a key; return how long it has to wait, 0 when it need not.

    On a shared cache the count is exact. In files, two requests at one moment may count as one: the limit keeps a
    program that runs wild from taking the machine, and is no matter of right.
    """
    now = time.time()
    window = int(now // WINDOW_S)
    if settings.REDIS_URL:
        name = f"api:{prefix}:{window}"
        cache.add(name, 0, WINDOW_S * 2)
        try:
            count = cache.incr(name)
        except ValueError:
            # A full cache may have dropped the count in this very moment: it begins anew.
            count = 1
    else:
        # One file for each key, not one for each minute.
        kept = cache.get(f"api:{prefix}")
        count = kept[1] + 1 if kept and kept[0] == window else 1
        cache.set(f"api:{prefix}", (window, count), WINDOW_S * 2)
    return 0 if count <= settings.API_PER_MINUTE else max(1, int((window + 1) * WINDOW_S - now) + 1)
