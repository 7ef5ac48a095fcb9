"""Transcripts that the tests of the forms write: each kind of page, and one whose words are markup in every form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.archive import reading
from app.archive.opening import Library
from app.errors import NotHeld
from app.exports.transcripts import Transcript, of_interview, of_part
from app.importer import import_paths

SITE = "https://verbatim.example"
NASTY = """Minister Ann O'Neil's interview with R&D {50% "off"} ~ #1_a^b \\today $x$, May 4, 2020

Question: Is <b>this</b> & that "bold" *so* _be_ it [link](x) {brace} 100 % of $5 #1 ~ ^ \\LaTeX ]]> ?

Ann O'Neil: 1. No: it\x0bis\x08 not. <script>alert("a")</script> &amp; `code` \\ | --> ok?

- A dash begins this. TY  - JOUR

# Not a heading: ﷐ and a very long wórd, Слово, 言葉, 🙂.

[Laughs & <leaves>]
"""


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """Lease the archive at `path` for reading."""
    library = Library(path, 600)
    with library.lease() as lease:
        yield lease.connection
    library.close()


def interview(c: Connection, slug: str, version: int | None = None) -> Transcript:
    """Return a whole interview."""
    held = reading.interview(c, slug, version)
    return of_interview(held.head, held.turns, held.notes, SITE)


def part(c: Connection, id: str, version: int | None = None) -> Transcript:
    """Return an answer, a statement or an unanswered question."""
    held = reading.answer(c, id, version)
    if held.turn.role == "question":
        return of_part(held.head, (*held.questions, held.turn), None, held.notes, SITE)
    return of_part(held.head, held.questions, held.turn, held.notes, SITE)


def slugs(c: Connection) -> list[str]:
    """Return the slugs of all interviews."""
    return [str(slug) for slug in c.exec_driver_sql("SELECT slug FROM interviews ORDER BY slug").scalars()]


def every(path: Path) -> list[Transcript]:
    """Return each interview of an archive, and each of its parts that has a page."""
    found = []
    with opened(path) as c:
        for slug in slugs(c):
            whole = interview(c, slug)
            found.append(whole)
            for turn in whole.turns:
                try:
                    found.append(part(c, turn.id))
                except NotHeld:
                    continue
    return found


@pytest.fixture(scope="session")
def filled(filled_archive: Path) -> list[Transcript]:
    """All that the invented collection holds."""
    return every(filled_archive)


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> list[Transcript]:
    """An interview and its answer, whose title and words are markup in one form or another."""
    folder = tmp_path_factory.mktemp("nasty")
    (folder / "n&<a>.txt").write_text(NASTY, encoding="utf-8")
    (folder / "n&<a>.txt.toml").write_text(
        'outlets = ["A & B {Ltd} 50%_x"]\nlicence = "<free> & clear"\nurl = "https://m.example/?a=1&b=<2>"\n',
        encoding="utf-8",
    )
    report = import_paths([folder], folder / "archive.db")
    assert [file.outcome for file in report.files] == ["new"], report
    return every(folder / "archive.db")


@pytest.fixture(scope="session")
def all_of_them(filled: list[Transcript], nasty: list[Transcript], archive: Path, told: Path) -> list[Transcript]:
    """The invented collection, the markup, the provided interview, and an archive with a history."""
    return [*filled, *nasty, *every(archive), *every(told)]
