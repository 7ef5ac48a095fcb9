"""Archives of a few turns each, written by hand into a real SQLite file of the current schema."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, Table, create_engine, delete, insert, select, update

from app.archive import tables
from app.permalinks import mint
from app.resources import migrations
from app.search.index import index_interview

Said = tuple[str, str | None, int | None, str]
"""Role, speaker, number of the exchange, words."""
Add = Callable[..., int]


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "empty.db"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrations()))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        values = {"number": 1, "token": "t", "published_at": "2026-01-01T00:00:00Z", "program": "0", "analysis": ""}
        connection.execute(insert(tables.generation), values)
    return path


@pytest.fixture
def c(empty_archive: Path, tmp_path: Path) -> Iterator[Connection]:
    path = tmp_path / "archive.db"
    shutil.copyfile(empty_archive, path)
    with create_engine(f"sqlite:///{path}", poolclass=NullPool).begin() as connection:
        yield connection


@pytest.fixture
def add(c: Connection, store: Add) -> Add:
    """Returns a function that stores and indexes an interview, or a new version of one, and gives back its key."""
    return partial(store, c)


@pytest.fixture(scope="session")
def store() -> Add:
    """Returns the same function for any connection, which it takes first."""

    def store(
        c: Connection,
        slug: str,
        date: str | None,
        *said: Said,
        language: str = "en",
        outlets: tuple[str, ...] = (),
    ) -> int:
        interview, version = _interview(c, slug, date, language)
        data = f"{slug}{version}".encode()
        source = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "media_type": "text/plain"}
        held = _insert(
            c,
            tables.versions,
            interview_id=interview,
            number=version,
            source_id=_insert(c, tables.sources, **source, data=data),
            name=f"{slug}.txt",
            encoding="utf-8",
            program="0",
            imported_at="2026-01-01T00:00:00Z",
            title=slug.replace("-", " ").title(),
            date=date,
            language=language,
            also_in="",
            exchange_count=len({exchange for _, _, exchange, _ in said if exchange}),
            answer_count=sum(role in ("answer", "statement") for role, _, _, _ in said),
            word_count=0,
        )
        c.execute(delete(tables.listed_outlets).where(tables.listed_outlets.c.interview_id == interview))
        for position, outlet in enumerate(outlets):
            outlet_id = _named(c, tables.outlets, outlet)
            _insert(c, tables.version_outlets, version_id=held, outlet_id=outlet_id, position=position)
            _insert(c, tables.listed_outlets, outlet_id=outlet_id, sort_key=slug, interview_id=interview)
        for position, turn in enumerate(said):
            _passage(c, slug, interview, held, position, turn)
        index_interview(c, interview)
        return interview

    return store


def _insert(c: Connection, table: Table, **values: object) -> int:
    key = c.execute(insert(table), values).inserted_primary_key
    assert key
    return int(key[0])


def _named(c: Connection, table: Table, slug: str) -> int:
    held = c.execute(select(table.c.id).where(table.c.slug == slug)).scalar()
    return int(held) if held else _insert(c, table, slug=slug, name=slug.replace("-", " ").title())


def _interview(c: Connection, slug: str, date: str | None, language: str) -> tuple[int, int]:
    """Store the interview or its next version; return its key and the version."""
    table = tables.interviews
    sort_date = int(date.replace("-", "").ljust(8, "0")) if date else 0
    dated = {"sort_date": sort_date, "sort_key": f"{sort_date:08} 00:00 {slug}"}
    held = c.execute(select(table).where(table.c.slug == slug)).one_or_none()
    if held is None:
        return _insert(c, table, slug=slug, key=slug, language=language, version=1, **dated), 1
    c.execute(update(table).where(table.c.id == held.id).values(version=held.version + 1, **dated))
    return held.id, held.version + 1


def _passage(c: Connection, slug: str, interview: int, version: int, position: int, said: Said) -> None:
    role, speaker, exchange, words = said
    id = mint(slug, role, speaker, words, position)
    turn = c.execute(select(tables.turns.c.id).where(tables.turns.c.public_id == id)).scalar()
    if turn is None:
        person = _named(c, tables.speakers, speaker) if speaker else None
        turn = _insert(c, tables.turns, public_id=id, interview_id=interview, role=role, speaker_id=person)
    _insert(
        c,
        tables.passages,
        version_id=version,
        position=position,
        turn_id=turn,
        exchange=exchange,
        label=speaker or "Question",
        mark=":",
        line=position + 1,
        lines=str(position + 1),
        text=words,
    )
