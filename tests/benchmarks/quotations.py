"""Measures how often the quotation check is right: `python -m tests.benchmarks.quotations ARCHIVE [--others ARCHIVE]`.

True quotations are cut from turns of the archive and damaged in ten ways. Never said are sentences of another archive,
or words of the archive put together anew. What is found word for word in a text that has it word for word is right.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import Connection, text

from app.archive.opening import Library
from app.search import quoting
from app.search.aligning import exact
from app.search.folding import words
from app.search.quotation import read
from app.search.quoting import check

FOUND, FALSE_NEAR = 0.99, 0.01
_TURNS = text("SELECT id FROM search_rows WHERE side IN ('answer', 'question')")
_TURN = text(
    "SELECT public_id, text FROM search_rows JOIN passages ON passages.id = passage_id "
    "JOIN turns ON turns.id = search_rows.turn_id WHERE search_rows.id = :id"
)
_TEXT = text(
    "SELECT text FROM search_rows JOIN passages ON passages.id = passage_id "
    "JOIN turns ON turns.id = search_rows.turn_id WHERE public_id = :id"
)
_LEAST, _MOST = 6, 40
"""Words of a quotation."""
Damage = Callable[[list[str], Random], str]


@dataclass(slots=True)
class Told:
    """What was seen."""

    asked: int = 0
    right: int = 0
    """Of the true quotations, the right turn first, or another as near as that one."""
    near: int = 0
    """Of those never said."""
    false_exact: int = 0
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def _left_out(said: list[str], rng: Random) -> str:
    place = rng.randrange(len(said))
    return " ".join(said[:place] + said[place + 1 :])


def _put_in(said: list[str], rng: Random) -> str:
    place = rng.randrange(len(said) + 1)
    return " ".join([*said[:place], rng.choice(("really", "very", "not", "also", "очень")), *said[place:]])


def _shortened(said: list[str], rng: Random) -> str:
    if len(said) < 9:
        return " ".join(said)
    start = rng.randint(3, len(said) - 5)
    end = min(len(said) - 2, start + rng.randint(1, 6))
    return " ".join([*said[:start], rng.choice(("…", "[...]", "...", "[…]")), *said[end:]])


def _mistyped(said: list[str], rng: Random) -> str:
    longest = max(range(len(said)), key=lambda place: len(said[place]))
    word = said[longest]
    at = rng.randrange(max(1, len(word) - 1))
    changed = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    return " ".join([*said[:longest], changed, *said[longest + 1 :]])


def _swapped(said: list[str], rng: Random) -> str:
    at = rng.randrange(len(said) - 1)
    return " ".join([*said[:at], said[at + 1], said[at], *said[at + 2 :]])


DAMAGES: dict[str, Damage] = {
    "none": lambda said, _: " ".join(said),
    "quotation marks": lambda said, _: f"“{' '.join(said).replace(chr(39), '’')}”",
    "capitals": lambda said, _: " ".join(said).upper(),
    "dashes": lambda said, _: " ".join(said).replace(" - ", " — ").replace(",", " –"),
    "line breaks": lambda said, _: "\n".join(" ".join(said[at : at + 5]) for at in range(0, len(said), 5)),
    "a word left out": _left_out,
    "a word put in": _put_in,
    "an ellipsis": _shortened,
    "a slip of the keys": _mistyped,
    "two words swapped": _swapped,
}


def true(c: Connection, many: int, rng: Random) -> Told:
    """Check quotations that are true but for their damage."""
    told = Told()
    ids = c.execute(_TURNS).scalars().all()
    while told.asked < many:
        public_id, whole = c.execute(_TURN, {"id": rng.choice(ids)}).one()
        said = whole.split()
        if len(said) < 2 * _LEAST:
            continue
        name, damage = list(DAMAGES.items())[told.asked % len(DAMAGES)]
        length = rng.randint(_LEAST, min(_MOST, len(said)))
        start = rng.randint(0, len(said) - length)
        quoted = damage(said[start : start + length], rng)
        begun = time.perf_counter()
        found = check(c, quoted)
        told.seconds.append(time.perf_counter() - begun)
        told.asked += 1
        best = {match.id for match in found.matches if match.score == found.matches[0].score}
        if public_id in best:
            told.right += 1
        else:
            told.failures.append(f"{name}{', out of time' if found.timed_out else ''}: {quoted}")
        told.false_exact += _is_false(c, found.quotation.text, [m.id for m in found.matches if m.is_exact])
    return told


def never(c: Connection, quotations: Sequence[str]) -> Told:
    """Check quotations that nobody said."""
    told = Told()
    for quoted in quotations:
        begun = time.perf_counter()
        found = check(c, quoted)
        told.seconds.append(time.perf_counter() - begun)
        told.asked += 1
        told.near += found.verdict == "near"
        told.false_exact += _is_false(c, found.quotation.text, [m.id for m in found.matches if m.is_exact])
        if found.verdict == "near":
            told.failures.append(f"{found.matches[0].score:.2f}: {quoted} | {found.matches[0].passage}")
    return told


def _is_false(c: Connection, quoted: str, ids: Sequence[str]) -> bool:
    """Say whether one of these turns does not have the quotation word for word in any of its readings."""
    readings = read(quoted).readings
    return any(exact(readings, words(c.execute(_TEXT, {"id": id}).scalar_one())) is None for id in ids)


def sentences(c: Connection, many: int, rng: Random) -> list[str]:
    """Return sentences of an archive."""
    ids = c.execute(_TURNS).scalars().all()
    found: dict[str, None] = {}
    while len(found) < many:
        whole = c.execute(_TURN, {"id": rng.choice(ids)}).one().text
        able = [each for each in re.split(r"(?<=[.!?])\s+", whole) if _LEAST <= len(each.split()) <= _MOST]
        found.update(dict.fromkeys(rng.sample(able, 1) if able else []))
    return list(found)


def recombined(c: Connection, many: int, rng: Random) -> list[str]:
    """Return as many made of the words of sentences: two words of each."""
    said = [each.split() for each in sentences(c, many, rng)]
    made = []
    for _ in range(many):
        pairs = ((one, rng.randrange(len(one) - 1)) for one in rng.choices(said, k=rng.randint(4, 10)))
        made.append(" ".join(word for one, at in pairs for word in one[at : at + 2]))
    return made


def main() -> None:
    """Read the command line, check and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.quotations", description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--others", type=Path, help="an archive of what was not said in the first")
    parser.add_argument("--many", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patient", action="store_true", help="no deadline, on a machine that has other things to do")
    stated = parser.parse_args()
    if stated.patient:
        quoting.SECONDS = inf
    rng = Random(stated.seed)
    library = Library(stated.archive, query_seconds=float("inf"))
    with library.lease() as lease:
        c = lease.connection
        if stated.others is None:
            unsaid = recombined(c, stated.many, rng)
        else:
            with Library(stated.others, query_seconds=float("inf")).lease() as others:
                unsaid = sentences(others.connection, stated.many, rng)
        said, never_said = true(c, stated.many, rng), never(c, unsaid)
    for failure in (*said.failures, *never_said.failures):
        print(failure.replace("\n", " "))
    for what, told in (("true", said), ("never said", never_said)):
        print(
            f"{what}: {told.asked} in {1000 * median(told.seconds):.0f} ms by median, {max(told.seconds):.2f} s at most"
        )
    print(f"true, the right turn first: {said.right} of {said.asked} (at least {FOUND:.0%})")
    print(f"false exact: {said.false_exact + never_said.false_exact} (none)")
    print(f"false near: {never_said.near} of {never_said.asked} (at most {FALSE_NEAR:.0%})")
    is_right = said.right >= FOUND * said.asked and never_said.near <= FALSE_NEAR * never_said.asked
    sys.exit(not is_right or bool(said.false_exact + never_said.false_exact))


if __name__ == "__main__":
    main()
