"""Memento (RFC 7089) in its pattern 1.1: an original address is its own TimeGate, and leads by 302 to `?v=N`.

The TimeMaps are in endpoints/. A request for a date is answered here, in front of the cache,
which knows no such header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.archive import mementos, reading
from app.archive.mementos import Memento
from app.archive.opening import Lease, Library
from app.errors import ArchiveError
from app.web.errors import Problem, Problems
from app.web.generations import Current, note
from app.web.security import Security

_ORIGINAL = re.compile(r"/(?P<kind>interviews|a)/(?P<key>[a-z0-9-]+)")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    rf"({'|'.join(_DAYS)}), (\d\d) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d):(\d\d):(\d\d) gmt", re.IGNORECASE | re.ASCII
)
_NEGOTIATES = "Accept-Datetime"


@lru_cache(maxsize=256)
def http_date(iso: str) -> str:
    """Return an ISO 8601 time as the rfc1123-date of RFC 7089, 2.1.1."""
    return format_datetime(_time(iso), usegmt=True)


def asked_for(header: str) -> datetime | None:
    """Return the time that an Accept-Datetime names (RFC 7089, 2.1.1); None where it is no such date."""
    found = _DATE.fullmatch(header.strip())
    if found is None:
        return None
    weekday, day, month, year, hour, minute, second = found.groups()
    date = int(year), _MONTHS.index(month.lower()) + 1, int(day)
    try:
        time = datetime(*date, int(hour), int(minute), int(second), tzinfo=UTC)
    except ValueError:
        return None
    return time if time.weekday() == _DAYS.index(weekday.lower()) else None


def chosen(held: Sequence[Memento], wanted: datetime) -> Memento:
    """Return the version that stood at a time; the first one for a time before it."""
    return next((each for each in reversed(held) if _time(each.since) <= wanted), held[0])


def headers(original: str, held: Sequence[Memento], shown: int | None = None) -> dict[str, str]:
    """Return what the page of version `shown` says of the others, or where it is None, the original address itself.

    `original` is absolute.
    """
    found = {"Link": _links(original, held, shown)}
    if shown is None:
        return found | {"Vary": _NEGOTIATES}
    return found | {"Memento-Datetime": http_date(next(each.since for each in held if each.version == shown))}


def _links(original: str, held: Sequence[Memento], shown: int | None) -> str:
    places = {0: ["first"]}
    places.setdefault(len(held) - 1, []).extend(("last", "latest-version"))
    at = next((at for at, each in enumerate(held) if each.version == shown), None)
    if at is not None:
        places.setdefault(at, [])
    for place, relations in _beside(at, len(held)).items():
        places.setdefault(place, []).extend(relations)
    links = [
        f'<{original}>; rel="original timegate"',
        f'<{original}/timemap>; rel="timemap"; type="application/link-format"',
        f'<{original}/versions>; rel="version-history"',
    ]
    for place, relations in sorted(places.items()):
        one, relation = held[place], " ".join([*relations, "memento"])
        links.append(f'<{original}?v={one.version}>; rel="{relation}"; datetime="{http_date(one.since)}"')
    return ", ".join(links)


def _beside(at: int | None, many: int) -> dict[int, list[str]]:
    """Return how those before and after are related to the version at a place, or to the newest (RFC 5829)."""
    near = {many - 2: ["predecessor-version"]}
    if at is not None:
        near = {at - 1: ["prev", "predecessor-version"], at + 1: ["next", "successor-version"]}
    return {place: relations for place, relations in near.items() if 0 <= place < many}


class ByDatetime:
    """An ASGI application that answers for a date, and has `pages` answer everything else."""

    def __init__(self, pages: ASGIApp, library: Library, current: Current, problems: Problems, url: str) -> None:
        self._pages, self._library, self._current = pages, library, current
        self._problems, self._url = problems, url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        original = _original(scope)
        if original is None:
            await self._pages(scope, receive, send)
            return
        wanted = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-datetime"), None)
        response = None if wanted is None else await run_in_threadpool(self._answer, Request(scope), original, wanted)
        if response is None:
            await self._pages(scope, receive, self._telling_of_versions(original, send))
        else:
            # The server sends no body of these after HEAD.
            await Security(response, self._current)(scope, receive, send)

    def _telling_of_versions(self, original: re.Match[str], send: Send) -> Send:
        """Have a tombstone say that its versions may be sent for their dates, and where; a page says so itself."""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 410:
                held = await run_in_threadpool(self._versions, original)
                if held:
                    # The headers may be those of a kept reply: a list of one's own is changed.
                    message = {**message, "headers": list(message["headers"])}
                    headers = MutableHeaders(scope=message)
                    headers["link"] = _links(self._url + original[0], held, None)
                    headers.add_vary_header(_NEGOTIATES)
            await send(message)

        return send_on

    def _versions(self, original: re.Match[str]) -> tuple[Memento, ...]:
        try:
            with self._library.lease() as lease:
                return _held(lease, original, None)
        except ArchiveError:
            return ()

    def _answer(self, request: Request, original: re.Match[str], wanted: str) -> Response | None:
        """Return what leads to the version of the time that is wanted; None where the page itself has to answer."""
        time, address = asked_for(wanted), self._url + original[0]
        try:
            with self._library.lease() as lease:
                held = _held(lease, original, time)
                if held:
                    note(request.scope, lease)
        except ArchiveError:
            return None
        if not held:
            return None
        vary = f"{_NEGOTIATES}, Accept" if time is None else _NEGOTIATES
        told = {"Cache-Control": "no-store", "Link": _links(address, held, None), "Vary": vary}
        if time is None:
            detail = "Accept-Datetime takes a date as this one, in GMT: Thu, 31 May 2007 20:35:00 GMT."
            return self._problems.response(request, Problem(400, "No such date", detail), told)
        return RedirectResponse(f"{address}?v={chosen(held, time).version}", 302, told)


def _held(lease: Lease, original: re.Match[str], time: datetime | None) -> tuple[Memento, ...]:
    """Return the versions to choose from; none for a time at which the id had ended, which its tombstone tells."""
    if original["kind"] == "interviews":
        return mementos.of_interview(lease.connection, original["key"])
    ending = reading.ending(lease.connection, original["key"])
    if ending is not None and time is not None and time >= _time(ending.ended_at):
        return ()
    return mementos.of_turn(lease.connection, original["key"])


def _original(scope: Scope) -> re.Match[str] | None:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["query_string"]:
        return None
    return _ORIGINAL.fullmatch(scope["path"])


def _time(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(UTC)
