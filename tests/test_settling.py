"""What is held follows the registers: people and outlets are merged, renamed, told apart, and no id ends for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from app import bags
from app.archive.opening import Library
from app.importer import Report, import_paths
from app.search.results import SearchRequest, find
from app.settings import Settings
from app.settling import Settled
from app.verifying import digest, verify
from app.web import create_app

TALK = """Interview with Minister {name}, May {day}, 2020

Question: What did the two sides agree on when they met in the capital?

{name}: We agreed on three things, and the first of them is that trade goes on as before.

Question: And what of the border, which so many of our readers live beside?

{name}: The border stays where it is, as both sides have always said and will say again.
"""
ANNA = '[[person]]\nname = "Anna Petrova"\naliases = ["Hanna Petrovska"{}]\n'


class Held:
    """An archive, its registers, and the files that go into it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db = folder / "in", folder / "archive.db"
        self.folder.mkdir()

    def talk(self, name: str, day: int, outlet: str = "", id: str = "") -> Path:
        file = self.folder / f"talk-{day}.txt"
        file.write_text(TALK.format(name=name, day=day))
        stated = (f'outlet = "{outlet}"\n' if outlet else "") + (f'id = "{id}"\n' if id else "")
        file.with_name(f"{file.name}.toml").write_text(stated)
        return file

    def register(self, people: str = "", outlets: str = "") -> None:
        self.db.with_name("people.toml").write_text(people)
        self.db.with_name("outlets.toml").write_text(outlets)

    def put(self, **wishes: bool) -> Report:
        return import_paths([self.folder], self.db, **wishes)  # type: ignore[arg-type]

    @contextmanager
    def read(self) -> Iterator[Connection]:
        library = Library(self.db)
        with library.lease() as lease:
            yield lease.connection
        library.close()

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with self.read() as c:
            return [tuple(row) for row in c.exec_driver_sql(statement)]

    def ids(self) -> list[object]:
        return [id for (id,) in self.rows("SELECT public_id FROM turns ORDER BY public_id")]

    def people(self) -> list[tuple[object, ...]]:
        return self.rows("SELECT slug, name FROM speakers ORDER BY slug")

    def leads(self) -> list[tuple[object, ...]]:
        return self.rows("SELECT kind, old, new FROM redirects ORDER BY kind, old")


def brief(settled: tuple[Settled, ...]) -> list[tuple[str, str, str, str, int]]:
    return [(one.kind, one.how, one.old.slug, one.new.slug, one.interviews) for one in settled]


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    one = Held(tmp_path)
    one.talk("Anna Petrova", 4)
    one.talk("Hanna Petrovska", 5)
    one.put()
    yield one
    assert verify(one.db) == ()


def test_two_names_of_one_person_are_merged_without_a_new_version_and_no_id_ends(held: Held) -> None:
    before = held.ids()
    held.register(ANNA.format(""))
    report = held.put()
    assert {file.outcome for file in report.files} == {"unchanged"}
    assert report.generation == 2
    assert brief(report.settled) == [("speaker", "merged", "hanna-petrovska", "anna-petrova", 1)]
    assert held.people() == [("anna-petrova", "Anna Petrova")]
    assert held.leads() == [("speaker", "hanna-petrovska", "anna-petrova")]
    assert held.ids() == before
    assert held.rows("SELECT count(*) FROM endings") == [(0,)]
    with held.read() as c:
        both = find(c, SearchRequest("border", speaker="anna-petrova"))
        assert both.total == 2
        assert find(c, SearchRequest("border", speaker="hanna-petrovska")).total == 2
    assert held.put().generation is None, "what is settled is not settled again"


def test_a_merge_that_is_rehearsed_is_told_and_not_done(held: Held) -> None:
    held.register(ANNA.format(""))
    before = held.db.read_bytes()
    report = held.put(dry_run=True)
    assert brief(report.settled) == [("speaker", "merged", "hanna-petrovska", "anna-petrova", 1)]
    assert report.generation is None
    assert held.db.read_bytes() == before


