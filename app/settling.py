"""Brings the people and outlets that are held to the names that the registers give them, without ending an id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.archive import merging, people
from app.archive.holdings import Named
from app.archive.merging import Held, Kind
from app.archive.publishing import Connected
from app.registers import OutletEntry, PersonEntry, Registers, called, folded
from app.search.index import index_interview, remove_interview


@dataclass(frozen=True, slots=True)
class Settled:
    """What a register changed of what is held."""

    kind: Kind
    how: Literal["merged", "renamed", "told apart"]
    """Of whom is told apart, the old name stays where the register does not say otherwise."""
    old: Named
    new: Named
    interviews: int
    """How many interviews name them, in any version."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rows are one person, or outlet, of the register."""

    kind: Kind
    entry: PersonEntry | OutletEntry
    whole: list[Held] = field(default_factory=list)
    """Rows that are so wherever they are named, the oldest first."""
    apart: list[tuple[Held, int]] = field(default_factory=list)
    """Rows that are so in one interview, with its row."""


def planned(c: Connected, known: Registers) -> tuple[Plan, ...]:
    """Return what has to be done for all that is held to be named as the registers name it; nothing is written."""
    return tuple(plan for plan in (*_outlets(c, known), *_people(c, known)) if _is_due(c, plan))


def of_interview(
    c: Connected, interview: int, known: Registers, outlets: Collection[str], ids: Collection[str]
) -> tuple[Plan, ...]:
    """Return the same for the people of one interview, whose corrected source has these outlets and ids."""
    plans: dict[str, Plan] = {}
    for held in merging.speakers_of(c, interview) if known.people else ():
        labels = merging.context(c, interview, held.id).labels
        _tell_apart(plans, held, interview, known.persons((held.named.name, *labels), outlets, ids))
    return tuple(plans.values())


def carry_out(c: Connected, plans: Sequence[Plan]) -> tuple[Settled, ...]:
    """Do what is planned: ids, words and versions stay, an address that changes leads on; the index is kept in step."""
    moves = [_moves(c, plan) for plan in plans]
    touched = sorted({interview for each in moves for _, interview in each})
    for interview in touched:
        remove_interview(c, interview)
    done: list[Settled] = []
    for plan, each in zip(plans, moves, strict=True):
        done += _unite(c, plan, each)
    done += _leave(c, plans)
    for interview in touched:
        index_interview(c, interview)
    return tuple(done)


def _outlets(c: Connected, known: Registers) -> Iterator[Plan]:
    plans = {entry.name: Plan("outlet", entry) for entry in known.outlets}
    for held in merging.held(c, "outlet") if plans else ():
        plan = plans.get(known.outlet(held.named.name))
        if plan is not None:
            plan.whole.append(held)
    yield from plans.values()


def _people(c: Connected, known: Registers) -> Iterator[Plan]:
    """Yield a plan for each person. Whoever could be several of the register is looked at interview by interview."""
    plans = {entry.name: Plan("speaker", entry) for entry in known.people}
    entries: defaultdict[str, set[PersonEntry]] = defaultdict(set)
    for entry in known.people:
        for name in called(entry):
            entries[name].add(entry)
    for held in merging.held(c, "speaker") if plans else ():
        name = folded(held.named.name)
        able = set().union(*(entries.get(each, ()) for each in {name, *map(folded, held.labels)}))
        sure = [entry for entry in able if not entry.is_qualified and name in called(entry)]
        if len(able) > 1:
            sure = [entry for entry in sure if entry.name == held.named.name]
        for entry in sure[:1]:
            plans[entry.name].whole.append(held)
        if (able and not sure) or any(entry.is_qualified for entry in able):
            for interview in merging.interviews_of(c, "speaker", held.id):
                here = merging.context(c, interview, held.id)
                outlets = [known.outlet(outlet) for outlet in here.outlets]
                found = known.persons((held.named.name, *here.labels), outlets, here.given)
                _tell_apart(plans, held, interview, found)
    yield from plans.values()


