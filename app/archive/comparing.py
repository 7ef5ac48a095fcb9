"""Tells two versions of a text apart, turn by turn, as values that a redline shows; reading them is in versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.archive.holdings import HeldNote, HeldTurn, Named
from app.archive.pairing import End, Pair, Patience, aligned, heir, words
from app.archive.versions import Version
from app.differing import Change, paired
from app.records import Role

Kind = Literal["same", "relabelled", "moved", "reworded", "given", "added", "removed", "left"]
"""What became of a turn, the gravest thing that did: "given" is to another speaker or role, "left" is the place where
a turn stood before it moved."""

_ORDER: tuple[Kind, ...] = ("reworded", "given", "added", "removed", "moved", "relabelled")
_ROLES: tuple[Role, ...] = ("answer", "statement", "question", "moderator")


@dataclass(frozen=True, slots=True)
class Side:
    """A turn as one of the versions has it, without its words."""

    id: str
    role: Role
    speaker: Named | None
    label: str
    number: int | None
    """Of the exchange."""
    place: int
    """Among the turns that are compared, from 1."""
    line: int


@dataclass(frozen=True, slots=True)
class ComparedTurn:
    """A turn of either version, where the redline shows it."""

    change: Kind
    before: Side | None
    """None where the earlier version has no such turn."""
    after: Side | None
    is_moved: bool
    """Whether it stands elsewhere among the turns, whatever else became of it."""
    difference: tuple[Change, ...]
    """The words, paragraphs parted by line feeds; none where a turn has left, and where they are withheld."""
    end: End | None
    """How the id of `before` ended, where the later version has no such id; or that its words are withheld."""

    @property
    def shown(self) -> Side:
        """The later side, or else the earlier one."""
        side = self.after or self.before
        assert side is not None  # noqa: S101
        return side


@dataclass(frozen=True, slots=True)
class ComparedNote:
    """Words that nobody said and that only one version has, or that were reworded."""

    difference: tuple[Change, ...]
    after: str | None
    """Id of the turn in or after which they stand, in the later version that has them."""
    line: int


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """Something that is said of an interview, and that the two versions say otherwise."""

    fact: str
    """The name it has in the record of an interview or of its source."""
    difference: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many turns of one role one thing became of."""

    change: Kind
    role: Role
    count: int


def compare(old: Sequence[HeldTurn], new: Sequence[HeldTurn], ends: Mapping[str, End]) -> tuple[ComparedTurn, ...]:
    """Return every turn of two versions in the order of a redline: that of the later one, with what is gone between.

    A turn is the same by its id or, where that has ended, if its successor has most of its words. Those that keep their
    order stand, by the longest such run; the others have moved.
    """
    patience, standing = Patience(), frozenset(turn.id for turn in new)
    found: list[ComparedTurn] = []
    for pair in aligned(old, new, ends, patience):
        before, after = _turns(old, new, pair)
        kind = _kind(before, after, pair)
        found.append(
            ComparedTurn(
                change=kind,
                is_moved=pair.is_moved,
                before=_side(before, pair.before),
                after=_side(after, pair.after),
                difference=() if kind == "left" else patience.difference(_words(before), _words(after)),
                end=_end(before, after, standing, ends),
            )
        )
    return tuple(found)


def tally(old: Sequence[HeldTurn], new: Sequence[HeldTurn], ends: Mapping[str, End]) -> tuple[Tally, ...]:
    """Return in numbers what became of the turns, without comparing the words of those that stayed the same turn."""
    found: list[tuple[Kind, Role]] = []
    for pair in aligned(old, new, ends, Patience()):
        before, after = _turns(old, new, pair)
        one = after or before
        if one is not None:
            found.append((_kind(before, after, pair), one.role))
    return _tallied(found)


def counted(turns: Iterable[ComparedTurn]) -> tuple[Tally, ...]:
    """Return in numbers what became of turns that were compared."""
    return _tallied((turn.change, turn.shown.role) for turn in turns)