def test_a_correction_after_a_merge_keeps_every_id(held: Held) -> None:
    before = held.ids()
    held.register(ANNA.format(""))
    held.talk("Hanna Petrovska", 5).write_text(TALK.format(name="Hanna Petrovska", day=5).replace("always", "often"))
    held.talk("Hanna Petrovska", 4)
    report = held.put()
    assert [(file.outcome, file.ended) for file in report.files if file.name.endswith(".txt")] == [
        ("corrected", ())
    ] * 2
    assert held.ids() == before
    assert held.people() == [("anna-petrova", "Anna Petrova")]


def test_the_site_leads_from_a_merged_speaker_to_the_one_that_is_left(held: Held) -> None:
    held.register(ANNA.format(""))
    held.put()
    with TestClient(create_app(Settings(archive=held.db)), follow_redirects=False) as client:
        moved = client.get("/speakers/hanna-petrovska")
        assert (moved.status_code, moved.headers["location"]) == (308, "/speakers/anna-petrova")
        person = client.get("/speakers/anna-petrova.json").json()
        assert (person["name"], person["total"], person["answers"]) == ("Anna Petrova", 2, 4)


def test_an_archive_with_a_merge_is_the_same_after_its_bag(held: Held, tmp_path: Path) -> None:
    held.register(ANNA.format(""))
    held.put()
    bags.export(held.db, tmp_path / "bag")
    again = tmp_path / "again" / "archive.db"
    bags.restore(tmp_path / "bag", again)
    assert digest(again) == digest(held.db)
    assert verify(again) == ()
    assert import_paths([held.folder], again).generation is None


def test_a_person_who_is_renamed_keeps_the_row_and_leaves_a_redirect(held: Held) -> None:
    held.register('[[person]]\nname = "Anna von Petrova"\nslug = "petrova"\naliases = ["Anna Petrova"]\n')
    report = held.put()
    assert brief(report.settled) == [("speaker", "renamed", "anna-petrova", "petrova", 1)]
    assert ("petrova", "Anna von Petrova") in held.people()
    assert held.leads() == [("speaker", "anna-petrova", "petrova")]


def test_redirects_lead_straight_to_what_is_held_and_never_round(held: Held) -> None:
    for slug in ("petrova", "anna", "petrova", "anna-petrova"):
        held.register(ANNA.format("").replace("aliases", f'slug = "{slug}"\naliases'))
        held.put()
        leads = held.leads()
        assert {new for _, _, new in leads} == {slug}
        assert slug not in {old for _, old, _ in leads}
    assert held.people() == [("anna-petrova", "Anna Petrova")]
    assert {old for _, old, _ in held.leads()} == {"petrova", "anna", "hanna-petrovska"}


def test_a_slug_that_was_one_person_s_never_becomes_another_s(held: Held) -> None:
    held.register('[[person]]\nname = "Anna Petrova"\nslug = "petrova"\n')
    held.put()
    held.register('[[person]]\nname = "Hanna Petrovska"\nslug = "anna-petrova"\n')
    assert held.put().settled == ()
    assert held.people() == [("hanna-petrovska", "Hanna Petrovska"), ("petrova", "Anna Petrova")]
    held.register()
    held.talk("Ivan Petrova", 6).write_text(TALK.format(name="Anna Petrova", day=6))
    held.register('[[person]]\nname = "Petrova of the Harbour"\nslug = "anna-petrova"\naliases = ["Ivo Bo"]')
    held.talk("Ivo Bo", 7)
    held.put()
    (slug,) = [slug for slug, name in held.people() if name == "Petrova of the Harbour"]
    assert str(slug).startswith("anna-petrova-")


