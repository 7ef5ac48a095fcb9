"""What is lawfully withheld is in no byte of the archive any more, and does not come back; its tombstone stays."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app import bags
from app.archive import listing, neighbours, reading
from app.archive.holdings import InterviewFilter
from app.archive.opening import Library, for_checking
from app.errors import ArchiveMissing, NotHeld, Withheld
from app.importer import FileReport, import_paths
from app.permalinks import check_character
from app.search.results import SearchRequest, find
from app.verifying import digest, verify
from app.withholding import withhold

HEAD = "Interview with Minister Anna Petrova by the Daily News, 4 May 2020\n\n"
Q1, A1 = "Question: What did the two sides agree on?", "Anna Petrova: We agreed on trade, and on nothing else."
Q2 = "Question: And what is it that the villagers found?"
A2 = "Anna Petrova: Quicksilver lies below the brewery, and the zephyrines know. {} ever asked."
A2 += "\n\n(She coughs wheezily.)"
A2 += "\n\nThat is the unvarnished marrow of it, and I shall say it twice if I have to."
Q3, A3 = "Question: Is there more to come?", "Anna Petrova: The commission meets in the autumn, as it always does."
WORDS = ("quicksilver", "brewery", "zephyrin", "wheezil", "unvarnish", "marrow")
"""Words, and stems of words, that stand in nothing but what is withheld."""
REASON = "Order of the court of 2 June"
TEXT = HEAD + "\n\n".join([Q1, A1, Q2, A2.format("Nobody"), "(The bell rings.)", Q3, A3]) + "\n"
OTHER = "Interview with Governor John Brown, 2019\n\nQuestion: Is that so?\n\nJohn Brown: It has always been so here.\n"
SIDECAR = 'id = "talk"\noutlet = "The Daily News"\n'


def put(folder: Path, text: str, name: str = "talk.txt", sidecar: str = "", **wishes: object) -> FileReport:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / name).write_text(text)
    if sidecar:
        (folder / "in" / f"{name}.toml").write_text(sidecar)
    (done,) = import_paths([folder / "in" / name], folder / "archive.db", **wishes).files  # type: ignore[arg-type]
    return done


@contextmanager
def read(path: Path) -> Iterator[Connection]:
    library = Library(path)
    with library.lease() as lease:
        yield lease.connection
    library.close()


def left_in(folder: Path, words: tuple[str, ...] = WORDS) -> set[str]:
    """Return which of the words stand in any byte of the files beside the archive, and in it."""
    files = [path.read_bytes().lower() for path in folder.iterdir() if path.is_file()]
    return {word for word in words if any(word.encode() in data for data in files)}


def ids(path: Path, slug: str, version: int | None = None) -> list[str]:
    with read(path) as c:
        return [turn.id for turn in reading.interview(c, slug, version).turns]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of an archive of two interviews, and the slug of the one that will have words withheld."""
    folder = tmp_path_factory.mktemp("talk")
    put(folder, OTHER, "other.txt")
    done = put(folder, TEXT, sidecar=SIDECAR)
    assert (done.outcome, done.slug) == ("new", "2020-05-04-petrova-daily-news")
    return folder, str(done.slug)


@pytest.fixture
def talk(made: tuple[Path, str], tmp_path: Path) -> tuple[Path, str, str]:
    """Returns a copy of that archive, that slug, and the id of those words."""
    folder, slug = made
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "archive.db"
    assert left_in(tmp_path) == set(WORDS)
    return path, slug, ids(path, slug)[3]


