"""Settings come from VERBATIM_… when they are asked for, and are refused where they make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_without_any_variable_the_defaults_are_those_of_a_checkout() -> None:
    settings = Settings()
    assert settings.archive == Path("data/archive.db")
    assert settings.url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("variable", "field", "value", "meant"),
    [
        ("VERBATIM_ARCHIVE", "archive", "/srv/held.db", Path("/srv/held.db")),
        ("VERBATIM_URL", "url", "https://verbatim.example", "https://verbatim.example"),
        ("VERBATIM_URL", "url", "https://verbatim.example/held/", "https://verbatim.example/held"),
        ("VERBATIM_CONTACT", "contact", "mistakes@verbatim.example", "mailto:mistakes@verbatim.example"),
        ("VERBATIM_CONTACT", "contact", "mailto:mistakes@verbatim.example", "mailto:mistakes@verbatim.example"),
        ("VERBATIM_CONTACT", "contact", "https://verbatim.example/write", "https://verbatim.example/write"),
        ("VERBATIM_CACHE_BYTES", "cache_bytes", "0", 0),
        ("VERBATIM_QUERY_SECONDS", "query_seconds", "0.5", 0.5),
    ],
)
def test_each_variable_sets_its_field(
    variable: str, field: str, value: str, meant: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert getattr(Settings(), field) == meant


def test_an_empty_variable_is_as_one_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_ARCHIVE", "")
    assert Settings().archive == Path("data/archive.db")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("VERBATIM_CACHE_BYTES", "-1"), ("VERBATIM_QUERY_SECONDS", "0"), ("VERBATIM_URL", "verbatim.example")]
    + [("VERBATIM_URL", value) for value in ("https://v.example/?a", "https://v.example/a b", "https://v.example//a")]
    + [
        ("VERBATIM_CONTACT", value)
        for value in ("the editors", "javascript:alert(1)", "a@b?cc=c@d", "http://", "a b@c")
    ],
)
def test_a_value_that_makes_no_sense_is_refused(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValidationError):
        Settings()


def test_settings_once_read_stay_as_they_are() -> None:
    with pytest.raises(ValidationError):
        Settings().archive = Path("elsewhere.db")
