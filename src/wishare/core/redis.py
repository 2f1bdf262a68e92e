"""Redis as the cache, done without when it is gone."""

from typing import Any

from django_redis.cache import RedisCache


class OptionalRedisCache(RedisCache[Any]):
    """django-redis that ignores a dead server, with locks that are had then: rate limits fail open, not shut."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        added = super().add(*args, **kwargs)
        return True if added is None else bool(added)
