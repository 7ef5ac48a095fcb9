"""Reads, parses and stores sources, in a generation begun when it is needed; which sources is decided elsewhere."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import bounded, registers, settling
from app.archive import ending, header, identity, reading
from app.archive.opening import Library
from app.archive.publishing import Connected, NothingToPublish, building, rehearsing
from app.archive.writing import Receipt, Stored
from app.archive.writing import store as write
from app.archive.writing import store_new as write_new
from app.errors import ArchiveMissing, NotHeld, SourceRefused
from app.records import Interview, Source
from app.search.index import ANALYSIS, index_interview, rebuild
from app.settling import Settled

_TOGETHER = 100
"""Interviews that are indexed at once."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which published ids may end, why, and what people and outlets are called."""

    retire: frozenset[str]
    reason: str
    known: registers.Registers


def wishes_for(archive: Path, retire: Sequence[str], reason: str | None) -> Wishes:
    """Return the wishes for an archive, with the registers that stand beside it.

    Raises SourceRefused for a mistake in a register, and ValueError where ids are to be retired for no reason.
    """
    if retire and not (reason or "").strip():
        raise ValueError("ids are retired for a reason that readers can see; none is given")
    people, outlets = archive.parent / registers.PEOPLE, archive.parent / registers.OUTLETS
    known = registers.Registers(
        registers.read_people(str(people), _register(people)), registers.read_outlets(str(outlets), _register(outlets))
    )
    return Wishes(frozenset(retire), reason or "", known)


def _register(path: Path) -> bytes:
    """Return the bytes of a register, none where there is no such file; one that cannot be read stops the import."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise SourceRefused(str(path), 1, f"cannot be read: {error.strerror}", "unreadable") from error


class Target:
    """The archive as it is met: read as it is published until something has to be written."""

    def __init__(self, archive: Path, dry_run: bool, stack: ExitStack) -> None:
        self.archive, self.dry_run, self.stack = archive, dry_run, stack
        self.build: Connected | None = None
        self.generation: int | None = None
        """The one that was published; None where none was."""
        self.changed = False
        self.settled: list[Settled] = []
        """What the registers changed of what is held."""
        self._waiting: list[int] = []
        self._published: Connected | None = None
        try:
            is_current = header.schema_of(archive) == header.CURRENT
        except ArchiveMissing:
            return
        if is_current:
            library = Library(archive, query_seconds=float("inf"))
            stack.callback(library.close)
            lease = stack.enter_context(library.lease())
            self._published = lease.connection
            is_current = lease.generation.analysis == ANALYSIS
        if not is_current:
            rebuild(self.to_write())
            self.changed = True

    def to_read(self) -> Connected | None:
        """Return a connection to what is held, None where nothing is."""
        return self.build or self._published

    def to_write(self) -> Connected:
        """Return the connection to the generation that is being built."""
        if self.build is None:
            self.build = self.stack.enter_context((rehearsing if self.dry_run else building)(self.archive))
        return self.build

    def index_later(self, interview: int) -> None:
        """Index an interview that is new with others that are: between two steps the index writes out all it has."""
        self._waiting.append(interview)
        if len(self._waiting) >= _TOGETHER:
            self.index_waiting()

    def index_waiting(self) -> None:
        """Index those that wait, in the order they came in."""
        for interview in self._waiting:
            index_interview(self.to_write(), interview)
        self._waiting.clear()


@contextmanager
def working(archive: Path, wishes: Wishes, *, dry_run: bool) -> Iterator[Target]:
    """Meet an archive to store in it, brought to the registers first; what was changed is published at the end.

    Raises NotHeld for an id to be retired that was never published, and what publishing raises.
    """
    with ExitStack() as stack:
        target = Target(archive, dry_run, stack)
        held = target.to_read()
        for id in sorted(wishes.retire):
            if held is None or not ending.is_known(held, id):
                raise NotHeld("id", id)
        settle(target, wishes.known)
        yield target
        target.index_waiting()
        if target.build is not None:
            if not target.changed:
                raise NothingToPublish
            target.generation = None if dry_run else reading.generation(target.build).number + 1


def unused(retire: Iterable[str], ended: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return which of the ids that were named to be retired did not end, in their order; `ended` are those of each."""
    gone = {id for ids in ended for id in ids}
    return tuple(dict.fromkeys(id for id in retire if id not in gone))


def settle(target: Target, known: registers.Registers) -> None:
    """Bring what is held to the registers, where it is not; whoever stores anything does this before."""
    held = target.to_read()
    if held is not None and settling.planned(held, known):
        c = target.to_write()
        target.settled += settling.carry_out(c, settling.planned(c, known))
        target.changed = True


def read(
    source: Source,
    known: registers.Registers,
    held: Connected | None = None,
    of: int | None = None,
    *,
    reading: Callable[[Source], tuple[Interview, str]] = bounded.read,
) -> tuple[Interview, str]:
    """Return what is in a source, under the names that the registers give, and the encoding that was found.

    An interview that is held in `held` counts by the ids of all its versions; `of` is its row, where that is known;
    `reading` does what `bounded.read` does. Raises SourceRefused. A fault of a reader or parser refuses the file and is
    warned of.
    """
    try:
        interview, encoding = reading(source)
    except SourceRefused:
        raise
    except Exception as error:
        warnings.warn(f"{source.name}: {type(error).__name__}: {error}", RuntimeWarning, stacklevel=2)
        fault = f"internal fault ({type(error).__name__}: {error}); please report it with the file"
        raise SourceRefused(source.name, 1, fault, "fault") from error
    version_of = None if held is None else _held(held, source, interview, of)
    return registers.settled(interview, known, _ids(source, version_of)), encoding


def store(target: Target, receipt: Receipt, wishes: Wishes, of: int | None = None) -> Stored:
    """Store a receipt, whole or not at all, and index it now or before it is published.

    The generation is begun where none is. `of` is the row of the interview that it is of, where that is known. Where
    the receipt's own ids and outlets tell who somebody is, the versions before it are told so first.
    """
    c = target.to_write()
    source, interview = receipt.source, receipt.interview
    held = _held(c, source, interview, of)
    if held is None:
        with c.begin_nested():
            stored = write_new(c, receipt)
        target.index_later(stored.interview_id)
    else:
        target.index_waiting()
        with c.begin_nested() as step:
            plans = settling.of_interview(c, held.id, wishes.known, interview.outlets, _ids(source, held))
            settled = settling.carry_out(c, plans)
            stored = write(c, receipt, retire=wishes.retire, reason=wishes.reason, of=held.id)
            if stored.outcome == "held back":
                step.rollback()
                return stored
            index_interview(c, stored.interview_id)
        target.settled += settled
    target.changed = True
    return stored


def _held(c: Connected, source: Source, interview: Interview, of: int | None) -> identity.HeldRow | None:
    return identity.find(c, source, interview) if of is None else identity.at_row(c, of)


def _ids(source: Source, held: identity.HeldRow | None) -> frozenset[str]:
    """Return the ids that the sidecars of a source, and of what is held of its interview, state."""
    given = frozenset() if held is None else held.given
    return given if source.provenance.id is None else given | {source.provenance.id}


def holding_back(name: str, stored: Stored) -> str:
    """Return why what is held back is, and what to do about it."""
    many = f"{len(stored.ended)} published ids" if len(stored.ended) > 1 else "a published id"
    return f"{name}: held back: it would end {many}; name them after --retire, with a --reason"
