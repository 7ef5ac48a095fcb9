"""Each kind of correction, by the importer and from real files: which id stays, which ends, and where it then leads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.archive import reading
from app.archive.holdings import Ending, HeldTurn
from app.archive.opening import Library
from app.errors import NotHeld
from app.importer import Report, import_paths
from app.verifying import verify

HEAD = "Interview with Minister Anna Petrova and Deputy Minister John Brown, May 4, 2020\n\n"
Q1 = "Question: What did the two sides agree on when they met in the capital last week?"
A1 = "Anna Petrova: We agreed on three things, and the first of them is that trade goes on as it did before."
Q2 = "Question: And what of the border, which so many of our readers live beside and worry about?"
A2 = "Anna Petrova: The border stays where it is, as both sides have always said and will go on saying."
A2B = "Anna Petrova: Nobody should doubt it, for the treaty of last year says it in so many words."
Q3 = "Question: Will there be another meeting of the two delegations before the end of the year?"
A3 = "John Brown: There will be one in the autumn, and I shall be there together with the minister."
TALK = [Q1, A1, Q2, A2, Q3, A3]
REASON = "Corrected by the ministry"


class Corrected:
    """One file in an archive of its own, corrected as often as is asked."""

    def __init__(self, folder: Path) -> None:
        self.file, self.db, self.slug = folder / "talk.txt", folder / "archive.db", ""

    def put(self, lines: list[str], retire: list[str] | None = None) -> Report:
        self.file.write_text(HEAD + "\n\n".join(lines) + "\n")
        report = import_paths([self.file], self.db, retire=retire or [], reason=REASON if retire else None)
        self.slug = report.files[0].slug or self.slug
        return report

    def correct(self, lines: list[str]) -> tuple[str, ...]:
        """Put in a correction, after it was held back where it would end ids; return the ids that ended."""
        held = self.put(lines).files[0]
        if held.outcome == "held back":
            done = self.put(lines, list(held.ended)).files[0]
            assert (done.outcome, done.ended) == ("corrected", held.ended)
            return done.ended
        assert held.outcome == "corrected", held
        return ()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        library = Library(self.db)
        with library.lease() as lease:
            yield lease.connection
        library.close()

    def turns(self) -> tuple[HeldTurn, ...]:
        with self.read() as c:
            return reading.interview(c, self.slug).turns

    def ids(self) -> list[str]:
        return [turn.id for turn in self.turns()]

    def end(self, id: str) -> Ending:
        """Return how an id ended; it has no page of today, and its old one stays."""
        with self.read() as c:
            with pytest.raises(NotHeld):
                reading.place(c, id)
            with pytest.raises(NotHeld):
                reading.answer(c, id)
            end = reading.ending(c, id)
        assert end is not None
        assert end.reason == REASON
        return end


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Corrected]:
    one = Corrected(tmp_path)
    one.put(TALK)
    assert len(one.ids()) == len(TALK)
    yield one
    assert verify(one.db) == ()


def words(line: str) -> str:
    return line.partition(": ")[2]


def last_words(end: Ending) -> str:
    return " ".join(end.turn.paragraphs) if end.turn else ""


def test_a_turn_that_is_reworded_keeps_its_id_and_both_wordings_are_read(talk: Corrected) -> None:
    before = talk.ids()
    assert talk.correct([line.replace("always", "often") for line in TALK]) == ()
    assert talk.ids() == before
    with talk.read() as c:
        assert "often" in reading.answer(c, before[3]).turn.paragraphs[0]
        assert "always" in reading.answer(c, before[3], 1).turn.paragraphs[0]
        assert reading.ending(c, before[3]) is None


def test_a_turn_that_is_reworded_beyond_knowing_is_another(talk: Corrected) -> None:
    before = talk.ids()
    other = "Anna Petrova: Of that I have nothing whatever to tell you here and now."
    assert talk.correct([Q1, A1, Q2, other, Q3, A3]) == (before[3],)
    end, now = talk.end(before[3]), talk.ids()
    assert (end.kind, end.successor, last_words(end)) == ("superseded", now[3], words(A2))
    assert [*now[:3], *now[4:]] == [*before[:3], *before[4:]]


def test_an_inserted_exchange_has_new_ids_and_moves_no_other(talk: Corrected) -> None:
    before = talk.ids()
    assert talk.correct([Q1, A1, "Question: Really?", "Anna Petrova: Yes.", *TALK[2:]]) == ()
    now = talk.ids()
    assert [*now[:2], *now[4:]] == before
    assert not set(now[2:4]) & set(before)


def test_a_removed_exchange_ends_without_successor(talk: Corrected) -> None:
    before = talk.ids()
    assert talk.correct([Q1, A1, Q3, A3]) == tuple(before[2:4])
    for at in (2, 3):
        end = talk.end(before[at])
        assert (end.kind, end.successor, last_words(end)) == ("retired", None, words(TALK[at]))
    assert talk.ids() == [*before[:2], *before[4:]]


def test_a_split_turn_leads_to_the_part_that_has_most_of_it(talk: Corrected) -> None:
    talk.correct([Q1, A1, Q2, f"{A2} {words(A2B)}", Q3, A3])
    whole = talk.ids()[3]
    talk.correct([Q1, A1, Q2, A2, "Question: Is that certain?", A2B, Q3, A3])
    now = talk.ids()
    assert whole not in now
    assert talk.end(whole).successor == now[3]


def test_a_split_turn_whose_part_is_clearly_the_turn_keeps_its_id(talk: Corrected) -> None:
    talk.correct([Q1, A1, Q2, f"{A2} Thank you.", Q3, A3])
    before = talk.ids()
    assert talk.correct([Q1, A1, Q2, A2, "Question: Is that all?", "Anna Petrova: Thank you.", Q3, A3]) == ()
    now = talk.ids()
    assert [*now[:4], *now[6:]] == before


def test_joined_turns_lead_to_the_turn_that_has_the_words_of_both(talk: Corrected) -> None:
    talk.correct([Q1, A1, Q2, A2, "Question: Is that certain?", A2B, Q3, A3])
    first, _, second = talk.ids()[3:6]
    ended = talk.correct([Q1, A1, Q2, f"{A2} {words(A2B)}", Q3, A3])
    joined = talk.ids()[3]
    assert {first, second} <= set(ended)
    assert [talk.end(id).successor for id in (first, second)] == [joined, joined]


def test_a_turn_that_is_joined_to_one_that_keeps_its_id_leads_there(talk: Corrected) -> None:
    long = f"{A2} " + " ".join(f"The {number} article says so in its own words as well." for number in range(9))
    talk.correct([Q1, A1, Q2, long, "Question: Is that certain?", A2B, Q3, A3])
    kept, _, second = talk.ids()[3:6]
    talk.correct([Q1, A1, Q2, f"{long} {words(A2B)}", Q3, A3])
    assert talk.ids()[3] == kept
    assert talk.end(second).successor == kept


def test_a_turn_that_moved_out_of_order_leads_to_where_it_went(talk: Corrected) -> None:
    before = talk.ids()
    assert set(talk.correct([Q2, A2, Q3, A3, Q1, A1])) == set(before[:2])
    now = talk.ids()
    assert now[:4] == before[2:]
    assert [talk.end(id).successor for id in before[:2]] == now[4:]


def test_a_turn_given_to_another_speaker_is_another_and_the_old_leads_there(talk: Corrected) -> None:
    before = talk.ids()
    assert talk.correct([Q1, A1, Q2, A2.replace("Anna Petrova", "John Brown"), Q3, A3]) == (before[3],)
    end, now = talk.end(before[3]), talk.turns()
    assert end.turn is not None
    assert end.turn.speaker is not None
    assert now[3].speaker is not None
    assert (end.turn.speaker.name, now[3].speaker.name) == ("Anna Petrova", "John Brown")
    assert end.successor == now[3].id != before[3]


def test_a_turn_given_another_role_is_another_and_the_old_leads_there(talk: Corrected) -> None:
    before = talk.ids()
    statement = A1.replace("We agreed", "Ladies and gentlemen, we agreed")
    ended = talk.correct([statement, Q2, A2, Q3, A3])
    now = talk.turns()
    assert ended == tuple(before[:2])
    assert now[0].role == "statement"
    assert talk.end(before[1]).successor == now[0].id
    assert talk.end(before[0]).successor is None


@pytest.mark.parametrize("lines", [[Q3, A3, Q2, A2, Q1, A1], [Q3, A3]])
def test_an_earlier_version_shows_what_an_ended_id_said(talk: Corrected, lines: list[str]) -> None:
    before = {turn.id: turn for turn in talk.turns()}
    ended = talk.correct(lines)
    assert ended
    with talk.read() as c:
        old = {turn.id: turn for turn in reading.interview(c, talk.slug, 1).turns}
    assert {id: old[id] for id in ended} == {id: before[id] for id in ended}