def test_a_register_without_an_entry_does_not_part_what_it_had_merged(held: Held) -> None:
    held.register(ANNA.format(""))
    held.put()
    held.register()
    assert held.put().generation is None
    assert held.people() == [("anna-petrova", "Anna Petrova")]


def test_those_who_turn_out_to_be_one_within_an_interview_are_joined(held: Held) -> None:
    file = held.talk("Anna Petrova", 8)
    file.write_text(
        TALK.format(name="Anna Petrova", day=8).replace("Minister Anna Petrova", "Minister Anna Petrova and Olga Bo")
        + "\nQuestion: And you, Olga Bo?\n\nOlga Bo: I have nothing to add to that, and neither has anybody else.\n"
        + "\nQuestion: Really?\n\nOlga Bo: Nothing at all, I said, and I shall not say it again today.\n"
    )
    held.put()
    before = held.ids()
    held.register(ANNA.format(', "Olga Bo"'))
    assert ("speaker", "merged", "olga-bo", "anna-petrova", 1) in brief(held.put().settled)
    assert held.ids() == before
    assert sorted(held.rows("SELECT answers FROM appearances WHERE version_id = 3")) == [(4,)]
    file.write_text(file.read_text().replace("nothing to add", "nothing more to add"))
    assert [report.ended for report in held.put().files] == [()] * 3


