"""Which coding a reader gets, by what Accept-Encoding says (RFC 9110, 12.5.3)."""

from __future__ import annotations

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.negotiation import accepted, encode, is_worth_encoding


@pytest.mark.parametrize(
    ("header", "best"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.1, identity", "identity"),
        ("deflate", "identity"),
        ("gzip;q=0.5, identity;q=0.4", "gzip"),
        ("gzip;q=0.5, identity;q=0.9", "identity"),
        ("br;q=nonsense, gzip", "gzip"),
        ("gzip ; q=1.0", "gzip"),
    ],
)
def test_the_coding_wanted_most_is_chosen(header: str | None, best: str) -> None:
    assert accepted(header)[0] == best


@pytest.mark.parametrize("header", ["identity;q=0", "*;q=0", "identity;q=0, deflate"])
def test_nothing_is_chosen_where_everything_is_refused(header: str) -> None:
    assert accepted(header) == ()


def test_identity_refused_is_not_among_the_codings_allowed() -> None:
    assert accepted("gzip, identity;q=0") == ("gzip",)
    assert accepted("gzip, *;q=0") == ("gzip",)


@given(st.text(max_size=60))
def test_any_header_gives_an_answer(header: str) -> None:
    assert set(accepted(header)) <= {"br", "gzip", "identity"}


@given(st.binary(max_size=2000))
def test_what_is_encoded_is_decoded_to_the_same_bytes(body: bytes) -> None:
    assert brotli.decompress(encode(body, "br")) == body
    assert gzip.decompress(encode(body, "gzip")) == body
    assert encode(body, "identity") == body
    assert encode(body, "gzip") == encode(body, "gzip")


def test_pictures_and_tiny_bodies_are_left_as_they_are() -> None:
    assert is_worth_encoding("text/html; charset=utf-8", 5000)
    assert is_worth_encoding("application/problem+json", 5000)
    assert is_worth_encoding("image/svg+xml", 5000)
    assert not is_worth_encoding("image/png", 5000)
    assert not is_worth_encoding("text/html", 20)