def _tell_apart(plans: dict[str, Plan], held: Held, interview: int, able: Sequence[PersonEntry]) -> None:
    if len(able) == 1 and able[0].name != held.named.name:
        plans.setdefault(able[0].name, Plan("speaker", able[0])).apart.append((held, interview))


def _is_due(c: Connected, plan: Plan) -> bool:
    if plan.apart or len(plan.whole) > 1:
        return True
    return bool(plan.whole) and plan.whole[0].named != _named(c, plan, plan.whole[0])


def _survivor(plan: Plan) -> Held | None:
    """Return the row that is kept: the one with the name that is stated, else with the slug, else the oldest."""
    by_name = [held for held in plan.whole if held.named.name == plan.entry.name]
    by_slug = [held for held in plan.whole if held.named.slug == plan.entry.slug]
    return next(iter((*by_name, *by_slug, *plan.whole)), None)


def _named(c: Connected, plan: Plan, survivor: Held) -> Named:
    """Return name and slug that the row which is kept shall have.

    A slug that is not stated changes with the name alone, and none becomes what was another's.
    """
    name, stated, own = plan.entry.name, plan.entry.slug, [held.named.slug for held in plan.whole]
    if stated is not None:
        return Named(stated if merging.is_open(c, plan.kind, stated, own, name) else survivor.named.slug, name)
    if name == survivor.named.name:
        return survivor.named
    plain = merging.plain_slug(plan.kind, name)
    return Named(
        plain if merging.is_open(c, plan.kind, plain, own, name) else merging.free_slug(c, plan.kind, name), name
    )


def _moves(c: Connected, plan: Plan) -> list[tuple[Held, int]]:
    """Return the rows that shall no longer be named in an interview, and in which."""
    survivor = _survivor(plan)
    gone = [held for held in plan.whole if held is not survivor]
    return [(held, row) for held in gone for row in merging.interviews_of(c, plan.kind, held.id)] + plan.apart


def _unite(c: Connected, plan: Plan, moves: Sequence[tuple[Held, int]]) -> Iterator[Settled]:
    survivor = _survivor(plan)
    if survivor is None:
        into = people.speaker(c, plan.entry.name, plan.entry.slug)
        now = merging.named(c, plan.kind, into)
    else:
        into, now = survivor.id, _named(c, plan, survivor)
    for held, interview in moves:
        merging.move(c, plan.kind, interview, held.id, into)
    gone = [held for held in plan.whole if held is not survivor]
    for held in gone:
        merging.drop(c, plan.kind, held, into)
    if survivor is not None and survivor.named != now:
        merging.rename(c, plan.kind, into, now)
        count = len(merging.interviews_of(c, plan.kind, into))
        yield Settled(plan.kind, "renamed", survivor.named, now, count)
        merging.lead(c, plan.kind, survivor.named, now)
    for held in gone:
        merging.lead(c, plan.kind, held.named, now)
        yield Settled(plan.kind, "merged", held.named, now, sum(one is held for one, _ in moves))


def _leave(c: Connected, plans: Sequence[Plan]) -> Iterator[Settled]:
    """Tell whose rows were left in some interviews; one that was left in all, for one and the same, goes."""
    into: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
    rows: dict[int, Held] = {}
    for plan in plans:
        for held, interview in plan.apart:
            rows[held.id] = held
            into[held.id].setdefault(plan.entry.name, []).append(interview)
    for id, names in into.items():
        held, is_left = rows[id], not merging.interviews_of(c, "speaker", id)
        for name, interviews in names.items():
            new = people.speaker(c, name)
            now = merging.named(c, "speaker", new)
            goes = is_left and len(names) == 1
            if goes:
                merging.drop(c, "speaker", held, new)
                merging.lead(c, "speaker", held.named, now)
            yield Settled("speaker", "merged" if goes else "told apart", held.named, now, len(interviews))
        if not is_left:
            merging.trim_labels(c, id)
