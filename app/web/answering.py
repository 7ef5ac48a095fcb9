"""Answers at an address by a function: reads what it asks for, calls it in a thread and sends the response.

FastAPI describes all of it for programs. It would read it too, but asks of each value what that might be, and takes as
long as the words of a page do.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, get_args, get_origin

from pydantic import BeforeValidator
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.asking import Depends, Query, signature_of

Read = Callable[[Request], object]

_ANY = "{}"
"""Stands for a first word that is not fixed."""


class Answering:
    """An ASGI application that sends what `respond` returns for a request and the parameters that it asks for."""

    def __init__(self, respond: Callable[..., Response], asks: Callable[..., object], *given: str) -> None:
        """`asks` is the function whose parameters are read, but for those `given` to it."""
        self._respond, self._asks, self._given = respond, asks, given

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await run_in_threadpool(self._response, Request(scope))
        await response(scope, receive, send)

    def _response(self, request: Request) -> Response:
        return self._respond(request=request, **{name: read(request) for name, read in self._readers.items()})

    @cached_property
    def _readers(self) -> Mapping[str, Read]:
        asked = dict(signature_of(self._asks, *self._given).parameters)
        del asked["request"]
        return {name: _reader(parameter) for name, parameter in asked.items()}


class Addresses:
    """An ASGI application that finds which of many is to answer, by their first words, else asks `otherwise`."""

    def __init__(self, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._known: dict[str, list[tuple[Any, ASGIApp]]] = {}

    def add(self, address: str, app: ASGIApp) -> None:
        """Have `app` answer at an address, with the parts in braces for it to read, where none before it does."""
        first = address.split("/", 2)[1]
        word = _ANY if "{" in first else first
        self._known.setdefault(word, []).append((compile_path(address)[0], app))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        word = path[1:].partition("/")[0]
        for pattern, app in self._known.get(word if word in self._known else _ANY, ()):
            found = pattern.match(path)
            if found is not None:
                scope["path_params"] = found.groupdict()
                await app(scope, receive, send)
                return
        await self._otherwise(scope, receive, send)


def _reader(parameter: inspect.Parameter) -> Read:
    """Return what reads one parameter of a request."""
    kind, metadata = parameter.annotation, getattr(parameter.annotation, "__metadata__", ())
    if kind is Request:
        return lambda request: request
    needed = next((each.make for each in metadata if isinstance(each, Depends)), None)
    if needed is not None:
        return _made_by(needed)
    validators = [each.func for each in metadata if isinstance(each, BeforeValidator)]
    kind = getattr(kind, "__origin__", kind) if metadata else kind
    if any(get_origin(each) is list for each in get_args(kind)):
        return _values(_alias(parameter, metadata), parameter.default)
    assert validators or kind is str, parameter  # noqa: S101
    return _value(_alias(parameter, metadata), validators[0] if validators else _as_sent, parameter)


def _alias(parameter: inspect.Parameter, metadata: tuple[object, ...]) -> str:
    return next((each.alias for each in metadata if isinstance(each, Query) and each.alias), parameter.name)


def _made_by(make: Callable[..., object]) -> Read:
    asked = inspect.signature(make, eval_str=True).parameters
    readers = {name: _reader(parameter) for name, parameter in asked.items()}
    return lambda request: make(**{name: read(request) for name, read in readers.items()})


def _values(alias: str, default: object) -> Read:
    return lambda request: request.query_params.getlist(alias) or default


def _value(alias: str, checked: Callable[..., object], parameter: inspect.Parameter) -> Read:
    """Return what reads one value, by its `alias` from the query, or by the parameter's name from the path."""
    name, default = parameter.name, parameter.default

    def read(request: Request) -> object:
        values: Mapping[str, str] = request.query_params
        if default is inspect.Parameter.empty:
            return checked(_encodable(request.path_params[name]))
        return checked(values[alias]) if alias in values else default

    return read


def _as_sent(value: str) -> str:
    return value


def _encodable(value: str) -> str:
    """Return a part of a path; what came as no UTF-8 is at no address."""
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        raise HTTPException(404) from None
    return value
