"""Finds the speakers, outlets and languages that the filters of a search name, as tokens of the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from app.archive.tables import outlets, redirects, speakers
from app.permalinks import slugify
from app.search.languages import LANGUAGES
from app.search.query import Filter, FilterKind, Mistake, Query, Side, rendered
from app.search.restatement import language_name
from app.search.rows import language_tokens, outlet_token, speaker_tokens

_OPERATORS = {"speaker": "speaker", "outlet": "outlet", "language": "lang"}
_TABLES = {"speaker": speakers, "outlet": outlets}
_MOST_NAMED = 5
_MOST_PARTS = 8


class _Held(NamedTuple):
    """A speaker or outlet of the archive."""

    id: int
    slug: str
    name: str


_BY_SLUG = {
    kind: select(table.c.id, table.c.slug, table.c.name).where(table.c.slug == bindparam("slug"))
    for kind, table in _TABLES.items()
}
_BY_PART = {
    kind: select(table.c.id, table.c.slug, table.c.name)
    .where(("-" + table.c.slug + "-").contains(bindparam("part")))
    .order_by(func.length(table.c.slug), table.c.slug)
    for kind, table in _TABLES.items()
}
_REDIRECT = select(redirects.c.new).where(redirects.c.kind == bindparam("kind"), redirects.c.old == bindparam("slug"))


@dataclass(frozen=True, slots=True)
class Resolved:
    """One filter as the index knows it."""

    filter: Filter
    name: str
    """As people write it."""
    token: str | None = None
    """The filter token of the rows it lets through; None where it names nothing that is held."""
    mistake: Mistake | None = None


def typed(c: Connection, query: Query, side: Side) -> list[Resolved]:
    """Resolve the operators of a query. They take slugs, names and parts of names that only one bears."""
    return [_operator(c, query, each, side) for each in query.filters]


def given(c: Connection, filters: Iterable[Filter], side: Side) -> list[Resolved]:
    """Resolve filters that are slugs and tags, given beside a query."""
    return [_parameter(c, each, side) for each in filters]


def _parameter(c: Connection, each: Filter, side: Side) -> Resolved:
    if each.kind == "language":
        return _language(each)
    held = _by_slug(c, each.kind, each.value)
    if held is not None:
        return _resolved(each, held, side)
    return Resolved(each, each.value, mistake=Mistake(f"This archive has no {each.kind} “{each.value[:80]}”.", None))


def _operator(c: Connection, query: Query, each: Filter, side: Side) -> Resolved:
    if each.kind == "language":
        return _language(each)
    slug = slugify(each.value)
    held = _by_slug(c, each.kind, each.value) or _by_slug(c, each.kind, slug)
    if held is not None:
        return _resolved(each, held, side)
    fitting = _by_parts(c, each.kind, slug)
    if len(fitting) == 1:
        return _resolved(each, fitting[0], side)
    operator = _OPERATORS[each.kind]
    if not fitting:
        message = f"This archive has no {each.kind} “{each.value[:80]}”."
        return Resolved(each, each.value, mistake=Mistake(message, _corrected(query, each, None)))
    listed = ", ".join(f"{operator}:{one.slug} ({one.name})" for one in fitting[:_MOST_NAMED])
    more = " and others" if len(fitting) > _MOST_NAMED else ""
    message = f"“{operator}:{each.value[:80]}” fits more than one: {listed}{more}."
    return Resolved(each, each.value, mistake=Mistake(message, _corrected(query, each, fitting[0].slug)))


def _language(each: Filter) -> Resolved:
    """Resolve a language given as a tag or by its English name."""
    tag = next((tag for tag, name in LANGUAGES.items() if name.lower() == each.value.lower()), each.value)
    tokens = language_tokens(tag)
    if not tokens:
        return Resolved(each, each.value, mistake=Mistake(f"“{each.value[:80]}” is no language tag such as en.", None))
    return Resolved(each, language_name(tag), tokens[-1])


def _resolved(each: Filter, held: _Held, side: Side) -> Resolved:
    token = outlet_token(held.id) if each.kind == "outlet" else speaker_tokens(side, {held.id})[0]
    return Resolved(each, held.name, token)


def _by_slug(c: Connection, kind: FilterKind, slug: str) -> _Held | None:
    """Return what bears a slug, or bore it before it was renamed or merged."""
    held = c.execute(_BY_SLUG[kind], {"slug": slug}).one_or_none()
    if held is None:
        new = c.execute(_REDIRECT, {"kind": kind, "slug": slug}).scalar()
        held = c.execute(_BY_SLUG[kind], {"slug": new}).one_or_none() if new else None
    return _Held(*held) if held is not None else None


def _by_parts(c: Connection, kind: FilterKind, slug: str) -> Sequence[_Held]:
    """Return what has all words of `slug` among the words of its own, the shortest slugs first."""
    parts = [f"-{part}-" for part in slug.split("-") if part]
    if not parts or len(parts) > _MOST_PARTS:
        return []
    found = c.execute(_BY_PART[kind], {"part": max(parts, key=len)}).all()
    return [_Held(*held) for held in found if all(part in f"-{held.slug}-" for part in parts)]


def _corrected(query: Query, each: Filter, value: str | None) -> str | None:
    """Return the query with another value for one filter, or without it."""
    kept = []
    for lexeme in query.lexemes:
        is_it = lexeme.kind == "operator" and lexeme.name == _OPERATORS[each.kind] and lexeme.text == each.value
        if not is_it:
            kept.append(lexeme)
        elif value is not None:
            kept.append(replace(lexeme, text=value))
    return rendered(tuple(kept)) or None
