"""A file is a version only of what something says it is of; whatever else resembles it is warned of, with its twin."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from app.archive.opening import Library
from app.importer import FileReport, Report, import_paths
from app.verifying import verify

TALK = """Interview with Minister Anna Petrova{date}

Question: What did the two sides agree on when they met in the capital?

Anna Petrova: We agreed on three things, and the first of them is that trade goes on as before.

Question: And what of the border, which so many of our readers live beside?

Anna Petrova: The border stays where it is, as both sides have always said and will say again.
"""
UNDATED, DATED = TALK.format(date=""), TALK.format(date=", 4 May 2020")
OTHER = """Briefing by Governor John Brown{date}

Question: Will the bridge over the river be built before the winter comes?

John Brown: It will be built as soon as we have the stone for it, and not a day later.

Question: And the tunnel of which your predecessor spoke so often?

John Brown: The tunnel will have to wait for a governor with more money than I have.
"""


class Held:
    """An archive and the files that go into it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db = folder, folder / "archive.db"

    def file(self, name: str, text: str, **known: str) -> Path:
        path = self.folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        stated = [f'{key} = "{value}"\n' for key, value in known.items()]
        path.with_name(f"{path.name}.toml").write_text("".join(stated))
        return path

    def put(self, *paths: Path, strict: bool = False) -> Report:
        return import_paths(paths, self.db, strict=strict)

    def versions(self) -> dict[str, list[str]]:
        """Return for each slug the names and moments of its versions, in order."""
        library = Library(self.db)
        with library.lease() as lease:
            rows = lease.connection.exec_driver_sql(
                "SELECT slug, coalesce(retrieved, name) FROM versions JOIN interviews ON interviews.id = interview_id "
                "ORDER BY slug, number"
            ).all()
        library.close()
        found: dict[str, list[str]] = {}
        for slug, name in rows:
            found.setdefault(slug, []).append(name)
        return found

    def ids(self) -> set[str]:
        library = Library(self.db)
        with library.lease() as lease:
            found = set(lease.connection.exec_driver_sql("SELECT public_id FROM turns").scalars())
        library.close()
        return found


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return Held(tmp_path)


def only(report: Report) -> FileReport:
    (file,) = report.files
    return file


def twins(file: FileReport) -> list[str]:
    return [finding.message for finding in file.findings if finding.code == "likely-twin"]


def test_undated_files_of_one_name_in_two_folders_are_two_interviews(held: Held) -> None:
    one = only(held.put(held.file("2019/talk.txt", UNDATED)))
    other = only(held.put(held.file("2020/talk.txt", OTHER.format(date=""))))
    assert (one.outcome, other.outcome) == ("new", "new")
    assert one.slug != other.slug
    assert twins(one) == []
    assert str(one.slug) in "".join(twins(other)), "without dates nothing says that it is not a version"
    assert verify(held.db) == ()


def test_undated_files_give_the_same_ids_in_any_order(tmp_path: Path) -> None:
    seen = []
    texts = (UNDATED, UNDATED.replace("always", "often"), OTHER.format(date=""))
    for number, order in enumerate(permutations(enumerate(texts))):
        held = Held(tmp_path / str(number))
        for place, text in order:
            held.put(held.file(f"{place}/talk.txt", text))
        assert len(held.versions()) == 3
        seen.append(held.ids())
    assert len(seen) == 6
    assert all(one == seen[0] for one in seen)
    assert len(seen[0]) == 12


def test_a_corrected_file_without_a_date_is_new_and_its_twin_is_named(held: Held) -> None:
    first = only(held.put(held.file("talk.txt", UNDATED)))
    second = only(held.put(held.file("talk.txt", UNDATED.replace("always", "often"))))
    assert second.outcome == "new"
    (warning,) = twins(second)
    assert f"/interviews/{first.slug} (talk.txt)" in warning
    assert f'id = "{first.slug}"' in warning


