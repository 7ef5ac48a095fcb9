"""What is counted of all that is held: in whole, by date, by speaker and outlet; what is held is in holdings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How many interviews and answers stand under a year, a speaker, an outlet or a language."""

    value: str
    """The year, slug or tag; empty for interviews without a year."""
    name: str
    interviews: int
    answers: int
    """Answers and statements, as search finds them; of a speaker, their own."""
    first: str | None = None
    """Date of the earliest dated interview."""
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds, in numbers."""

    interviews: int
    answers: int
    """Answers and statements, as search finds them."""
    words: int
    speakers: int
    outlets: int
    languages: tuple[str, ...]
    first: str | None
    """Date of the earliest dated interview."""
    last: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of an A to Z."""

    letter: str
    """ "A" to "Z", "0–9" or "…"."""
    names: int
    first: int
    """How many names stand before its first."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A speaker or an outlet as an A to Z lists it."""

    letter: str
    count: Count
    offices: tuple[str, ...]
    """Of a speaker, as the interviews state them, the last one first."""


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """What is counted of one speaker over the current versions; answers are their own."""

    count: Count
    answered: int
    """Interviews in which they answer or state something."""
    asked: int
    """Interviews in which they only ask or chair."""
    offices: tuple[Count, ...]
    """By office, as the interviews state it, the last one first."""
    years: tuple[Count, ...]
    """In order; without a year under an empty value."""
    languages: tuple[Count, ...]
    outlets: tuple[Count, ...]
    """Those with most interviews first."""
    askers: tuple[Count, ...]
    """Those who are named as asking where this speaker answers, with this speaker's answers."""
    asks: tuple[Count, ...]
    """Those who answer where this speaker asks, with their answers."""


@dataclass(frozen=True, slots=True)
class OutletProfile:
    """What is counted of one outlet over the current versions."""

    count: Count
    years: tuple[Count, ...]
    languages: tuple[Count, ...]
    speakers: tuple[Count, ...]
    """Those who answer, with their own answers, most interviews first."""
    askers: tuple[Count, ...]
    """Those who are named and only ask or chair."""


@dataclass(frozen=True, slots=True)
class DateCount:
    """How many interviews have one date."""

    date: str
    """ISO 8601 at the precision known."""
    interviews: int