def _tallied(found: Iterable[tuple[Kind, Role]]) -> tuple[Tally, ...]:
    many = Counter((kind, role) for kind, role in found if kind not in ("same", "left"))
    return tuple(Tally(kind, role, count) for (kind, role), count in sorted(many.items(), key=_rank))


def _rank(counted: tuple[tuple[Kind, Role], int]) -> tuple[int, int]:
    (kind, role), _ = counted
    return _ORDER.index(kind), _ROLES.index(role)


def compare_notes(old: Sequence[HeldNote], new: Sequence[HeldNote]) -> tuple[ComparedNote, ...]:
    """Return the notes that are not the same in both versions, in order; of those reworded, both wordings as one."""
    found: list[ComparedNote] = []
    i = j = 0
    pairs = paired([note.text for note in old], [note.text for note in new])
    for a, b in [*pairs, (len(old), len(new))]:
        gone, come = old[i:a], new[j:b]
        both = min(len(gone), len(come))
        texts = [(one.text, other.text, other) for one, other in zip(gone, come, strict=False)]
        texts += [(one.text, "", one) for one in gone[both:]] + [("", other.text, other) for other in come[both:]]
        patience = Patience()
        found += (ComparedNote(patience.difference(one, other), at.after, at.line) for one, other, at in texts)
        i, j = a + 1, b + 1
    return tuple(found)


def compare_facts(old: Version, new: Version) -> tuple[ComparedFact, ...]:
    """Return what the versions say otherwise of the interview and of where its text is from; not of the file itself."""
    patience, one, other = Patience(), _facts(old), _facts(new)
    return tuple(
        ComparedFact(fact, patience.difference(text, other[fact])) for fact, text in one.items() if text != other[fact]
    )


def _facts(version: Version) -> dict[str, str]:
    people = {True: list[str](), False: list[str]()}
    for who in version.people:
        people[who.answers > 0].append(f"{who.name}, {who.office}" if who.office else who.name)
    return {
        "title": version.title,
        "date": version.date or "",
        "time": version.time or "",
        "place": version.place or "",
        "also_in": ", ".join(version.also_in),
        "outlets": ", ".join(outlet.name for outlet in version.outlets),
        "speakers": "; ".join(people[True]),
        "interviewers": "; ".join(people[False]),
        "publisher": version.source.publisher or "",
        "url": version.source.url or "",
        "licence": version.source.licence or "",
        "translation": version.source.translation or "",
    }


def _turns(old: Sequence[HeldTurn], new: Sequence[HeldTurn], pair: Pair) -> tuple[HeldTurn | None, HeldTurn | None]:
    return None if pair.before is None else old[pair.before], None if pair.after is None else new[pair.after]


def _kind(before: HeldTurn | None, after: HeldTurn | None, pair: Pair) -> Kind:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    if pair.is_left:
        return "left"
    if (before.role, before.speaker) != (after.role, after.speaker):
        return "given"
    if before.paragraphs != after.paragraphs:
        return "reworded"
    if pair.is_moved:
        return "moved"
    return "same" if before.label == after.label else "relabelled"


def _end(
    before: HeldTurn | None, after: HeldTurn | None, standing: Container[str], ends: Mapping[str, End]
) -> End | None:
    turn = before or after
    end = None if turn is None else ends.get(turn.id)
    if turn is None or end is None or (turn.id in standing and end.kind != "withheld"):
        return None
    return replace(end, successor=heir(turn.id, standing, ends) or end.successor)


def _side(turn: HeldTurn | None, place: int | None) -> Side | None:
    if turn is None or place is None:
        return None
    return Side(turn.id, turn.role, turn.speaker, turn.label, turn.exchange, place + 1, turn.line)


def _words(turn: HeldTurn | None) -> str:
    return "" if turn is None else words(turn)
