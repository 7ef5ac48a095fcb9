"""What a page function can ask of an address, read so that any input gives a page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator
from starlette.requests import Request

MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Says of a parameter that the query of an address has it, by the name `alias` where that is another."""

    alias: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Depends:
    """Says of a parameter that it is made of others, those of a function."""

    make: Callable[..., object]


def _text(value: object) -> object:
    stripped = value.replace("\0", " ").strip() if isinstance(value, str) else None
    return stripped or None


def signature_of(make: Callable[..., object], *given: str) -> inspect.Signature:
    """Return the parameters that are read for what makes a page: all but those `given`, and the request."""
    asked = inspect.signature(make, eval_str=True).parameters
    assert asked.keys() >= set(given), make  # noqa: S101
    request = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for name, each in asked.items() if name not in given]
    return inspect.Signature([request, *keywords])


def number(value: object, least: int, most: int) -> int | None:
    """Return a number within these bounds as it is typed; None for whatever is none."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return None
    typed = int(value)
    return typed if least <= typed <= most else None


def _page(value: object) -> int:
    return number(value, 1, MOST_PAGES) or 1


Text = Annotated[str | None, BeforeValidator(_text)]
"""A word or more; blank is absent."""

PageNumber = Annotated[int, BeforeValidator(_page), Query(description="page of the list, from 1")]
"""From 1; whatever is no such number is 1."""

_VERSION = BeforeValidator(lambda value: number(value, 1, 999_999_999))
VersionNumber = Annotated[
    int | None, _VERSION, Query(alias="v", description="a version as it was; without it the current one")
]
Earlier = Annotated[
    int | None, _VERSION, Query(alias="from", description="the version to compare; without it the one before")
]
Later = Annotated[
    int | None, _VERSION, Query(alias="to", description="the version to compare it with; without it the current one")
]

Year = Annotated[int | None, BeforeValidator(lambda value: number(value, 1, 9999)), Query(description="YYYY")]
Month = Annotated[int | None, BeforeValidator(lambda value: number(value, 1, 12)), Query(description="1 to 12")]
