"""A bag is a whole archive: it holds what was published, is the same each time, and gives the same archive again."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import bagit
import pytest
from starlette.testclient import TestClient

from app import bags
from app.archive import history, layout
from app.archive.opening import for_checking
from app.archive.publishing import building
from app.errors import ArchiveError, ExportFailed, PublishingFailed
from app.importer import import_paths
from app.settings import Settings
from app.verifying import digest, verify
from app.web import create_app


@pytest.fixture(scope="session")
def restored(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive made anew from the bag."""
    path = tmp_path_factory.mktemp("restored") / "archive.db"
    bags.restore(whole, path)
    return path


@pytest.fixture(scope="session")
def clients(told: Path, restored: Path) -> Iterator[tuple[TestClient, TestClient]]:
    """The site over the archive that was exported, and over the one that was made anew."""
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(TestClient(create_app(Settings(archive=path)), follow_redirects=False))
            for path in (told, restored)
        )
        yield first, second


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_reference_implementation_finds_a_bag_valid(whole: Path) -> None:
    bag = bagit.Bag(str(whole))
    assert bag.validate()
    assert bag.version_info == (1, 0)


def test_two_bags_of_one_generation_are_the_same_byte_for_byte(told: Path, whole: Path, tmp_path: Path) -> None:
    bags.export(told, tmp_path / "again")
    assert files(tmp_path / "again") == files(whole)


def test_every_source_and_sidecar_of_every_version_is_there_as_it_came(told: Path, whole: Path) -> None:
    with closing(sqlite3.connect(told)) as raw:
        rows = raw.execute(
            "SELECT slug, number, versions.name, sources.data, sidecar FROM versions "
            "JOIN interviews ON interviews.id = interview_id JOIN sources ON sources.id = source_id"
        ).fetchall()
    assert len(rows) == 3
    for slug, number, name, data, sidecar in rows:
        assert (whole / layout.source(slug, number, name)).read_bytes() == data
        assert sidecar is None or (whole / layout.sidecar(slug, number)).read_bytes() == sidecar
    held = files(whole)
    assert sum(path.startswith("data/interviews/") for path in held) == 3 + 2
    assert held["data/registers/people.toml"] == (told.parent / "people.toml").read_bytes()


def test_an_archive_made_anew_has_the_same_digest_and_is_sound(told: Path, restored: Path) -> None:
    assert digest(restored) == digest(told)
    assert verify(restored) == ()
    assert (restored.parent / "people.toml").read_bytes() == (told.parent / "people.toml").read_bytes()
    assert sorted(path.name for path in restored.parent.iterdir()) == ["archive.db", "people.toml"]


def test_its_bag_is_the_same_but_for_the_date(restored: Path, whole: Path, tmp_path: Path) -> None:
    bags.export(restored, tmp_path / "again")
    again, first = files(tmp_path / "again"), files(whole)
    assert {path for path in first if again[path] != first[path]} <= {"bag-info.txt", "tagmanifest-sha256.txt"}
    assert again.keys() == first.keys()


def test_what_is_imported_next_goes_the_same_way(told: Path, restored: Path) -> None:
    reports = [import_paths([told.parent], path, dry_run=True).files for path in (told, restored)]
    assert [(file.name, file.outcome, file.slug) for file in reports[0]] == [
        (file.name, file.outcome, file.slug) for file in reports[1]
    ]
    assert {file.outcome for file in reports[0]} == {"unchanged", "skipped"}


def addresses(told: Path) -> list[str]:
    with closing(sqlite3.connect(told)) as raw:
        ids = [row[0] for row in raw.execute("SELECT public_id FROM turns")]
        slugs = [row[0] for row in raw.execute("SELECT slug FROM interviews")]
    pages = ["/index", "/interviews", "/speakers", "/outlets", "/dates", "/coverage", "/about", "/dates/2020"]
    pages += ["/dates/2020/05", "/dates/2020/05/04", "/dates/undated", "/search/help", "/speakers/anna-petrova"]
    pages += ["/speakers/petrova", "/speakers/john-brown-governor", "/outlets/daily-news", "/interviews/talk"]
    pages += [f"/a/{id}" for id in ids] + [f"/interviews/{slug}" for slug in slugs]
    found = [f"{page}.json" for page in pages]
    found += [f"/a/{id}.json?v={number}" for id in ids for number in (1, 2)]
    found += [f"/interviews/{slug}.json?v={number}" for slug in slugs for number in (1, 2)]
    found += [f"/interviews/{slug}/source{version}" for slug in slugs for version in ("", "?v=1")]
    found += [f"/search.json?q={words}&in=both" for words in ("trade", "border", "no+comment", "bridge")]
    return [*found, "/feed.atom", "/sitemap.xml", "/interviews/talk", f"/a/{ids[0]}", f"/interviews/{slugs[0]}/1"]


