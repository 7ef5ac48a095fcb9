"""The generation before is published again as a new one, and what it had not answers, and never means another thing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool
from starlette.testclient import TestClient

from app import bags
from app.archive import lapsed, previous, reading, versions
from app.archive.opening import Library, for_checking
from app.archive.publishing import building
from app.errors import ArchiveUnreadable, NothingBefore
from app.importer import import_paths
from app.resources import migrations
from app.returning import Returned, roll_back
from app.settings import Settings
from app.verifying import verify
from app.web import create_app
from app.withholding import withhold

TALK = """Interview with Minister Anna Petrova by the Daily News, 4 May 2020

Question: What did the two sides agree on when they met in the capital last week?

Anna Petrova: We agreed on three things, and the first of them is that trade goes on as it did before.
"""
YES = "\nQuestion: {}\n\nAnna Petrova: Yes.\n"
OTHER = """Interview with Governor John Brown by the Morning Herald, 5 June 2021

Question: Will the bridge be built this year, as you said that it would be?

John Brown: It will be built as soon as we can, and it will be paid for by nobody but ourselves.
"""
REASON = "The wrong folder was imported"


class Desk:
    """A folder of files and the archive that is made of them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db = folder, folder / "archive" / "archive.db"

    def put(self, name: str, text: str) -> str:
        """Import a file, of the outlet that its first line names, and return the slug of its interview."""
        file = self.folder / name
        file.write_text(text)
        outlet = text.partition(" by ")[2].partition(",")[0]
        file.with_name(f"{name}.toml").write_text(f'outlet = "{outlet}"\n')
        (report,) = import_paths([file], self.db).files
        assert report.outcome in {"new", "corrected"}, report
        assert report.slug is not None
        return report.slug

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with for_checking(self.db) as c:
            yield c

    def ids(self, slug: str) -> list[str]:
        with self.read() as c:
            return [turn.id for turn in reading.interview(c, slug).turns]

    def number(self) -> int:
        with self.read() as c:
            return reading.generation(c).number

    def versions(self, slug: str) -> list[int]:
        with self.read() as c:
            return [version.number for version in versions.of_interview(c, slug)]

    def lapse(self, kind: lapsed.Kind, gone: str) -> lapsed.Lapse | None:
        with self.read() as c:
            return lapsed.of(c, kind, gone)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def held(c: Connection) -> set[tuple[str, ...]]:
    """All ids with where they stand, and all slugs."""
    spoken = "SELECT public_id, slug, role FROM turns JOIN interviews ON interviews.id = interview_id"
    return set(map(tuple, c.exec_driver_sql(f"{spoken} UNION SELECT slug, name, 'speaker' FROM speakers")))


