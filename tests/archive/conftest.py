"""Interviews of a few turns, written by hand, and archives made of them by the real writer."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.archive.opening import Library
from app.archive.previous import path_of
from app.archive.publishing import building
from app.archive.writing import Receipt, Stored, store
from app.records import Exchange, Finding, Interview, Line, Note, Provenance, Role, Source, Speaker, Turn

Said = tuple[Role, str | None, str]
"""Role, speaker, words; paragraphs are joined by line feeds."""
Make = Callable[..., Receipt]

TALK: tuple[Said, ...] = (
    ("question", None, "What did the two sides agree on?"),
    ("answer", "Anna Petrova", "We agreed on three things.\nThe first is trade."),
    ("question", None, "And what of the border?"),
    ("answer", "Anna Petrova", "The border stays where it is, as both sides have always said."),
    ("answer", "John Brown", "I have nothing to add to what my colleague said."),
)


def exchanges_of(said: Sequence[Said]) -> tuple[Exchange, ...]:
    """Pair each run of questions with the answers that follow it."""
    found: list[tuple[list[int], list[int]]] = []
    for index, (role, _, _) in enumerate(said):
        if role == "question":
            if not found or found[-1][1]:
                found.append(([], []))
            found[-1][0].append(index)
        elif role == "answer":
            found[-1][1].append(index)
    return tuple(Exchange(tuple(questions), tuple(answers)) for questions, answers in found)


def receipt_of(
    name: str = "talk.txt",
    said: Sequence[Said] = TALK,
    *,
    date: str | None = "2020-05-04",
    time: str | None = None,
    language: str = "en",
    title: str = "Interview with Anna Petrova",
    outlets: tuple[str, ...] = ("The Daily News",),
    provenance: Provenance | None = None,
    sidecar: bytes | None = None,
    notes: tuple[Note, ...] = (),
    offices: dict[str, str] | None = None,
    data: bytes | None = None,
) -> Receipt:
    """Return a receipt of these turns; its bytes are made of all that is said of it, unless they are given."""
    turns = []
    line = 3
    for role, speaker, words in said:
        paragraphs = tuple(words.split("\n"))
        lines = tuple(range(line, line + len(paragraphs)))
        turns.append(Turn(role, speaker, speaker or "Question", ":", paragraphs, lines, line))
        line += len(paragraphs)
    people = dict.fromkeys(speaker for _, speaker, _ in said if speaker)
    interview = Interview(
        title=title,
        date=date,
        time=time,
        place=None,
        language=language,
        also_in=(),
        outlets=outlets,
        speakers=tuple(Speaker(person, (offices or {}).get(person), (person,)) for person in people),
        turns=tuple(turns),
        notes=notes,
        exchanges=exchanges_of(said),
        metadata=(Line(title, 1, "title"),),
        furniture=(Line("Share this page", 2, "navigation"),),
        findings=(Finding("label-once", 3, "a label that stands once"),),
        words=sum(len(words.split()) for _, _, words in said),
    )
    if data is None:
        head = [f"{name} {date} {language}", title, "Share this page"]
        data = "\n".join([*head, *(f"{who or 'Question'}: {words}" for _, who, words in said)]).encode()
    return Receipt(Source(name, data, "text/plain", provenance or Provenance()), interview, "utf-8", sidecar)


@pytest.fixture
def receipt() -> Make:
    """Returns the function that makes a receipt of turns."""
    return receipt_of


@pytest.fixture(scope="session")
def publications() -> dict[tuple[str, ...], tuple[Path, list[Stored]]]:
    """What each publication so far made, by what was held before it and what was published."""
    return {}


@pytest.fixture
def publish(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    publications: dict[tuple[str, ...], tuple[Path, list[Stored]]],
) -> Callable[..., list[Stored]]:
    """Returns a function that stores receipts in one new generation of tmp_path/archive.db.

    The same receipts published over the same archive make the same: it is made once, and then copied, unless the test
    changes how it is made, or has left something else beside the archive.
    """
    path = tmp_path / "archive.db"
    usual = {path, path_of(path)}

    def made(*receipts: Receipt, retire: Sequence[str] = (), reason: str = "") -> list[Stored]:
        with building(path) as connection:
            return [store(connection, receipt, retire=retire, reason=reason) for receipt in receipts]

    def publish(*receipts: Receipt, retire: Sequence[str] = (), reason: str = "") -> list[Stored]:
        held = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
        key = (held, repr([(receipt, receipt.source.data) for receipt in receipts]), repr(tuple(retire)), reason)
        if key in publications and usual.issuperset(tmp_path.glob("archive.db*")):
            copy, stored = publications[key]
            if held:
                path.replace(path_of(path))
            shutil.copyfile(copy, path)
            return list(stored)
        stored = made(*receipts, retire=retire, reason=reason)
        copy = tmp_path_factory.mktemp("publication") / path.name
        shutil.copyfile(path, copy)
        publications[key] = copy, stored
        return list(stored)

    return made if "monkeypatch" in request.fixturenames else publish


@pytest.fixture
def talk() -> tuple[Said, ...]:
    """What is said in the receipt that is made of nothing else: two exchanges, the second answered twice."""
    return TALK


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Callable[[], Connection]]:
    """Returns a function that opens tmp_path/archive.db as it is published now; closed when the test ends."""
    with ExitStack() as stack:

        def opened() -> Connection:
            library = Library(tmp_path / "archive.db", 60)
            stack.callback(library.close)
            return stack.enter_context(library.lease()).connection

        yield opened


ONE: tuple[Said, ...] = (
    ("question", "Mary Host", "What did you agree on?"),
    ("answer", "Anna Petrova", "We agreed on three things."),
    ("question", None, "And what of the border?"),
    ("answer", "Anna Petrova", "It stays where it is."),
    ("answer", "John Brown", "Nothing to add."),
)
TWO: tuple[Said, ...] = (
    ("statement", "John Brown", "Good morning to all of you."),
    ("question", "Anna Petrova", "May I, too, ask something?"),
    ("answer", "John Brown", "Of course you may."),
)
THREE: tuple[Said, ...] = (("question", "Mary Host", "Is that all?"), ("answer", "Anna Petrova", "It is."))


@pytest.fixture
def counted(publish: Callable[..., list[Stored]], held: Callable[[], Connection]) -> Connection:
    """Three interviews, one of them dated by its year alone, and one that was corrected from another date."""
    known = Provenance(url="https://ministry.example/1", publisher="The Ministry")
    minister, governor = {"Anna Petrova": "Minister"}, {"Anna Petrova": "Governor", "John Brown": "Mayor"}

    def two(date: str) -> Receipt:
        known = Provenance(id="two")
        return receipt_of("2.txt", TWO, date=date, outlets=(), language="ru", offices=governor, provenance=known)

    publish(
        receipt_of(
            "1.txt", ONE, date="2020-05-04", outlets=("The Daily News", "BBC"), offices=minister, provenance=known
        ),
        two("2019-01-01"),
        receipt_of("3.txt", THREE, date="2020", outlets=("BBC",), offices=governor, title="Three"),
    )
    publish(two("2021-02-28"))
    return held()