def plain(value: Any) -> Any:
    """Return a record without what tells one publication from another."""
    if isinstance(value, dict):
        apart = {"published_at", "published", "generation", "token"}
        return {name: plain(inner) for name, inner in value.items() if name not in apart}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def test_every_address_answers_as_it_did(told: Path, clients: tuple[TestClient, TestClient]) -> None:
    seen = set()
    for address in addresses(told):
        first, second = (client.get(address) for client in clients)
        assert (first.status_code, first.headers.get("location")) == (
            second.status_code,
            second.headers.get("location"),
        ), address
        seen.add(first.status_code)
        if "json" in first.headers.get("content-type", ""):
            assert plain(first.json()) == plain(second.json()), address
        elif "/source" in address:
            assert first.content == second.content
    assert {200, 302, 308, 404, 410} <= seen


def test_a_bag_is_put_into_an_archive_that_holds_nothing_and_no_other(told: Path, whole: Path, tmp_path: Path) -> None:
    before = told.read_bytes()
    with pytest.raises(PublishingFailed, match="name another after --archive"):
        bags.restore(whole, told)
    assert told.read_bytes() == before
    with building(tmp_path / "archive.db"):
        pass
    assert bags.restore(whole, tmp_path / "archive.db").digest == digest(told)


def test_a_dry_run_checks_all_and_writes_nothing(whole: Path, tmp_path: Path) -> None:
    found = bags.restore(whole, tmp_path / "new" / "archive.db", dry_run=True)
    assert (found.generation, found.interviews) == (None, 2)
    assert list(tmp_path.iterdir()) == []


def test_a_register_that_stands_there_is_left_as_it_is(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text("")
    assert bags.restore(whole, tmp_path / "archive.db").left == ("people.toml",)
    assert (tmp_path / "people.toml").read_text() == ""


def test_nothing_is_written_over_what_is_there(told: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("full", "file"):
        with pytest.raises(ExportFailed, match="something here already"):
            bags.export(told, tmp_path / name)
    (tmp_path / "new.bagging").mkdir()
    (tmp_path / "new.bagging" / "mine").write_text("mine")
    with pytest.raises(ExportFailed, match="move it away"):
        bags.export(told, tmp_path / "new")
    assert len(files(tmp_path)) == 3
    (tmp_path / "empty").mkdir()
    bags.export(told, tmp_path / "empty")


def test_what_a_killed_export_left_is_cleared_away(told: Path, whole: Path, tmp_path: Path) -> None:
    (tmp_path / "new.bagging" / "data" / "records").mkdir(parents=True)
    (tmp_path / "new.bagging" / "bagit.txt").write_text("BagIt")
    bags.export(told, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert files(tmp_path / "new") == files(whole)


def test_two_exports_to_one_place_do_not_mix(told: Path, tmp_path: Path) -> None:
    aside = tmp_path / "new.bagging"
    aside.mkdir()
    held = os.open(aside, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ExportFailed, match="another export is writing to it"):
            bags.export(told, tmp_path / "new")
    finally:
        os.close(held)
    bags.export(told, tmp_path / "new")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET text = text || '.' WHERE id = 1",
        "UPDATE sources SET data = x'00' WHERE id = 1",
        "UPDATE sources SET data = NULL WHERE id = 1",
    ],
)
def test_an_archive_that_was_changed_is_not_bagged(told: Path, tmp_path: Path, statement: str) -> None:
    changed = tmp_path / "archive.db"
    changed.write_bytes(told.read_bytes())
    with closing(sqlite3.connect(changed, isolation_level=None)) as raw:
        raw.execute(statement)
    with pytest.raises(ArchiveError):
        bags.export(changed, tmp_path / "bag")
    assert [path.name for path in tmp_path.iterdir()] == ["archive.db"]


def test_withheld_bytes_stay_out_and_the_bag_says_so(told: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(told.read_bytes())
    with building(path) as c:
        c.exec_driver_sql("UPDATE sources SET data = NULL WHERE id = 1")
    found = bags.export(path, tmp_path / "bag")
    assert found.withheld == 1
    held = files(tmp_path / "bag")
    assert "1 source is lawfully withheld" in held["README.txt"].decode()
    assert b"Verbatim-Withheld-Sources: 1" in held["bag-info.txt"]
    assert sum("version-" in name and ".sidecar." not in name for name in held) == 2
    assert bags.restore(tmp_path / "bag", tmp_path / "new" / "archive.db").digest == digest(path)


def names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def test_the_readme_explains_every_name_in_the_records_and_no_other(told: Path, whole: Path) -> None:
    with for_checking(told) as c:
        used = {name for scope in history.SCOPES for record in history.records(c, scope) for name in names(record)}
    assert used == set(layout.FIELDS)
    text = (whole / "README.txt").read_text()
    assert all(f"\n{name}\n    {meaning}\n" in text for name, meaning in layout.FIELDS.items())