def test_no_byte_of_the_archive_has_the_words_of_an_answer_that_is_withheld(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    done = withhold(path, id, REASON)
    assert done.generation == 3
    assert left_in(path.parent) == set()
    assert verify(path) == ()
    with read(path) as c:
        turns = reading.interview(c, slug).turns
        assert [turn.withheld for turn in turns] == [None, None, None, REASON, None, None]
        assert (turns[3].id, turns[3].role, turns[3].paragraphs) == (id, "answer", ())
        assert turns[3].speaker is not None
        assert turns[5].paragraphs == (A3.partition(": ")[2],)
        assert reading.source(c, slug)[1] is None


def test_its_tombstone_gives_the_reason_in_every_version(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    withhold(path, id, REASON)
    with read(path) as c:
        for ask in (lambda: reading.answer(c, id), lambda: reading.answer(c, id, 1), lambda: reading.place(c, id)):
            with pytest.raises(Withheld) as caught:
                ask()
            assert (caught.value.reason, caught.value.interview) == (REASON, slug)
        ending = reading.ending(c, id)
        assert ending is not None
        assert (ending.kind, ending.reason, ending.turn) == ("withheld", REASON, None)


def test_search_finds_nothing_of_it_and_its_question_has_a_page_of_its_own(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    question = ids(path, slug)[2]
    with read(path) as c:
        assert [hit.id for hit in find(c, SearchRequest("quicksilver brewery")).hits] == [id]
        assert reading.place(c, question).page == id
    withhold(path, id, REASON)
    with read(path) as c:
        assert [find(c, SearchRequest(word)).total for word in ("quicksilver", "zephyrines", "bre*", "marrow")] == [
            0
        ] * 4
        assert id not in {hit.id for hit in find(c, SearchRequest("speaker:anna-petrova")).hits}
        for side in ("question", "both"):
            assert [hit.id for hit in find(c, SearchRequest("villagers", side=side)).hits] == [question]
        held = reading.answer(c, question)
        assert (held.turn.id, [other.withheld for other in held.others]) == (question, [REASON])
        around = [reading.answer(c, each) for each in (held.previous, held.next) if each]
        assert (around[0].next, around[1].previous) == (question, question)


REWORDED = TEXT.replace("Nobody", "Not a soul")
REMOVED = HEAD + "\n\n".join([Q1, A1, Q3, A3]) + "\n"
REPLACED = TEXT.replace(A2.format("Nobody"), "Anna Petrova: I have nothing whatever to say about that today.")


@pytest.mark.parametrize("correction", [REWORDED, REMOVED, REPLACED])
def test_nothing_is_left_of_any_version_however_the_answer_was_corrected(
    talk: tuple[Path, str, str], correction: str
) -> None:
    path, slug, id = talk
    done = put(path.parent, correction)
    if done.outcome == "held back":
        done = put(path.parent, correction, retire=done.ended, reason="Not as it was said")
    assert (done.outcome, done.slug) == ("corrected", slug)
    kept = not any(word in correction.lower() for word in WORDS)
    withhold(path, id, REASON)
    assert left_in(path.parent) == set()
    assert verify(path) == ()
    with read(path) as c:
        assert (reading.source(c, slug, 1)[1] is None, reading.source(c, slug, 2)[1] is None) == (True, not kept)
        ending = reading.ending(c, id)
        assert ending is not None
        assert (ending.kind, ending.turn, ending.reason) == ("withheld", None, REASON)
    for shown in (1, 2):
        assert len(ids(path, slug, shown)) >= 4


def test_the_same_words_under_another_id_of_the_interview_go_too(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    moved = HEAD + "\n\n".join([Q2, A2.format("Nobody"), Q3, A3, Q1, A1, "Question: So?", "Anna Petrova: Yes."]) + "\n"
    moved = moved.replace("Anna Petrova: Quick", "John Brown: Quick")
    done = put(path.parent, moved)
    done = put(path.parent, moved, retire=done.ended, reason="In another order") if done.ended else done
    assert done.outcome == "corrected"
    with read(path) as c:
        (again,) = [turn.id for turn in reading.interview(c, slug).turns if "Quicksilver" in " ".join(turn.paragraphs)]
    plan = withhold(path, id, REASON).plan
    assert again != id
    assert {turn.id: turn.repeats for turn in plan.turns} == {id: False, again: True}
    assert left_in(path.parent) == set()
    assert verify(path) == ()


def test_an_interview_leaves_its_slug_and_its_ids_and_nothing_else(talk: tuple[Path, str, str]) -> None:
    path, slug, _ = talk
    every = ids(path, slug)
    withhold(path, slug, REASON)
    assert left_in(path.parent, (*WORDS, "anna", "commission", "with minister")) == set()
    assert verify(path) == ()
    with read(path) as c:
        for id in every:
            with pytest.raises(Withheld, match=REASON):
                reading.place(c, id)
        for version in (None, 1):
            with pytest.raises(Withheld, match=REASON):
                reading.interview(c, slug, version)
        with pytest.raises(Withheld):
            reading.source(c, slug)
        assert reading.redirect(c, "interview", slug) is None
        held = listing.holdings(c)
        assert (held.interviews, held.answers, held.speakers, held.outlets) == (1, 1, 1, 0)
        total, listed = listing.interviews(c, InterviewFilter())
        assert (total, len(listed)) == (1, 1)
        assert listing.interviews(c, InterviewFilter(year=2020))[0] == 0
        assert neighbours.beside(c, listed[0].slug) == ()
        assert find(c, SearchRequest("", side="both")).total <= 2


def test_an_interview_that_lost_an_answer_before_can_be_withheld_whole(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    withhold(path, id, "First")
    withhold(path, slug, "Second")
    assert verify(path) == ()
    with read(path) as c:
        kept, other = reading.ending(c, id), reading.ending(c, ids_of(path, slug)[0])
    assert kept is not None
    assert other is not None
    assert {kept.reason, other.reason} == {"First", "Second"}


def ids_of(path: Path, slug: str) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        ask = "SELECT public_id FROM turns JOIN interviews i ON i.id = interview_id WHERE slug = ? ORDER BY turns.id"
        return [row[0] for row in raw.execute(ask, (slug,))]


@pytest.mark.parametrize("whole", [False, True])
def test_to_withhold_again_changes_nothing(talk: tuple[Path, str, str], whole: bool) -> None:
    path, slug, id = talk
    key = slug if whole else id
    withhold(path, key, REASON)
    before = path.read_bytes()
    again = withhold(path, key, "Another reason")
    assert (again.generation, again.reason) == (None, REASON)
    assert again.plan.done is not None
    assert path.read_bytes() == before


def test_who_does_not_agree_and_a_dry_run_change_nothing(talk: tuple[Path, str, str]) -> None:
    path, _, id = talk
    before = path.read_bytes()
    assert withhold(path, id, REASON, agreed=lambda plan: not plan.turns).generation is None
    assert withhold(path, id, REASON, dry_run=True).generation is None
    assert path.read_bytes() == before


def test_what_is_not_there_is_said_and_a_reason_is_needed(talk: tuple[Path, str, str], tmp_path: Path) -> None:
    path, _, id = talk
    with pytest.raises(NotHeld):
        withhold(path, "2001-nobody", REASON)
    with pytest.raises(NotHeld):
        withhold(path, "000000000000" + check_character("000000000000"), REASON)
    with pytest.raises(ValueError, match="reason"):
        withhold(path, id, "  ")
    with pytest.raises(ArchiveMissing):
        withhold(tmp_path / "none.db", id, REASON)
    assert not (tmp_path / "none.db").exists()


Go = Callable[[Path], FileReport]
COMES_BACK: dict[str, Go] = {
    "the same file": lambda folder: put(folder, TEXT),
    "the same file without its sidecar": lambda folder: put(folder, TEXT, "talk-2.txt"),
    "the same bytes with an id of their own": lambda folder: put(folder, TEXT, "copy.txt", 'id = "another"\n'),
    "a correction": lambda folder: put(folder, TEXT.replace("autumn", "winter")),
}


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("how", COMES_BACK)
def test_it_does_not_come_back(talk: tuple[Path, str, str], how: str, whole: bool) -> None:
    path, slug, id = talk
    withhold(path, slug if whole else id, REASON)
    before = path.read_bytes()
    done = COMES_BACK[how](path.parent)
    assert (done.outcome, done.code) == ("refused", "withheld")
    assert REASON in str(done.reason)
    assert path.read_bytes() == before


def test_other_files_still_come_in(talk: tuple[Path, str, str]) -> None:
    path, slug, _ = talk
    withhold(path, slug, REASON)
    done = put(path.parent, TEXT.replace("4 May 2020", "5 May 2020"), "later.txt")
    assert done.outcome == "new"
    again = put(
        path.parent, TEXT.replace("trade", "commerce"), "again.txt", 'id = "again"\noutlet = "The Daily News"\n'
    )
    assert again.outcome == "new"
    assert again.slug != slug, "the slug stays taken"
    assert verify(path) == ()


@pytest.mark.parametrize("whole", [False, True])
def test_a_bag_has_none_of_it_and_gives_the_same_archive(
    talk: tuple[Path, str, str], tmp_path: Path, whole: bool
) -> None:
    path, slug, id = talk
    withhold(path, slug if whole else id, REASON)
    bagged = bags.export(path, tmp_path / "bag")
    assert bagged.withheld == 1
    for file in (tmp_path / "bag").rglob("*"):
        assert file.is_dir() or not any(word.encode() in file.read_bytes().lower() for word in WORDS)
    shutil.rmtree(path.parent / "in")
    restored = tmp_path / "restored" / "archive.db"
    assert bags.restore(tmp_path / "bag", restored).digest == digest(path)
    assert verify(restored) == ()
    with read(restored) as c, pytest.raises(Withheld, match=REASON):
        reading.place(c, id)
    (tmp_path / "restored" / "in").mkdir()
    assert put(tmp_path / "restored", TEXT).code == "withheld"


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("UPDATE passages SET text = 'x', lines = '9' WHERE text = ''", "its words are here"),
        ("UPDATE sources SET data = x'00' WHERE data IS NULL", "its bytes are here"),
        ("UPDATE interviews SET withdrawal = 'x', withdrawn_at = '2026-01-01' WHERE slug LIKE '2020%'", "and is not"),
    ],
)
def test_verify_sees_what_should_not_be_there(talk: tuple[Path, str, str], spoil: str, fault: str) -> None:
    path, _, id = talk
    withhold(path, id, REASON)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(spoil)
    assert any(fault in found for found in verify(path))


def test_turns_of_other_interviews_with_the_same_words_are_told_and_stay(talk: tuple[Path, str, str]) -> None:
    path, _, id = talk
    copy = TEXT.replace("4 May 2020", "9 May 2020").replace("Daily News", "Evening Post")
    other = put(path.parent, copy, "copy.txt")
    plan = withhold(path, id, REASON).plan
    assert {each.interview for each in plan.elsewhere} == {other.slug}
    assert left_in(path.parent) == set(WORDS)
    (twin,) = {each.id for each in plan.elsewhere}
    withhold(path, twin, REASON)
    assert left_in(path.parent) == set()


def test_what_a_correction_put_in_their_place_is_told_and_stays(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    done = put(path.parent, REPLACED)
    assert put(path.parent, REPLACED, retire=done.ended, reason="Misheard").outcome == "corrected"
    with read(path) as c:
        (other,) = (turn.id for turn in reading.interview(c, slug).turns if "nothing whatever" in turn.paragraphs[0])
    assert withhold(path, other, REASON, dry_run=True).plan.kin == (id,)
    assert withhold(path, id, REASON).plan.kin == (other,)
    assert withhold(path, other, REASON).plan.kin == ()
    assert verify(path) == ()


def test_translations_are_told_and_stay(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    russian = "Интервью министра Анны Петровой, 4 мая 2020 года\n\nВопрос: Что нашли?\n\nА.Петрова: Ртуть.\n"
    done = put(path.parent, russian, "talk-ru.txt", f'translation_of = "{slug}"\nlanguage = "ru"\n')
    assert done.outcome == "new"
    assert withhold(path, id, REASON).plan.translations == (done.slug,)
    assert withhold(path, slug, REASON).plan.translations == (done.slug,)
    assert withhold(path, str(done.slug), REASON).plan.translations == ()
    assert verify(path) == ()


QUOTING = """# “Quicksilver lies below the brewery”: interview with Minister Anna Petrova, 4 May 2020

**Question:** What did the two sides agree on?

**Anna Petrova:** We agreed on trade, and on nothing else.

[Editor's note: “Quicksilver lies below”, see the map]

[A pause]

**Question:** And what of this?

**Anna Petrova:** Quicksilver lies below the brewery.
"""


def test_a_title_a_note_and_a_sidecar_that_quote_it_go_and_nothing_else(tmp_path: Path) -> None:
    done = put(tmp_path, QUOTING, "q.md", 'outlet = "The Daily News"\n# He said “Quicksilver lies below”.\n')
    path, slug = tmp_path / "archive.db", str(done.slug)
    plan = withhold(path, ids(path, slug)[-1], REASON).plan
    assert {part.kind for part in plan.parts} == {"title", "margin", "note", "sidecar"}
    assert verify(path) == ()
    with read(path) as c:
        held = reading.interview(c, slug)
        assert held.head.title == "[Title withheld]"
        assert [note.text for note in held.notes] == ["[A pause]"]
    assert left_in(tmp_path, ("quicksilver", "brewery")) == set()


def test_the_words_are_taken_off_the_count(talk: tuple[Path, str, str]) -> None:
    path, slug, id = talk
    with read(path) as c:
        before, turn = reading.interview(c, slug), reading.answer(c, id)
    said = sum(len(text.split()) for text in turn.turn.paragraphs)
    label, note = len(turn.turn.label.split()), len(turn.notes[0].text.split())
    withhold(path, id, REASON)
    with read(path) as c:
        assert reading.interview(c, slug).head.word_count == before.head.word_count - said - label - note
        notes = reading.interview(c, slug).notes
        assert [(note.text, note.after, note.paragraph) for note in notes] == [("(The bell rings.)", id, 0)]
    with for_checking(path) as c:
        assert reading.generation(c).number == 3


def test_what_else_is_known_of_an_interview_stays_as_it_was(tmp_path: Path) -> None:
    done = put(tmp_path, TEXT)
    path = tmp_path / "archive.db"
    with read(path) as c:
        before = reading.interview(c, done.slug or "")
    withhold(path, next(turn.id for turn in before.turns if "Quicksilver" in turn.paragraphs[0]), REASON)
    with read(path) as c:
        after = reading.interview(c, done.slug or "").head
    known = ("title", "date", "time", "place", "language", "speakers", "outlets", "exchange_count")
    assert {name: getattr(after, name) for name in known} == {name: getattr(before.head, name) for name in known}