def test_outlets_are_merged_as_people_are(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.talk("Anna Petrova", 4, outlet="The Gull")
    held.talk("Anna Petrova", 5, outlet="Чайка")
    held.put()
    before = held.ids()
    held.register(outlets='[[outlet]]\nname = "The Gull"\naliases = ["Чайка"]\n')
    assert brief(held.put().settled) == [("outlet", "merged", "chayka", "gull", 1)]
    assert held.leads() == [("outlet", "chayka", "gull")]
    assert held.ids() == before
    with held.read() as c:
        assert find(c, SearchRequest("border", outlet="gull")).total == 2
    assert verify(held.db) == ()
    assert held.put().generation is None


BO = """[[person]]
name = "John Bo (Treasurer)"
aliases = ["John Bo"]
outlets = ["The Gull"]

[[person]]
name = "John Bo (Harbour Master)"
aliases = ["John Bo"]
ids = ["harbour"]
"""


@pytest.fixture
def bo(tmp_path: Path) -> Held:
    held = Held(tmp_path)
    held.talk("John Bo", 4, outlet="The Gull")
    held.talk("John Bo", 5, id="harbour")
    return held


def speaks(held: Held) -> set[tuple[object, ...]]:
    return set(
        held.rows(
            "SELECT DISTINCT speakers.name, sort_date % 100 FROM turns "
            "JOIN interviews ON interviews.id = turns.interview_id JOIN speakers ON speakers.id = turns.speaker_id"
        )
    )


def test_two_people_of_one_name_are_told_apart_where_the_register_says_who_is_where(bo: Held) -> None:
    bo.talk("John Bo", 6)
    bo.put()
    before = bo.ids()
    bo.register(BO)
    report = bo.put()
    assert {(one.how, one.old.slug, one.new.slug) for one in report.settled} == {
        ("told apart", "john-bo", "john-bo-treasurer"),
        ("told apart", "john-bo", "john-bo-harbour-master"),
    }
    assert speaks(bo) == {("John Bo (Treasurer)", 4), ("John Bo (Harbour Master)", 5), ("John Bo", 6)}
    assert bo.ids() == before
    assert bo.leads() == []
    assert verify(bo.db) == ()
    assert bo.put().generation is None


def test_whoever_turns_out_to_be_nobody_s_name_alone_still_has_a_page(bo: Held) -> None:
    bo.put()
    bo.register(BO)
    bo.put()
    assert speaks(bo) == {("John Bo (Treasurer)", 4), ("John Bo (Harbour Master)", 5)}
    with TestClient(create_app(Settings(archive=bo.db)), follow_redirects=False) as client:
        assert client.get("/speakers/john-bo").status_code == 200
    assert verify(bo.db) == ()


def test_an_id_that_comes_with_a_correction_tells_who_it_is_and_ends_none(bo: Held) -> None:
    bo.register(BO)
    bo.talk("John Bo", 5)
    bo.put()
    before = bo.ids()
    assert ("John Bo", 5) in speaks(bo)
    bo.talk("John Bo", 5, id="harbour")
    report = bo.put()
    assert sorted((file.outcome, file.ended) for file in report.files) == [("corrected", ()), ("unchanged", ())]
    assert speaks(bo) == {("John Bo (Treasurer)", 4), ("John Bo (Harbour Master)", 5)}
    bo.talk("John Bo", 5).write_text(TALK.format(name="John Bo", day=5).replace("always", "often"))
    assert sorted((file.outcome, file.ended) for file in bo.put().files) == [("corrected", ()), ("unchanged", ())]
    assert bo.ids() == before
    assert verify(bo.db) == ()


def test_a_correction_that_is_held_back_settles_nothing(bo: Held) -> None:
    bo.register(BO)
    bo.talk("John Bo", 5)
    bo.put()
    before = bo.db.read_bytes()
    file = bo.talk("John Bo", 5, id="harbour")
    file.write_text(file.read_text()[: file.read_text().index("Question: And")])
    report = bo.put()
    assert sorted(file.outcome for file in report.files) == ["held back", "unchanged"]
    assert (report.settled, report.generation) == ((), None)
    assert bo.db.read_bytes() == before


def test_an_office_that_a_register_gives_to_somebody_is_theirs_wherever_it_stands(tmp_path: Path) -> None:
    held = Held(tmp_path)
    text = "Briefing of May {}, 2020\n\nQuestion: Why?\n\nGovernor: So it is.\n\nQuestion: And?\n\nGovernor: Yes.\n"
    for day in (4, 5):
        (held.folder / f"{day}.txt").write_text(text.format(day))
    held.put()
    assert len(held.people()) == 2, "nobody says that the two are one"
    held.register('[[person]]\nname = "John Brown"\naliases = ["Governor"]\n')
    held.put()
    assert held.people() == [("john-brown", "John Brown")]
    (held.folder / "6.txt").write_text(text.format(6))
    held.put()
    assert held.people() == [("john-brown", "John Brown")]
    assert verify(held.db) == ()


def test_what_a_register_changed_is_told(held: Held, capsys: pytest.CaptureFixture[str]) -> None:
    from app.terminal import show_report

    held.register(ANNA.format(""))
    show_report(held.put(), dry_run=False)
    out = capsys.readouterr().out
    assert "merged: Hanna Petrovska (/speakers/hanna-petrovska) -> Anna Petrova (/speakers/anna-petrova)" in out


def test_labels_go_where_the_words_under_them_go(bo: Held) -> None:
    file = bo.talk("John Bo", 5, id="harbour")
    file.write_text(file.read_text().replace("\nJohn Bo:", "\nMr John Bo:"))
    bo.talk("John Bo", 6)
    bo.put()
    bo.register(BO)
    bo.put()
    labels = "SELECT name, label FROM speaker_labels JOIN speakers ON speakers.id = speaker_id ORDER BY name, label"
    assert bo.rows(labels) == [
        ("John Bo", "John Bo"),
        ("John Bo (Harbour Master)", "Mr John Bo"),
        ("John Bo (Treasurer)", "John Bo"),
    ]


def test_whoever_could_be_two_of_the_register_stays_who_they_are(held: Held) -> None:
    both = '[[person]]\nname = "A. P."\naliases = ["Anna Petrova"]\noutlets = ["The Gull"]\n\n'
    held.talk("Anna Petrova", 4, outlet="The Gull")
    held.put()
    before = held.people()
    held.register(both + both.replace("A. P.", "A. Q."))
    assert held.put().settled == ()
    assert held.people() == before
