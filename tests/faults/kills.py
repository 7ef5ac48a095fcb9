"""Kills imports that have work to do, at random moments, and looks at what is left: `python -m tests.faults.kills`.

Every kill is followed by the same import, let run to its end. A third of the moments lie anywhere in the life of the
process, a third while the build stands beside the archive, a third around its publication, which is short.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Literal

from app.verifying import verify
from tests.faults.commands import ROOT, generation, held, importing, ran, started
from tests.faults.corpus import fill

Phase = Literal["reading", "building", "publishing", "published"]
PHASES: dict[Phase, str] = {
    "reading": "before there was a build",
    "building": "copying, storing, indexing, checking",
    "publishing": "committed, not yet in its place",
    "published": "in its place, the process still there",
}
NAMES = {"archive.db", "archive.db.previous"}
LEFT = {
    f"archive.db.{name}"
    for name in ("leaving", "leaving-copy", *(f"building{side}" for side in ("", "-journal", "-wal", "-shm")))
}
_POLL = 0.0005


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """How an import goes that nobody kills: what it leaves, and when it does what, in seconds from its start."""

    base: bytes | None
    """The archive before it; None where there is none."""
    status: int
    after: str
    """What is held then; see `held`."""
    built: float
    """When the build stood beside the archive."""
    published: float
    ended: float


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: so many seconds after something was seen."""

    since: Literal["start", "build", "commit"]
    seconds: float


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill and what was seen of it."""

    moment: Moment
    phase: Phase
    fresh: bool
    faults: tuple[str, ...]


class Watch:
    """Sees from outside how far an import is, by what stands in the archive's folder."""

    def __init__(self, folder: Path) -> None:
        self.archive = folder / "archive.db"
        self.build, self.journal = folder / "archive.db.building", folder / "archive.db.building-journal"
        self.inode = self._inode()

    def until(self, since: Literal["start", "build", "commit", "publication"], process: Popen[str]) -> None:
        """Return when it is seen, or when the process has ended."""
        writing = False
        while process.poll() is None:
            writing = writing or self.journal.exists()
            if (
                since == "start"
                or (since == "build" and self.build.exists())
                or (since == "commit" and writing and not self.journal.exists())
                or self._inode() != self.inode
            ):
                return
            time.sleep(_POLL)

    def _inode(self) -> int | None:
        try:
            return self.archive.stat().st_ino
        except FileNotFoundError:
            return None


def measured(sources: Path, folder: Path, base: bytes | None) -> Undisturbed:
    """Run an import to its end and take the times."""
    archive = _prepared(folder, base)
    begun, watch = time.monotonic(), Watch(folder)
    process = started(*importing([sources], archive))
    watch.until("build", process)
    built = time.monotonic() - begun
    watch.until("publication", process)
    published = time.monotonic() - begun
    out, err = process.communicate()
    ended = time.monotonic() - begun
    assert process.returncode in (0, 1), err
    assert "Published as generation" in out, out + err
    assert verify(archive) == ()
    return Undisturbed(base, process.returncode, held(archive), built, published, ended)


def drawn(seed: random.Random, number: int, known: Undisturbed) -> Moment:
    """Return the moment of the kill of this number."""
    if number % 3 == 0:
        return Moment("start", seed.uniform(0, known.ended))
    if number % 3 == 1:
        return Moment("build", seed.uniform(0, 1.2 * (known.published - known.built)))
    # Half of these within the few milliseconds in which the file is put in its place, half until the process has ended.
    return Moment("commit", seed.uniform(0, 0.02) if number % 2 else seed.uniform(0, known.ended - known.published))


