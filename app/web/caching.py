"""The bounded memory of finished replies, and how long others keep them; who asks for which is decided in delivery."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

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
    tag: bytes = b""
    """Its ETag."""
    modified: bytes = b""
    """Its Last-Modified."""
    unchanged: Headers = field(default_factory=list)
    """The headers that are sent to whoever has it already; none where it cannot be asked for so."""

    def header(self, name: bytes) -> str | None:
        """Return the first header of that lower-case name."""
        return next((value.decode("latin-1") for key, value in self.headers if key == name), None)


class Key(NamedTuple):
    """What a cached reply is a reply to: a tuple, since one is made for every request."""

    identity: Identity
    address: bytes
    """Path and query, as sent."""
    coding: Coding

    @property
    def is_bounded(self) -> bool:
        """Whether the archive, not the reader, decides how many such addresses there are.

        Its own have no letter that needs a percent sign; with them, every page would have endless addresses.
        """
        return b"?" not in self.address and b"%" not in self.address


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
        sent = (*reply.headers, *reply.unchanged)
        size = _OVERHEAD + len(reply.body) + len(key.address) + sum(len(name) + len(value) for name, value in sent)
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
            return self._pool(key).get(key) or self._unbounded.get(key)

    def put(self, key: Key, reply: Reply) -> None:
        """Keep `reply`, if it is one that may be kept and is not larger than a quarter of its pool."""
        if reply.status in (200, 301, 308) and not _is_private(reply):
            # What leads elsewhere may do so from any number of addresses, with a slash too many at their end.
            pool = self._pool(key) if reply.status == 200 else self._unbounded
            with self._lock:
                pool.put(key, reply)

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
