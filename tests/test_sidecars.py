"""A sidecar states what is known of a source; a mistake in it is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import SourceRefused
from app.records import Provenance
from app.sidecars import read_sidecar

PROVIDED = Path(__file__).resolve().parent.parent / "data" / "transcripts"


def test_every_field_can_be_stated() -> None:
    text = """
id = "tarn-2001"
url = "https://x.invalid/1"
publisher = "Ministry"
retrieved = 2024-05-06T07:08:09Z
licence = "CC BY 4.0"
outlets = ["The Gull", "Radio Vella"]
language = "en-GB"
translation = "official"
translation_of = "tarn-2001-ru"
"""
    assert read_sidecar("a.toml", text.encode()) == Provenance(
        id="tarn-2001",
        url="https://x.invalid/1",
        publisher="Ministry",
        retrieved="2024-05-06T07:08:09+00:00",
        licence="CC BY 4.0",
        outlets=("The Gull", "Radio Vella"),
        language="en-GB",
        translation="official",
        translation_of="tarn-2001-ru",
    )


@pytest.mark.parametrize("text", ['outlet = "The Gull"', 'outlets = "The Gull"', 'outlets = ["The Gull"]'])
def test_one_outlet_can_be_written_in_any_form(text: str) -> None:
    assert read_sidecar("a.toml", text.encode()).outlets == ("The Gull",)


def test_an_empty_sidecar_states_nothing() -> None:
    assert read_sidecar("a.toml", b"") == Provenance()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('\nlicense = "x"', 2, "unknown key 'license'"),
        ("# a\n\nurl = 3", 3, "url must be a text"),
        ('url = ""', 1, "url must be a text"),
        ("outlets = [1]", 1, "outlets must be a text or a list of texts"),
        ('outlet = ["a"]', 1, "outlet must be a text"),
        ('translation = "machine"', 1, "translation must be one of: original official unofficial"),
        ('language = "the English"', 1, "language must be a language tag"),
        ('retrieved = "yesterday"', 1, "retrieved must be a date"),
        ("retrieved = 07:08:09", 1, "retrieved must be"),
        ("a = 1\nb = = 2", 2, "not TOML"),
        ('x = "', 1, "not TOML"),
        ('[source]\nurl = "x"', 1, "unknown key 'source'"),
        ('url = "x"\nlicense = "y"', 2, "unknown key 'license'; did you mean licence?"),
        ('colour = "red"', 1, "unknown key 'colour' (known: id language licence"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read_sidecar("a.txt.toml", text.encode())
    assert str(refused.value).startswith(f"a.txt.toml:{line}: {reason}")
    assert refused.value.code == "sidecar"


def test_a_sidecar_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(SourceRefused, match=r"^a\.toml:2: "):
        read_sidecar("a.toml", b'id = "a"\npublisher = "\xcc"')


def test_the_provided_sidecar_states_what_the_transcript_shows_and_no_more() -> None:
    name = "2015-12-11-lavrov-rossiya-segodnya.txt.toml"
    stated = read_sidecar(name, (PROVIDED / name).read_bytes())
    assert stated == Provenance(outlets=("Rossiya Segodnya",), language="en")