def test_what_the_warning_asks_for_makes_the_file_a_version(held: Held) -> None:
    first = only(held.put(held.file("talk.txt", UNDATED)))
    assert first.slug is not None
    before = held.ids()
    file = held.file("talk.txt", UNDATED.replace("always", "often"), id=first.slug)
    second = only(held.put(file))
    assert (second.outcome, second.slug, second.ended, twins(second)) == ("corrected", first.slug, (), [])
    assert held.ids() == before
    assert len(held.versions()[first.slug]) == 2


def test_the_same_undated_bytes_are_not_taken_twice(held: Held) -> None:
    held.put(held.file("talk.txt", UNDATED))
    assert only(held.put(held.file("elsewhere/talk.txt", UNDATED))).outcome == "unchanged"
    again = only(held.put(held.file("third/talk.txt", UNDATED, publisher="The Ministry")))
    assert again.outcome == "corrected", "what is known of it has changed"


def test_the_name_with_date_and_language_makes_a_version(held: Held) -> None:
    held.put(held.file("a/talk.txt", DATED))
    file = only(held.put(held.file("b/talk.txt", DATED.replace("always", "often"))))
    assert (file.outcome, twins(file)) == ("corrected", [])


def test_the_same_name_with_another_date_is_a_twin_only_where_it_says_the_same(held: Held) -> None:
    held.put(held.file("a/index.txt", DATED))
    same = only(held.put(held.file("b/index.txt", TALK.format(date=", 5 May 2020"))))
    other = only(held.put(held.file("c/index.txt", OTHER.format(date=", 6 May 2020"))))
    assert (same.outcome, other.outcome) == ("new", "new")
    assert len(twins(same)) == 1
    assert twins(other) == []


def test_another_name_is_a_twin_where_on_that_day_the_same_person_says_most_of_the_same(held: Held) -> None:
    first = only(held.put(held.file("talk.txt", DATED)))
    again = only(held.put(held.file("other.txt", DATED.replace("always", "often"))))
    assert str(first.slug) in "".join(twins(again))
    others = [
        DATED.replace("Anna Petrova", "John Brown"),
        DATED.replace("trade", "peace").replace("border", "river").replace("always", "never"),
        TALK.format(date=", 5 May 2020"),
    ]
    for number, text in enumerate(others):
        assert twins(only(held.put(held.file(f"another-{number}.txt", text)))) == []


def test_strict_refuses_a_likely_twin_and_nothing_is_written(held: Held) -> None:
    held.put(held.file("talk.txt", DATED))
    before = held.db.read_bytes()
    file = only(held.put(held.file("other.txt", DATED.replace("always", "often")), strict=True))
    assert (file.outcome, file.code) == ("refused", "strict")
    assert "[likely-twin]" in (file.reason or "")
    assert held.db.read_bytes() == before


def test_a_warning_of_a_twin_is_of_the_import_and_not_kept(held: Held) -> None:
    held.put(held.file("talk.txt", DATED))
    assert twins(only(held.put(held.file("other.txt", DATED.replace("always", "often")))))
    library = Library(held.db)
    with library.lease() as lease:
        codes = lease.connection.exec_driver_sql("SELECT DISTINCT code FROM findings").scalars().all()
    library.close()
    assert "likely-twin" not in codes


@pytest.mark.parametrize("key", ["url", "id"])
@pytest.mark.parametrize(("late", "early"), [("a.txt", "b.txt"), ("b.txt", "a.txt")])
def test_of_two_files_of_one_interview_the_one_retrieved_later_is_the_later_version(
    held: Held, key: str, late: str, early: str
) -> None:
    same = {key: "https://ministry.example/1"}
    held.file(late, DATED.replace("always", "often"), retrieved="2020-06-01T01:00:00+03:00", **same)
    held.file(early, DATED, retrieved="2020-05-31T21:30:00Z", **same)
    held.file("0.txt", DATED.replace("always", "ever"), **same)
    held.put(held.folder / "in")
    (versions,) = held.versions().values()
    assert versions == ["0.txt", "2020-05-31T21:30:00Z", "2020-06-01T01:00:00+03:00"]
