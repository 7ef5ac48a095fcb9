"""A source is read by its suffix; a refusal bears the file's name and line."""

from __future__ import annotations

import pytest

from app.errors import SourceRefused
from app.readers import LIMIT, media_type, read, suffixes
from app.records import Source


def test_the_formats_of_the_folder_are_known_by_their_suffixes() -> None:
    assert {".txt", ".html", ".htm"} <= suffixes()
    assert media_type("A.TXT") == "text/plain"
    assert media_type("page.htm") == "text/html"
    assert media_type("film.mp4") == "application/octet-stream"


def test_a_suffix_in_capitals_is_the_same_format() -> None:
    assert read(Source("A.TXT", b"Question: why?", "text/plain")).blocks[0].text == "Question: why?"


def test_an_unknown_suffix_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SourceRefused, match=r"^a\.mp4:1: .*\.txt") as refused:
        read(Source("a.mp4", b"Question: why?", "video/mp4"))
    assert refused.value.code == "unknown-format"


def test_a_file_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(SourceRefused, match=r"^a\.txt:1: .*20 MB") as refused:
        read(Source("a.txt", b"x" * (LIMIT + 1), "text/plain"))
    assert refused.value.code == "too-large"


def test_a_refusal_inside_a_format_bears_the_name() -> None:
    with pytest.raises(SourceRefused, match=r"^b\.txt:3: "):
        read(Source("b.txt", b"one\ntwo\nthr\0ee", "text/plain"))