def test_the_generation_before_is_published_again_under_a_new_number(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    with desk.read() as c:
        before, digest = held(c), reading.generation(c).digest
    other = desk.put("other.txt", OTHER)
    ended = desk.ids(other)
    library = Library(desk.db)
    dropped = library.identity()
    assert roll_back(desk.db, f" {REASON}\n") == Returned(
        str(desk.db), 1, 2, 3, {"interview": 1, "speaker": 1, "outlet": 1, "version": 1, "turn": 2}
    )
    assert library.identity() != dropped
    with desk.read() as c:
        assert held(c) == before
        assert reading.generation(c).number == 3
        # What lapsed is held, too: an archive that knows of it is another than one that does not.
        assert reading.generation(c).digest != digest
        assert c.exec_driver_sql("SELECT count(*) FROM lapses").scalar() == 6
    lapse = desk.lapse("turn", ended[0])
    assert lapse is not None
    assert (lapse.generation, lapse.reason) == (2, REASON)
    assert lapse.published_at <= lapse.lapsed_at
    assert verify(desk.db) == ()


def test_a_second_rollback_undoes_the_first(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    other = desk.put("other.txt", OTHER)
    with desk.read() as c:
        both, digest = held(c), reading.generation(c).digest
    roll_back(desk.db)
    assert roll_back(desk.db) == Returned(str(desk.db), 2, 3, 4, {})
    with desk.read() as c:
        assert held(c) == both
        assert (reading.generation(c).number, reading.generation(c).digest) == (4, digest)
    assert desk.lapse("interview", other) is None
    assert verify(desk.db) == ()


def test_what_is_published_again_is_what_it_was(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    other = desk.put("other.txt", OTHER)
    with desk.read() as c:
        both = held(c)
    roll_back(desk.db)
    assert desk.put("other.txt", OTHER) == other
    with desk.read() as c:
        assert held(c) == both
        assert c.exec_driver_sql("SELECT count(*) FROM lapses").scalar() == 0
    assert verify(desk.db) == ()


def test_a_correction_that_is_rolled_back_leaves_the_version_before(desk: Desk) -> None:
    slug = desk.put("talk.txt", TALK)
    before = desk.ids(slug)
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    after = desk.ids(slug)
    assert roll_back(desk.db).lapsed == {"version": 1, "turn": 2}
    assert desk.ids(slug) == before == after[:2]
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    assert desk.ids(slug) == after


def test_an_id_that_lapsed_is_never_given_to_the_same_words_after_other_words(desk: Desk) -> None:
    slug = desk.put("talk.txt", TALK)
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    yes = desk.ids(slug)[-1]
    roll_back(desk.db)
    desk.put("talk.txt", TALK + YES.format("Will you resign, then?"))
    assert yes not in desk.ids(slug)
    assert desk.lapse("turn", yes) is not None
    roll_back(desk.db)
    assert desk.lapse("turn", yes) is not None
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    assert desk.ids(slug)[-1] == yes
    assert desk.lapse("turn", yes) is None
    assert verify(desk.db) == ()


def test_a_number_of_a_version_that_lapsed_is_given_to_that_version_alone(desk: Desk) -> None:
    slug = desk.put("talk.txt", TALK)
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    roll_back(desk.db)
    desk.put("talk.txt", TALK + YES.format("Will you resign, then?"))
    assert desk.versions(slug) == [1, 3]
    assert desk.lapse("version", f"{slug}?v=2") is not None
    assert verify(desk.db) == ()
    roll_back(desk.db)
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    assert desk.versions(slug) == [1, 2]
    assert desk.lapse("version", f"{slug}?v=2") is None
    assert desk.lapse("version", f"{slug}?v=3") is not None
    desk.put("talk.txt", TALK + YES.format("Is that all?") + YES.format("All of it?"))
    assert desk.versions(slug) == [1, 2, 4]
    assert verify(desk.db) == ()


def test_a_whole_interview_that_comes_back_with_other_words_begins_after_the_numbers_that_it_had(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    other = desk.put("other.txt", OTHER)
    roll_back(desk.db)
    assert desk.put("other.txt", OTHER.replace("nobody but ourselves", "all of us")) == other
    assert desk.versions(other) == [2]
    roll_back(desk.db)
    assert desk.put("other.txt", OTHER) == other
    assert desk.versions(other) == [1]
    # As a correction it keeps the ids of the first version, so that it is another version than the one withdrawn.
    desk.put("other.txt", OTHER.replace("nobody but ourselves", "all of us"))
    assert desk.versions(other) == [1, 3]
    assert verify(desk.db) == ()


def test_numbers_with_gaps_go_through_a_bag(desk: Desk, tmp_path: Path) -> None:
    slug = desk.put("talk.txt", TALK)
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    roll_back(desk.db, REASON)
    desk.put("talk.txt", TALK + YES.format("Will you resign, then?"))
    bagged = bags.export(desk.db, tmp_path / "bag")
    assert bags.restore(tmp_path / "bag", tmp_path / "restored.db").digest == bagged.digest
    with for_checking(tmp_path / "restored.db") as c:
        assert [version.number for version in versions.of_interview(c, slug)] == [1, 3]
    assert verify(tmp_path / "restored.db") == ()
    with building(tmp_path / "restored.db") as c:
        c.exec_driver_sql("DELETE FROM lapses WHERE kind = 'version'")
    assert verify(tmp_path / "restored.db") == (f"interview {slug} does not have the versions it counts",)


def test_a_slug_that_lapsed_is_never_given_to_another_interview(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    other = desk.put("other.txt", OTHER)
    roll_back(desk.db)
    twin = desk.put("another.txt", OTHER.replace("It will be built", "It may be built"))
    assert twin.startswith(other)
    assert twin != other
    assert desk.lapse("interview", other) is not None
    assert desk.put("other.txt", OTHER) == other
    assert verify(desk.db) == ()


def test_a_slug_that_was_made_distinct_is_given_back_to_its_own(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    desk.put("other.txt", OTHER)
    twin = desk.put("another.txt", OTHER.replace("It will be built", "It may be built"))
    roll_back(desk.db)
    assert desk.put("another.txt", OTHER.replace("It will be built", "It may be built")) == twin


def test_a_slug_of_a_person_that_lapsed_is_nobody_elses(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    desk.put("other.txt", OTHER)
    roll_back(desk.db)
    desk.put("third.txt", OTHER.replace("John Brown", "John-Brown").replace("2021", "2022"))
    with desk.read() as c:
        assert "john-brown" not in c.exec_driver_sql("SELECT slug FROM speakers").scalars().all()
    desk.put("other.txt", OTHER)
    with desk.read() as c:
        assert c.exec_driver_sql("SELECT name FROM speakers WHERE slug = 'john-brown'").scalars().all() == [
            "John Brown"
        ]


def test_what_a_register_renamed_is_renamed_again_to_the_same_address(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    desk.db.with_name("people.toml").write_text('[[person]]\nname = "Nina Petrova"\naliases = ["Anna Petrova"]\n')
    desk.put("other.txt", OTHER)
    with desk.read() as c:
        assert reading.redirect(c, "speaker", "anna-petrova") == "nina-petrova"
    roll_back(desk.db)
    assert desk.lapse("speaker", "nina-petrova") is not None
    desk.put("other.txt", OTHER)
    with desk.read() as c:
        assert reading.redirect(c, "speaker", "anna-petrova") == "nina-petrova"
    assert desk.lapse("speaker", "nina-petrova") is None
    assert verify(desk.db) == ()


def test_an_address_that_only_led_on_answers_as_well(desk: Desk) -> None:
    slug = desk.put("talk.txt", TALK)
    with building(desk.db) as c:
        c.exec_driver_sql(f"INSERT INTO redirects VALUES ('interview', 'older', '{slug}', 'renamed', '2026-01-01')")
    assert roll_back(desk.db).lapsed == {"interview": 1}
    assert desk.lapse("interview", "older") is not None


def test_what_lapsed_goes_through_a_bag(desk: Desk, tmp_path: Path) -> None:
    desk.put("talk.txt", TALK)
    desk.put("other.txt", OTHER)
    roll_back(desk.db, REASON)
    bagged = bags.export(desk.db, tmp_path / "bag")
    restored = bags.restore(tmp_path / "bag", tmp_path / "restored.db")
    assert restored.digest == bagged.digest
    with for_checking(tmp_path / "restored.db") as c, desk.read() as other:
        rows = "SELECT * FROM lapses ORDER BY kind, gone"
        assert c.exec_driver_sql(rows).all() == other.exec_driver_sql(rows).all() != []


def test_a_dry_run_tells_and_leaves_all_as_it_was(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    desk.put("other.txt", OTHER)
    files = {path.name: path.read_bytes() for path in desk.db.parent.iterdir()}
    done = roll_back(desk.db, dry_run=True)
    assert (done.generation, done.lapsed["turn"]) == (None, 2)
    assert {path.name: path.read_bytes() for path in desk.db.parent.iterdir()} == files


def test_after_a_withholding_there_is_nothing_to_return_to(desk: Desk) -> None:
    slug = desk.put("talk.txt", TALK)
    desk.put("other.txt", OTHER)
    withhold(desk.db, desk.ids(slug)[1], "Order of the court")
    data = desk.db.read_bytes()
    with pytest.raises(NothingBefore):
        roll_back(desk.db)
    assert desk.db.read_bytes() == data


def test_a_damaged_generation_before_is_named_and_not_published(desk: Desk) -> None:
    desk.put("talk.txt", TALK)
    desk.put("other.txt", OTHER)
    kept, data = previous.path_of(desk.db), desk.db.read_bytes()
    raw = sqlite3.connect(kept)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    with kept.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(range(200)))
    with pytest.raises(ArchiveUnreadable, match=r"archive\.db\.previous: is damaged"):
        roll_back(desk.db)
    assert desk.db.read_bytes() == data


def older(path: Path) -> None:
    """Make of an archive one of an older schema, that knows of nothing that lapses."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path), poolclass=NullPool)
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    with engine.begin() as c:
        config.attributes["connection"] = c
        command.downgrade(config, "0005")
        c.exec_driver_sql("PRAGMA user_version=5")


@pytest.mark.parametrize("which", ["the one before", "both"])
def test_generations_of_an_older_program_can_be_returned_to(desk: Desk, which: str) -> None:
    slug = desk.put("talk.txt", TALK)
    other = desk.put("other.txt", OTHER)
    older(previous.path_of(desk.db))
    if which == "both":
        older(desk.db)
    assert roll_back(desk.db).lapsed["interview"] == 1
    assert verify(desk.db) == ()
    assert desk.lapse("interview", other) is not None
    assert len(desk.ids(slug)) == 2


# What readers see of it.


@pytest.fixture
def site(desk: Desk) -> Iterator[TestClient]:
    desk.put("talk.txt", TALK)
    with TestClient(create_app(Settings(archive=desk.db)), follow_redirects=False) as client:
        yield client


def test_readers_are_told_when_it_was_published_and_withdrawn_and_of_nothing_else(desk: Desk, site: TestClient) -> None:
    other = desk.put("other.txt", OTHER)
    question, answer = desk.ids(other)
    paths = [f"/a/{answer}", f"/a/{question}", f"/interviews/{other}", f"/interviews/{other}/source"]
    paths += [f"/a/{answer}/versions", f"/a/{answer}/timemap", f"/interviews/{other}/versions", f"/a/{answer}.txt"]
    paths += ["/speakers/john-brown", "/outlets/morning-herald"]
    assert {site.get(path).status_code for path in paths} == {200, 302}
    roll_back(desk.db, REASON)
    for path in paths:
        response = site.get(path)
        assert response.status_code == 410, path
        assert "generation 2" in response.text
        assert REASON in response.text
        assert "as soon as we can" not in response.text
    told = site.get(f"/a/{answer}.json")
    assert (told.status_code, told.json()["title"], told.json()["reason"]) == (410, "No longer published", REASON)
    assert site.get("/a/0000000000000").status_code == 404
    desk.put("other.txt", OTHER)
    assert {site.get(path).status_code for path in paths} == {200, 302}


def test_an_address_of_a_version_that_was_withdrawn_says_so_and_the_others_lead_past_it(
    desk: Desk, site: TestClient
) -> None:
    (slug,) = [each["slug"] for each in site.get("/interviews.json").json()["interviews"]]
    desk.put("talk.txt", TALK + YES.format("Is that all?"))
    answer = desk.ids(slug)[1]
    paths = [f"/interviews/{slug}?v=2", f"/a/{answer}?v=2", f"/interviews/{slug}/source?v=2", f"/a/{answer}.txt?v=2"]
    paths += [f"/interviews/{slug}/versions?from=1&to=2", f"/interviews/{slug}.json?v=2"]
    assert {site.get(path).status_code for path in paths} == {200}
    roll_back(desk.db, REASON)
    desk.put("talk.txt", TALK + YES.format("Will you resign, then?"))
    for path in paths:
        response = site.get(path)
        assert (response.status_code, REASON in response.text) == (410, True), path
    assert site.get(f"/interviews/{slug}?v=4").status_code == 404
    page = site.get(f"/interviews/{slug}/versions").text
    assert "Compare with version 1" in page
    for path in (f"/interviews/{slug}", f"/a/{answer}", f"/a/{answer}.txt", f"/interviews/{slug}/lines"):
        now = site.get(f"{path}?v=3").text
        assert ("older version" in now, "3 of" in now) == (False, False), path
    assert "older version" in site.get(f"/a/{answer}?v=1").text
    quoted = f"/interviews/{slug}?quote={{}}&v=2"
    assert site.get(quoted.format("Is%20that%20all")).status_code == 410
    assert site.get(quoted.format("Will%20you%20resign")).status_code == 200
    assert site.get(f"/a/{answer}?quote=Is%20that%20all&v=2").status_code == 410
    assert site.get(f"/interviews/{slug}/versions.json").json()["comparison"]["later"] == 3
    assert "Will you resign" in site.get(f"/interviews/{slug}?v=3").text
    assert site.get(f"/interviews/{slug}.json").json()["revised"]["origin"] == "corrected"
    assert site.get("/coverage.json").json()["corrected"] == 1
    told = site.get("/corrections.json").json()["changes"]
    assert [(each["change"]["kind"], each["change"].get("before")) for each in told] == [
        ("corrected", 1),
        ("returned", None),
    ]
    assert told[1]["change"]["versions"] == 1
    page = site.get("/corrections").text.replace("\u00a0", " ")
    assert "2 addresses of words, 1 version that it alone had are no longer published" in page
    assert "stands in the place of version 1" in page


def test_a_rollback_of_a_correction_without_new_addresses_is_told_among_the_corrections(
    desk: Desk, site: TestClient
) -> None:
    desk.put("talk.txt", TALK.replace("as it did before", "as it has for years"))
    roll_back(desk.db, REASON)
    (change,) = site.get("/corrections.json").json()["changes"]
    assert (change["change"]["kind"], change["change"]["ids"], change["change"]["versions"]) == ("returned", 0, 1)
    assert "as a whole. 1 version that it alone had is no longer" in site.get("/corrections").text.replace(
        "\u00a0", " "
    )
    assert REASON in site.get("/corrections.atom").text


def test_no_reader_is_given_a_page_of_the_dropped_generation(desk: Desk, site: TestClient) -> None:
    slug = desk.put("talk.txt", TALK + YES.format("Is that all?"))
    page = site.get(f"/interviews/{slug}")
    roll_back(desk.db)
    again = site.get(f"/interviews/{slug}", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 200
    assert "Is that all?" in page.text
    assert "Is that all?" not in again.text


def test_what_is_said_to_have_lapsed_and_is_here_is_a_fault(desk: Desk) -> None:
    slug = desk.put("talk.txt", TALK)
    (id, _) = desk.ids(slug)
    with building(desk.db) as c:
        c.exec_driver_sql(f"INSERT INTO lapses VALUES ('turn', '{id}', 'x', 1, '2026-01-01', NULL, '2026-01-02')")
    assert verify(desk.db) == (f"turn {id} is said to have lapsed, and is here",)
    with building(desk.db) as c:
        c.exec_driver_sql(f"UPDATE lapses SET kind = 'version', gone = '{slug}?v=1'")
    assert f"version 1 of interview {slug} is said to have lapsed, and is here" in verify(desk.db)


def test_what_a_correction_ends_is_told_with_it_where_a_number_before_it_was_withdrawn(
    desk: Desk, site: TestClient
) -> None:
    slug = desk.put("talk.txt", TALK + YES.format("Is that all?"))
    roll_back(desk.db)
    gone = set(desk.ids(slug))
    file = desk.folder / "talk.txt"
    file.write_text(TALK.split("Question")[0] + OTHER.partition("\n\n")[2].replace("John Brown", "Anna Petrova"))
    (report,) = import_paths([file], desk.db, retire=tuple(gone), reason="Another talk").files
    assert (report.outcome, desk.versions(slug)) == ("corrected", [1, 3])
    change = site.get("/corrections.json").json()["changes"][0]["change"]
    assert (change["version"], change["before"], {each["id"] for each in change["ended"]}) == (3, 1, gone)


def test_the_first_version_that_is_held_is_no_correction_whatever_its_number(desk: Desk, site: TestClient) -> None:
    other = desk.put("other.txt", OTHER)
    roll_back(desk.db)
    desk.put("other.txt", OTHER.replace("nobody but ourselves", "all of us"))
    assert desk.versions(other) == [2]
    assert site.get(f"/interviews/{other}.json").json()["revised"] is None
    assert site.get(f"/a/{desk.ids(other)[1]}.json").json()["revised"] is None
    assert site.get("/coverage.json").json()["corrected"] == 0
    (change, _) = site.get("/corrections.json").json()["changes"]
    assert (change["change"]["version"], change["change"]["before"]) == (2, None)
