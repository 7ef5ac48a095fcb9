"""Whatever is typed into the search, the quotation check or the chart, there is a page."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

import pytest

from app.settings import Settings
from app.web import create_app
from tests.calling import call
from tests.faults.inputs import ADDRESSES, ask


def test_whatever_is_typed_gives_a_page(filled_archive: Path) -> None:
    asked = asyncio.run(ask(filled_archive, 250, seed=3))
    assert asked.faults == []
    assert asked.times == 250


@pytest.mark.parametrize("start", ADDRESSES)
def test_many_wide_prefixes_give_a_page(filled_archive: Path, start: str) -> None:
    typed = " OR ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюя"[:59])
    app = create_app(Settings(archive=filled_archive, cache_bytes=0))
    status, _ = asyncio.run(call(app, start + quote(typed)))
    assert status == 200
