"""What a page of results offers where nothing was found: what emptied the search, and searches like it that find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.archive.opening import Lease
from app.search.counting import Found
from app.search.relaxing import Part, relaxed
from app.web.restrictions import Restriction
from app.web.sought import Side, Sought


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A search that finds something."""

    query: str
    side: Side
    url: str
    """Path and query."""
    total: int
    total_is_exact: bool


@dataclass(frozen=True, slots=True)
class Emptied:
    """A word or filter of a search that found nothing."""

    text: str
    is_filter: bool
    is_nowhere: bool
    """Whether it finds nothing by itself."""
    alone: Suggestion | None
    """By itself, where that finds something and is not the whole search."""
    rest: Suggestion | None
    """All else that was asked for, where that finds something."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What there is in place of nothing."""

    emptied: tuple[Emptied, ...] = ()
    meant: tuple[Suggestion, ...] = ()
    """With words of the archive's own in place of those that stand nowhere in it."""
    sides: tuple[Suggestion, ...] = ()
    """The same where else it could be looked for."""
    loose: Suggestion | None = None
    """Without quotation marks."""


def advice(lease: Lease, sought: Sought, restrictions: Sequence[Restriction]) -> Advice:
    """Return what to offer to whoever asked for something that is not there."""
    found = relaxed(lease.connection, sought.request())
    titles = {restriction.parameter: restriction.title for restriction in restrictions if not restriction.typed}
    return Advice(
        emptied=tuple(_emptied(part, titles, len(found.parts) > 1) for part in found.parts),
        meant=tuple(map(_suggestion, found.meant)),
        sides=tuple(map(_suggestion, found.sides)),
        loose=None if found.loose is None else _suggestion(found.loose),
    )


def _emptied(part: Part, titles: dict[str, str], has_others: bool) -> Emptied:
    names = [name.replace("language", "lang") for name in part.parameters]
    given = titles.get("year") if "after" in names and "year" in titles else None
    text = given or ", ".join(titles[name] for name in names if name in titles) or part.text
    return Emptied(
        text=text,
        is_filter=bool(part.parameters) or part.is_operator,
        is_nowhere=not part.alone.total,
        alone=_suggestion(part.alone) if part.alone.total and has_others else None,
        rest=_suggestion(part.rest) if part.rest is not None and part.rest.total else None,
    )


def _suggestion(found: Found) -> Suggestion:
    asked = found.request
    sought = Sought(
        asked.q, asked.side, asked.speaker, asked.outlet, asked.language, asked.after, asked.before, asked.sort
    )
    return Suggestion(asked.q, asked.side, sought.at(), found.total, found.is_exact)
