"""Rate limits: the headers that announce them and the 429 that follows who ignores them."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.rest.routes import MAJOR
from bot.sandbox.state.errors import DiscordError

if TYPE_CHECKING:
    from bot.sandbox.rest.routes import Route
    from bot.sandbox.state.state import Limits


@dataclass(slots=True)
class Bucket:
    """The requests of one route and major parameter in the current window."""

    used: int = 0
    ends: float = 0.0


class RateLimits:
    """Counts requests per bucket, in windows that start with their first request."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buckets: dict[tuple[str, ...], Bucket] = {}
        self._all = Bucket()

    def count(self, route: Route, params: dict[str, str]) -> dict[str, str]:
        """Count a request and return its headers.

        Raises:
            DiscordError: A 429 when a limit is reached; ``message`` says which.
        """
        now = time.monotonic()
        limits = self._limits
        # interactions are outside the global limit (docs/discord-facts.md#rate-limits)
        if route.authorised:
            self._use(self._all, now, limits.everything, 1.0, scope="global")
        major = tuple(params[name] for name in sorted(MAJOR & set(params)))
        key = (route.method, route.template, *major)
        bucket = self._buckets.setdefault(key, Bucket())
        self._use(bucket, now, limits.bucket, limits.bucket_seconds, scope="user")
        after = max(0.0, bucket.ends - now)
        name = f"{route.method} {route.template}".encode()
        return {
            "X-RateLimit-Limit": str(limits.bucket),
            "X-RateLimit-Remaining": str(limits.bucket - bucket.used),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(name).hexdigest()[:32],
        }

    def _use(self, bucket: Bucket, now: float, most: int, seconds: float, *, scope: str) -> None:
        if now >= bucket.ends:
            bucket.used, bucket.ends = 0, now + seconds
        if bucket.used >= most:
            raise too_many(bucket.ends - now, scope)
        bucket.used += 1


def too_many(seconds: float, scope: str) -> DiscordError:
    """Return the 429 that asks to wait; the scope is ``user``, ``global`` or ``shared``."""
    return DiscordError(
        0,
        status=429,
        message="You are being rate limited.",
        retry_after=round(max(seconds, 0.001), 3),
        scope=scope,
    )
