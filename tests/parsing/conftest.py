"""Documents in a line: what the parsing tests are written in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.parsing import parse
from app.readers import media_type, read
from app.records import Interview, Source

Parse = Callable[..., Interview]


@pytest.fixture(scope="session")
def parsed() -> Parse:
    """Parse a text, by default plain, as a file of this name."""

    def parsed_text(text: str | bytes, name: str = "a.txt") -> Interview:
        data = text if isinstance(text, bytes) else text.encode()
        source = Source(name, data, media_type(name))
        return parse(read(source), source)

    return parsed_text
