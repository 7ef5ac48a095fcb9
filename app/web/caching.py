"""The bounded memory of finished replies, how long others keep them and whether they have them; who asks for which is
decided in delivery."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from starlette.types import Scope

from app.archive.opening import Identity
from app.web.negotiation import Coding

Headers = list[tuple[bytes, bytes]]

FRESH = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
"""How long a page of the archive may be shown without asking again."""

_OVERHEAD = 512
"""Bytes that an entry costs beside its body, headers and address."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response, ready to be sent."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: bytes) -> str | None:
        """Return the first header of that lower-case name."""
        return next((value.decode("latin-1") for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Key:
    """What a cached reply is a reply to."""

    identity: Identity
    address: bytes
    """Path and query, as sent."""
    coding: Coding

    @property
    def is_bounded(self) -> bool:
        """Whether the archive, not the reader, decides how many such addresses there are."""
        return b"?" not in self.address


def is_known(scope: Scope, tag: str) -> bool:
    """Say whether a request says to have what has that tag (RFC 9110, 13.1.2: weak comparison)."""
    wanted = ",".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"if-none-match")
    have = {item.strip().removeprefix("W/") for item in wanted.split(",")}
    return tag.removeprefix("W/") in have or "*" in have


class _Pool:
    """The most recently used replies within a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.entries: OrderedDict[Key, tuple[Reply, int]] = OrderedDict()

    def get(self, key: Key) -> Reply | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        self.entries.move_to_end(key)
        return entry[0]

    def put(self, key: Key, reply: Reply) -> None:
        size = _OVERHEAD + len(reply.body) + len(key.address) + sum(len(n) + len(v) for n, v in reply.headers)
        if size > self.limit // 4:
            return
        self.remove(key)
        self.entries[key] = reply, size
        self.size += size
        while self.size > self.limit:
            self.size -= self.entries.popitem(last=False)[1][1]

    def remove(self, key: Key) -> None:
        entry = self.entries.pop(key, None)
        if entry is not None:
            self.size -= entry[1]


class PageCache:
    """Finished replies within `limit` bytes, in two pools: readers' queries never push out the archive's own pages."""

    def __init__(self, limit: int) -> None:
        self._bounded = _Pool(limit - limit // 4)
        self._unbounded = _Pool(limit // 4)
        self._newest: Identity | None = None
        self._lock = Lock()

    def get(self, key: Key) -> Reply | None:
        """Return the reply kept for `key`; an archive file not seen before makes the others' replies go."""
        with self._lock:
            if key.identity != self._newest:
                self._newest = key.identity
                self._forget_others(key.identity)
            return self._pool(key).get(key)

    def put(self, key: Key, reply: Reply) -> None:
        """Keep `reply`, if it is one that may be kept and is not larger than a quarter of its pool."""
        if reply.status in (200, 301, 308) and not _is_private(reply):
            with self._lock:
                self._pool(key).put(key, reply)

    @property
    def size(self) -> int:
        """Bytes in use."""
        return self._bounded.size + self._unbounded.size

    def __len__(self) -> int:
        return len(self._bounded.entries) + len(self._unbounded.entries)

    def _pool(self, key: Key) -> _Pool:
        return self._bounded if key.is_bounded else self._unbounded

    def _forget_others(self, identity: Identity) -> None:
        for pool in (self._bounded, self._unbounded):
            for key in [key for key in pool.entries if key.identity != identity]:
                pool.remove(key)


def _is_private(reply: Reply) -> bool:
    return "no-store" in (reply.header(b"cache-control") or "")
