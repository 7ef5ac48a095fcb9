"""An A to Z of the people who speak: those who answer, and those who only ask or chair."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Literal

from pydantic import BeforeValidator

from app import permalinks
from app.archive import directory, filing
from app.archive.opening import Lease
from app.archive.overviews import Filed
from app.web.asking import PageNumber, Query
from app.web.lettering import LetterLink, linked
from app.web.templating import address

ADDRESS = "/speakers"
SIZE = 100

Part = Literal["answering", "asking"]
_Part = Annotated[
    Part,
    BeforeValidator(lambda value: "asking" if value == "asking" else "answering"),
    Query(alias="who", description="answering, or asking: those who only ask or chair"),
]


@dataclass(frozen=True, slots=True)
class ListedSpeaker:
    """One person, over the current versions of all interviews."""

    slug: str
    name: str
    letter: str
    """Of the A to Z: "A" to "Z", "0–9" or "…"."""
    url: str
    offices: tuple[str, ...]
    """As the interviews state them, the last one first."""
    interviews: int
    """In which they are named as speaking."""
    answers: int
    """Their own answers and statements."""
    first: str | None
    """Date of the earliest dated interview."""
    last: str | None

    def parts(self) -> tuple[str, str, str]:
        """Return the name in three: what it is filed under, with what stands before and after that."""
        return filing.parts(self.name)


@dataclass(frozen=True, slots=True)
class Speakers:
    """One page of the A to Z."""

    url: str
    who: Part
    total: int
    answering: int
    """How many people answer; `asking` how many only ask or chair."""
    asking: int
    page: int
    pages: int
    letters: tuple[LetterLink, ...]
    speakers: tuple[ListedSpeaker, ...]
    previous: str | None
    """Path and query of the page before."""
    next: str | None

    def groups(self) -> tuple[tuple[str, tuple[ListedSpeaker, ...]], ...]:
        """Return those of this page letter by letter."""
        grouped = groupby(self.speakers, key=lambda each: each.letter)
        return tuple((letter, tuple(those)) for letter, those in grouped)


def page(lease: Lease, who: _Part = "answering", page: PageNumber = 1) -> Speakers:
    """Return one page of the people who speak, 100 to a page, by the last of their names."""
    kinds: tuple[Part, Part] = ("answering", "asking")
    letters = {kind: directory.letters(lease.connection, kind) for kind in kinds}
    totals = {kind: sum(each.names for each in letters[kind]) for kind in kinds}
    pages = max(1, -(-totals[who] // SIZE))
    page = min(page, pages)
    asked = {"who": who if who == "asking" else None}

    def at(number: int) -> str:
        return address(ADDRESS, **asked, page=number if number > 1 else None)

    return Speakers(
        url=at(page),
        who=who,
        total=totals[who],
        answering=totals["answering"],
        asking=totals["asking"],
        page=page,
        pages=pages,
        letters=linked(letters[who], SIZE, at),
        speakers=tuple(
            _listed(each) for each in directory.filed(lease.connection, who, offset=(page - 1) * SIZE, limit=SIZE)
        ),
        previous=at(page - 1) if page > 1 else None,
        next=at(page + 1) if page < pages else None,
    )


def _listed(filed: Filed) -> ListedSpeaker:
    count = filed.count
    return ListedSpeaker(
        slug=count.value,
        name=count.name,
        letter=filed.letter,
        url=permalinks.speaker_path(count.value),
        offices=filed.offices,
        interviews=count.interviews,
        answers=count.answers,
        first=count.first,
        last=count.last,
    )
