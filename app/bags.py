"""Exports an archive as a bag and restores one: where bags, registers, the index and the checks of verify meet."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app import registers, verifying
from app.archive import bagging, bagit, header, layout, reading, unbagging
from app.archive.bagging import Bagged
from app.archive.opening import for_checking
from app.archive.publishing import building, rehearsing
from app.errors import ArchiveMissing, BagRefused, PublishingFailed
from app.search.index import rebuild

is_bag = bagit.is_bag
_REGISTERS = {registers.PEOPLE: registers.read_people, registers.OUTLETS: registers.read_outlets}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was made of a bag."""

    bag: str
    archive: str
    digest: str
    """Of all that is held; it is the one that the bag states."""
    interviews: int
    generation: int | None
    """None of a dry run, where nothing is published."""
    registers: tuple[str, ...]
    """Those put beside the archive."""
    left: tuple[str, ...]
    """Those that were not, since others stood there."""


def export(archive: Path, folder: Path) -> Bagged:
    """Write the published archive and the registers beside it into a new bag; see bagging.write for what it raises."""
    return bagging.write(archive, folder, [archive.parent / name for name in _REGISTERS])


def restore(folder: Path, archive: Path, *, dry_run: bool = False) -> Restored:
    """Make the archive anew from a bag, where none is yet or one that holds nothing.

    Every file is compared with the bag's manifests, every record is checked, and the new archive is verified whole
    before it is published: with the digest that the bag states, or not at all. Raises BagRefused with file, line and
    reason, SourceRefused for a mistake in a register, PublishingFailed where the archive holds anything, and
    ArchiveBusy and ArchiveUnreadable.
    """
    _require_empty(archive)
    bag = bagit.read(folder)
    unbagging.check_origin(bag)
    stated = _registers(bag)
    with (rehearsing if dry_run else building)(archive) as c:
        if unbagging.holds_any(c):  # somebody else's import came first
            raise _not_empty(archive)
        unbagging.fill(c, bag)
        rebuild(c)
        unbagging.settle(c, bag)
        for fault in verifying.faults(c):
            raise BagRefused(str(folder), 1, f"what is in it is not sound: {fault}")
        interviews = unbagging.count(c)
        generation = None if dry_run else reading.generation(c).number + 1
        put, left = ((), ()) if dry_run else _put(stated, archive.parent)
    return Restored(str(folder), str(archive), bag.stated(layout.DIGEST), interviews, generation, put, left)


def _require_empty(archive: Path) -> None:
    try:
        if header.schema_of(archive) < header.CURRENT:
            raise _not_empty(archive)
    except ArchiveMissing:
        return
    with for_checking(archive) as c:
        if unbagging.holds_any(c):
            raise _not_empty(archive)


def _not_empty(archive: Path) -> PublishingFailed:
    reason = "it holds interviews, and a bag is restored into an archive that holds none; name another after --archive"
    return PublishingFailed(archive, reason)


def _registers(bag: bagit.Bag) -> dict[str, bytes]:
    """Return the registers of a bag, each read as an import would; raises SourceRefused for a mistake."""
    found: dict[str, bytes] = {}
    for path in bag.payload:
        if path.startswith(layout.register("")):
            name = path.removeprefix(layout.register(""))
            if name not in _REGISTERS:
                raise BagRefused(bag.where(path), 1, f"is no register: there are {' and '.join(_REGISTERS)}")
            found[name] = (bag.folder / path).read_bytes()
            _REGISTERS[name](bag.where(path), found[name])
    return found


def _put(stated: dict[str, bytes], folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Put registers beside the archive, where there are none; return their names, and those of which others are there.

    It is done before the archive is published: an import after this one keeps to them.
    """
    put: list[str] = []
    left: list[str] = []
    for name, data in stated.items():
        place = folder / name
        if place.exists():
            (put if place.read_bytes() == data else left).append(name)
            continue
        aside = folder / f"{name}.restoring"
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
        put.append(name)
    return tuple(put), tuple(left)