def killed(sources: Path, folder: Path, known: Undisturbed, moment: Moment) -> Kill | None:
    """Kill an import at a moment, look, and let the next one run; None where it had ended before."""
    archive = _prepared(folder, known.base)
    watch = Watch(folder)
    process = started(*importing([sources], archive))
    watch.until(moment.since, process)
    time.sleep(moment.seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    if process.returncode != -signal.SIGKILL:
        return None
    phase = _phase(archive, known.base)
    faults = [*_left(folder, known, phase), *_next(sources, folder, known)]
    return Kill(moment, phase, known.base is None, tuple(faults))


def _prepared(folder: Path, base: bytes | None) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if base is not None:
        (folder / "archive.db").write_bytes(base)
    return folder / "archive.db"


def _phase(archive: Path, base: bytes | None) -> Phase:
    """Return how far the import was, by what it left."""
    build = archive.with_name("archive.db.building")
    if archive.exists() and archive.read_bytes() != base:
        return "published"
    if not build.exists():
        return "reading"
    if archive.with_name("archive.db.building-journal").exists():
        return "building"
    before = 0 if base is None else generation(archive)
    try:
        with closing(sqlite3.connect(f"{build.as_uri()}?mode=ro&immutable=1", uri=True)) as raw:
            (number,) = raw.execute("SELECT number FROM generation").fetchone() or (0,)
    except sqlite3.Error:
        return "building"
    return "publishing" if number == before + 1 else "building"


def _left(folder: Path, known: Undisturbed, phase: Phase) -> list[str]:
    """Return what is wrong with what a kill left: the archive is the old one, byte for byte, or the new one, whole."""
    archive, faults = folder / "archive.db", []
    names = {path.name for path in folder.iterdir()}
    faults += [f"{name} was left" for name in sorted(names - NAMES - LEFT)]
    if phase == "published":
        faults += verify(archive)
        if held(archive) != known.after:
            faults.append("what is held is neither the old nor the new generation")
    elif known.base is None and archive.exists():
        faults.append("there is an archive, and nothing was published")
    elif known.base is not None and archive.read_bytes() != known.base:
        faults.append("the old generation is not as it was")
    return [f"after the kill: {fault}" for fault in faults]


def _next(sources: Path, folder: Path, known: Undisturbed) -> list[str]:
    """Let the next import run, and return what is wrong with what it leaves."""
    archive = folder / "archive.db"
    process = ran(*importing([sources], archive))
    faults = [] if process.returncode == known.status else [f"status {process.returncode}: {process.stderr}"]
    if not archive.exists():
        return [*faults, "after the next import: no archive"]
    faults += verify(archive)
    if held(archive) != known.after:
        faults.append("not the same ids and words as undisturbed")
    faults += [f"{path.name} was left" for path in folder.iterdir() if path.name not in NAMES]
    return [f"after the next import: {fault}" for fault in faults]


def scenarios(folder: Path, most: int | None = None) -> tuple[Path, tuple[Undisturbed, Undisturbed]]:
    """Return transcripts to import, `most` of each kind, and how that goes over a generation and over none."""
    first, second = fill(folder / "transcripts", most)
    base, run = folder / "base.db", folder / "run"
    process = ran(*importing([first], base))
    assert process.returncode == 0, process.stderr
    assert verify(base) == ()
    return second, (measured(second, run, base.read_bytes()), measured(second, run, None))


def kills(folder: Path, times: int, seed: random.Random) -> list[Kill]:
    """Make that many kills in `folder`; one in five is of a first import, where there is no archive yet."""
    sources, (over, fresh) = scenarios(folder)
    print(
        f"undisturbed: a build after {over.built:.2f} s, published after {over.published:.2f} s, "
        f"ended after {over.ended:.2f} s"
    )
    made: list[Kill] = []
    late = 0
    while len(made) < times:
        known = fresh if len(made) % 5 == 4 else over
        kill = killed(sources, folder / "run", known, drawn(seed, len(made) + late, known))
        if kill is None:
            late += 1
            continue
        made.append(kill)
        for fault in kill.faults:
            print(f"kill {len(made)} ({kill.phase}, {kill.moment}): {fault}", flush=True)
        if len(made) % 10 == 0:
            print(f"  {len(made)} kills, {sum(1 for each in made if each.faults)} with faults", flush=True)
    print(f"{len(made)} kills; {late} more came after the process had ended, and are not counted")
    return made


def show(made: list[Kill]) -> None:
    """Print how many kills fell into which phase, and how many of them left a fault."""
    phases = Counter((kill.phase, kill.fresh) for kill in made)
    print(f"{'phase':<12}{'over one generation':>20}{'over none':>11}{'with faults':>13}")
    for phase, meaning in PHASES.items():
        wrong = sum(1 for kill in made if kill.phase == phase and kill.faults)
        print(f"{phase:<12}{phases[phase, False]:>20}{phases[phase, True]:>11}{wrong:>13}   {meaning}")


def main() -> int:
    """Make the kills that were asked for; status 1 where one left a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=200, help="how many kills (200)")
    parser.add_argument("--seed", type=int, default=None, help="draws the same moments again")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    print(f"{given.times} kills, seed {seed}, of {ROOT}", flush=True)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="verbatim-kills-") as folder:
        made = kills(Path(folder), given.times, random.Random(seed))
    show(made)
    faults = sum(map(len, (kill.faults for kill in made)))
    print(f"{faults} faults, in {time.monotonic() - begun:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
