"""The readable twin of an answer's address, for typing: the interview and the number of the exchange."""

from __future__ import annotations

from typing import Annotated, NoReturn

from pydantic import BeforeValidator

from app import permalinks
from app.archive import reading
from app.archive.opening import Lease
from app.errors import NotHeld
from app.web.errors import Elsewhere
from app.web.moving import lead_on

ADDRESS = "/interviews/{slug}/{n}"

_Number = Annotated[
    int | None,
    BeforeValidator(lambda typed: int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None),
]


def page(lease: Lease, slug: str, n: _Number) -> NoReturn:
    """Lead to the first answer of the exchange as it is today."""
    try:
        if n is None:
            raise NotHeld("page of an interview", slug)
        raise Elsewhere(permalinks.answer_path(reading.first_answer(lease.connection, slug, n)))
    except NotHeld:
        if n is not None:
            lead_on(lease, "interview", slug, f"/{n}")
        raise
