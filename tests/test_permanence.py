"""Random histories of corrections: after each, every id ever published answers, and never with another turn's words.

What a turn is, is known here from how the transcripts are made and changed, not from any comparison of texts.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from starlette.testclient import TestClient

from app.archive import lapsed, matching, reading, versions
from app.archive.opening import Library
from app.errors import NotHeld
from app.importer import FileReport, import_paths
from app.returning import roll_back
from app.settings import Settings
from app.verifying import verify
from app.web import create_app

HISTORIES = int(os.environ.get("CORRECTIONS", "4"))
"""How many histories of corrections are made of a whole archive; CORRECTIONS=1000 makes that many."""
TEXTS = 100 * HISTORIES
"""How many are made of a text alone: what is imported in a minute is matched in a moment."""
TALKS = 4
"""Interviews in each history: they are corrected side by side, since an import costs more than a file."""

LABELS = ("Anna Petrova", "John Brown", "Hanna Petrovska", "Jon Braun", "Olga Bo")
ALIASES = {"Hanna Petrovska": "Anna Petrova", "Jon Braun": "John Brown", "Olga Bo": "Anna Petrova"}
"""Who may turn out to be whom, by the register."""
ASKED = ("Really?", "And then?", "Can you say more about that than your office has said so far this week?")
ANSWERED = (
    "Yes.",
    "No.",
    "I do not think so.",
    "I have nothing to add to what I have told you before in this very room.",
)
"""What is said again and again, each time by another turn."""


# What was said, as only this test knows it.


@dataclass(frozen=True, slots=True)
class Said:
    """A turn."""

    tag: int
    """No other turn has it; whatever is another turn, for its words or for who speaks, has another."""
    of: frozenset[int]
    """Its tag, and those of the turns it came of by a split or by joining."""
    label: str
    """Who speaks, as printed; empty for who asks."""
    words: str
    kin: frozenset[int]
    """Turns with the same words have one in common, and keep it when they are changed, parted or joined. Such turns are
    not changed a little beside each other, since what comes of it could be either."""


Exchange = tuple[Said, ...]
"""A question and the answers to it."""
Talk = tuple[Exchange, ...]


class Content(NamedTuple):
    """What of a turn anybody can see."""

    person: str
    words: str


def flat(talk: Talk) -> list[Said]:
    return [said for exchange in talk for said in exchange]


class Making:
    """Makes and changes what is said, by choices that are drawn."""

    def __init__(self, draw: Callable[[int], int]) -> None:
        self.below, self.tags, self.numbers = draw, count(1), count(1)
        self.register: dict[str, str] = {}

    def person(self, label: str) -> str:
        return self.register.get(label, label)

    def word(self) -> str:
        """Return a word that was never said."""
        number, letters = next(self.numbers), ""
        while number:
            number, rest = divmod(number, 50)
            letters = "bdfgklmnst"[rest // 5] + "aeiou"[rest % 5] + letters
        return letters

    def fresh(self, label: str, words: str | None = None, kin: frozenset[int] = frozenset()) -> Said:
        tag = next(self.tags)
        if words is None:
            stock = ("", "As I have said before, ", "In this matter of which so many speak ")[self.below(3)]
            said = " ".join(self.word() for _ in range(3 + self.below(17)))
            words = f"{stock}{said}{'.' if label else '?'}"
        return Said(tag, frozenset({tag}), label, words, kin or frozenset({tag}))

    def again(self, label: str, words: Sequence[str]) -> Said:
        """Make a turn that is new, or one in three times what is said again and again."""
        if self.below(3):
            return self.fresh(label)
        place = self.below(len(words))
        return self.fresh(label, words[place], frozenset({-1 - place}))

    def exchange(self) -> Exchange:
        """Make a question and one or two answers."""
        asked = self.again("", ASKED)
        answers = [self.again(LABELS[self.below(5)], ANSWERED) for _ in range(1 + (self.below(5) == 0))]
        if len(answers) == 2 and self.person(answers[0].label) == self.person(answers[1].label):
            answers.pop()
        return (asked, *answers)

    def talk(self) -> Talk:
        return tuple(self.exchange() for _ in range(2 + self.below(5)))

    def corrected(self, talk: Talk) -> Talk:
        """Return a talk with one correction; each leaves at least one exchange."""
        return CORRECTIONS[self.below(len(CORRECTIONS))](self, talk)


def _with(talk: Talk, at: int, *exchanges: Exchange, instead_of: int = 1) -> Talk:
    return (*talk[:at], *exchanges, *talk[at + instead_of :])


def _turn(making: Making, talk: Talk) -> tuple[int, int, Said]:
    at = making.below(len(talk))
    place = making.below(len(talk[at]))
    return at, place, talk[at][place]


def _put(talk: Talk, at: int, place: int, said: Said) -> Talk:
    return _with(talk, at, (*talk[at][:place], said, *talk[at][place + 1 :]))


def insert(making: Making, talk: Talk) -> Talk:
    return _with(talk, making.below(len(talk) + 1), making.exchange(), instead_of=0)


def remove(making: Making, talk: Talk) -> Talk:
    return talk if len(talk) == 1 else _with(talk, making.below(len(talk)))


def reword_slightly(making: Making, talk: Talk) -> Talk:
    """Change one word or two: it is the turn it was."""
    at, place, said = _turn(making, talk)
    if any(one.kin & said.kin and bool(one.label) == bool(said.label) for one in flat(talk) if one is not said):
        return talk
    words = said.words.split(" ")
    for _ in range(1 + making.below(2)):
        words[making.below(len(words))] = making.word()
    return _put(talk, at, place, replace(said, words=" ".join(words)))


def reword_wholly(making: Making, talk: Talk) -> Talk:
    """Say something else instead: that is another turn."""
    at, place, said = _turn(making, talk)
    return _put(talk, at, place, making.fresh(said.label))


def split(making: Making, talk: Talk) -> Talk:
    """Part an answer by a question that had been left out."""
    at, place, said = _turn(making, talk)
    words = said.words.split(" ")
    if not said.label or len(words) < 4:
        return talk
    cut = 1 + making.below(len(words) - 1)
    parts = [making.fresh(said.label, " ".join(part), said.kin) for part in (words[:cut], words[cut:])]
    one, other = (replace(part, of=part.of | said.of) for part in parts)
    first = (*talk[at][:place], one)
    return _with(talk, at, first, (making.fresh(""), other, *talk[at][place + 1 :]))


def join(making: Making, talk: Talk) -> Talk:
    """Leave out the question between two answers of one person."""
    at = making.below(len(talk))
    if at + 1 == len(talk) or talk[at][-1].label != talk[at + 1][1].label:
        return talk
    one, other = talk[at][-1], talk[at + 1][1]
    both = making.fresh(one.label, f"{one.words} {other.words}", one.kin | other.kin)
    joined = replace(both, of=both.of | one.of | other.of)
    return _with(talk, at, (*talk[at][:-1], joined, *talk[at + 1][2:]), instead_of=2)


def move(making: Making, talk: Talk) -> Talk:
    at = making.below(len(talk))
    rest = _with(talk, at)
    return _with(rest, making.below(len(rest) + 1), talk[at], instead_of=0)


def give_to_another(making: Making, talk: Talk) -> Talk:
    """Print another name before a turn: another person's is another turn, the same person's is the same."""
    at, place, said = _turn(making, talk)
    label = LABELS[making.below(len(LABELS))]
    if not said.label or any(making.person(label) == making.person(other.label) for other in talk[at] if other != said):
        return talk
    if making.person(label) == making.person(said.label):
        return _put(talk, at, place, replace(said, label=label))
    return _put(talk, at, place, making.fresh(label, said.words, said.kin))


def swap(making: Making, talk: Talk) -> Talk:
    """Let the words of two turns change places: who spoke is the same, and so is each turn but its place."""
    at, other = making.below(len(talk)), making.below(len(talk))
    answers = talk[at][1:], talk[other][1:]
    if at == other:
        return talk
    return _with(_with(talk, at, (talk[at][0], *answers[1])), other, (talk[other][0], *answers[0]))


def repeat(making: Making, talk: Talk) -> Talk:
    """Let a turn, or a whole exchange, be said once more: what says it again is another turn."""
    at, place, _ = _turn(making, talk)
    again = [making.fresh(one.label, one.words, one.kin) for one in talk[at]]
    if making.below(2):
        again = [making.fresh("") if index == 0 != place else one for index, one in enumerate(again)]
    return _with(talk, making.below(len(talk) + 1), tuple(again), instead_of=0)


CORRECTIONS = (
    *(insert, remove, reword_slightly, reword_wholly, split, join, move, give_to_another, swap, repeat),
    *(remove, reword_slightly),
)


# Which turn may stand under an id.

SURE = 1000.0
"""More than all that can be kept weighs."""


def is_same(old: Said, new: Said) -> bool:
    """Say whether a turn came of another, as only its maker knows."""
    return old.tag in new.of


class Reading:
    """Two texts of one talk, in turn order, as anybody sees them."""

    def __init__(self, making: Making, old: Talk, new: Talk) -> None:
        self.making, self.old, self.new = making, flat(old), flat(new)
        self.exchanges = [
            [(place, [self.content(said) for said in exchange]) for exchange in talk for place in range(len(exchange))]
            for talk in (old, new)
        ]

    def content(self, said: Said) -> Content:
        return Content(self.making.person(said.label), said.words)

    def is_like(self, i: int, j: int) -> bool:
        """Say whether old turn `i` is new turn `j`, or one that nobody can tell from it is."""
        one, other = self.content(self.old[i]), self.content(self.new[j])
        return (
            one == other
            or (one.person == other.person and not self.old[i].kin.isdisjoint(self.new[j].kin))
            or any(is_same(old, self.new[j]) and self.content(old) == one for old in self.old)
            or any(is_same(self.old[i], new) and self.content(new) == other for new in self.new)
        )

    def nobody_can_tell(self, i: int, j: int) -> bool:
        """Say whether the texts give no reason to think that old turn `i` is not new turn `j`.

        One of these holds. Exchanges say the same to the last word, so that one is as good as another. At least eight
        words stand once in either text. Or the two say the same, or what they were changed from or to does, and to take
        the one for the other keeps as many turns in their order, and as many beside the question they answer, as were.
        """
        old, new = self.exchanges
        alike = [a for a, seen in enumerate(old) if seen == old[i]], [b for b, seen in enumerate(new) if seen == new[j]]
        if old[i] == new[j] or any(is_same(self.old[a], self.new[b]) for a in alike[0] for b in alike[1]):
            return True
        said, says = Counter(map(self.content, self.old)), Counter(map(self.content, self.new))
        one = self.content(self.old[i])
        if one == self.content(self.new[j]) and said[one] == says[one] == 1 and len(one.words.split()) >= 8:
            return True
        kept = self.most(self.share)
        if not self.is_like(i, j):
            return False
        return self.most(lambda a, b: self.is_like(a, b) + SURE * ((a, b) == (i, j))) - SURE >= kept

    def share(self, i: int, j: int) -> float:
        """Return how much of an old turn is left in a new one that came of it, of whichever is longer.

        Of other turns it is 0, and of one that has lost more than a quarter: nobody could know it again.
        """
        one, other = (Counter(said.words.split()) for said in (self.old[i], self.new[j]))
        left = (one & other).total() / max(one.total(), other.total())
        return left if is_same(self.old[i], self.new[j]) and left >= 3 / 4 else 0.0

    def most(self, weight: Callable[[int, int], float]) -> float:
        """Return the most that turns kept in their order weigh; one beside the one it was beside weighs 1 more."""
        best = [[0.0] * (len(self.new) + 1) for _ in range(len(self.old) + 1)]
        ends = [[float("-inf")] * (len(self.new) + 1) for _ in range(len(self.old) + 1)]
        for a, old in enumerate(self.old):
            for b, new in enumerate(self.new):
                if weighs := weight(a, b):
                    goes_on = 1 if old.label and new.label else 0
                    ends[a + 1][b + 1] = weighs + max(best[a][b], ends[a][b] + goes_on)
                best[a + 1][b + 1] = max(ends[a + 1][b + 1], best[a][b + 1], best[a + 1][b])
        return best[-1][-1]


# An archive that is corrected, and what was ever published of it.


class Published:
    """An archive with everything that it ever showed."""

    def __init__(self, folder: Path, making: Making) -> None:
        self.folder, self.db, self.making = folder / "in", folder / "archive.db", making
        self.folder.mkdir()
        self.slugs: list[str] = []
        self.talks: list[Talk] = []
        self.editions: Counter[int] = Counter()
        self.ids: list[list[str]] = []
        self.ended: dict[str, Said] = {}
        self.versions: list[list[list[tuple[str, str]]]] = []

    def write(self, talks: Sequence[Talk]) -> None:
        for number, talk in enumerate(talks):
            turns = [{"speaker": said.label or "Question", "text": said.words} for said in flat(talk)]
            if self.talks[number : number + 1] != [talk]:
                self.editions[number] += 1  # as an earlier text, byte for byte, a correction would be no new version
            title = f"Talk {number}, edition {self.editions[number]}"
            record = {"title": title, "date": f"2020-05-{number + 1:02}", "language": "en", "turns": turns}
            (self.folder / f"talk-{number}.json").write_text(json.dumps(record, indent=1))
        names: dict[str, list[str]] = {}
        for label, name in self.making.register.items():
            names.setdefault(name, []).append(label)
        entries = [f"[[person]]\nname = {json.dumps(name)}\naliases = {json.dumps(names[name])}\n" for name in names]
        self.db.with_name("people.toml").write_text("\n".join(entries))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        library = Library(self.db)
        with library.lease() as lease:
            yield lease.connection
        library.close()

    def put(self) -> list[FileReport]:
        """Import the files; what is held back changes nothing, until the ids it would end are retired."""
        first = import_paths([self.folder], self.db)
        ending = [id for file in first.files if file.outcome == "held back" for id in file.ended]
        files = list(first.files)
        if ending:
            with self.read() as c:
                for file, slug, ids in zip(files, self.slugs, self.ids, strict=True):
                    if file.outcome == "held back":
                        assert [turn.id for turn in reading.interview(c, slug).turns] == ids
            second = import_paths([self.folder], self.db, retire=ending, reason="Corrected")
            assert second.unused_retirements == ()
            files = [two if one.outcome == "held back" else one for one, two in zip(files, second.files, strict=True)]
        assert {file.outcome for file in files} <= {"new", "corrected", "unchanged"}, files
        return files

    def publish(self, talks: Sequence[Talk]) -> None:
        """Publish talks, or corrections of them, and hold them against all that was published before."""
        self.write(talks)
        files = self.put()
        slugs = [file.slug or "" for file in files]
        assert slugs == (self.slugs or slugs), "a slug never changes"
        ended = {id for file in files for id in file.ended if file.outcome == "corrected"}
        before = list(zip(self.talks, self.ids, strict=True)) or [((), []) for _ in talks]
        self.slugs, self.talks, self.ids = slugs, list(talks), []
        self.versions = self.versions or [[] for _ in talks]
        with self.read() as c:
            for number, (slug, talk, (old, old_ids)) in enumerate(zip(slugs, talks, before, strict=True)):
                turns = reading.interview(c, slug).turns
                shown = [Content(turn.speaker.name if turn.speaker else "", turn.paragraphs[0]) for turn in turns]
                assert shown == [self.content(said) for said in flat(talk)], "the transcript is read as it was made"
                ids = [turn.id for turn in turns]
                self.ids.append(ids)
                self.compare(old, old_ids, talk, ids)
                assert ended >= set(old_ids) - set(ids), "no id ends that was not listed"
                if files[number].outcome != "unchanged":
                    self.versions[number].append([(id, said.words) for id, said in zip(ids, flat(talk), strict=True)])
            self.answer(c)

    def content(self, said: Said) -> Content:
        return Content(self.making.person(said.label), said.words)

    def compare(self, old: Talk, old_ids: Sequence[str], new: Talk, new_ids: Sequence[str]) -> None:
        """Hold that each id is still of its turn, and that what ended stays ended."""
        assert len(set(new_ids)) == len(new_ids)
        seen = Reading(self.making, old, new)
        for j, id in enumerate(new_ids):
            assert id not in self.ended, f"{id} ended, and now shows {seen.new[j]}"
            if id in old_ids:
                i = old_ids.index(id)
                is_right = is_same(seen.old[i], seen.new[j]) or seen.nobody_can_tell(i, j)
                assert is_right, f"{id} was {seen.old[i]} and now shows {seen.new[j]}"
        for i, id in enumerate(old_ids):
            if id not in new_ids:
                self.ended[id] = seen.old[i]

    def answer(self, c: Connection) -> None:
        """Hold that every id ever published answers: with its own words, or as ended, with its last ones."""
        standing = {id: said for ids, talk in zip(self.ids, self.talks, strict=True) for id, said in self.of(ids, talk)}
        for id, said in standing.items():
            assert reading.place(c, id).id == id
            assert reading.ending(c, id) is None, said
        for id, said in self.ended.items():
            end = reading.ending(c, id)
            assert end is not None
            assert end.turn is not None
            assert end.turn.id == id
            assert Content(end.turn.speaker.name if end.turn.speaker else "", end.turn.paragraphs[0]) == self.content(
                said
            )
            assert end.reason == "Corrected"
            with pytest.raises(NotHeld):
                reading.place(c, id)
            met, successor = {id}, end.successor
            while successor is not None and successor not in standing:
                assert successor not in met, "successors lead round in a circle"
                met.add(successor)
                next = reading.ending(c, successor)
                assert next is not None
                successor = next.successor

    @staticmethod
    def of(ids: Sequence[str], talk: Talk) -> Iterator[tuple[str, Said]]:
        yield from zip(ids, flat(talk), strict=True)

    def visit(self) -> None:
        """Hold the same of the site, and that every version is read as it was published."""
        assert verify(self.db) == ()
        with self.read() as c:
            for slug, versions in zip(self.slugs, self.versions, strict=True):
                for number, version in enumerate(versions, 1):
                    held = reading.interview(c, slug, number).turns
                    assert [(turn.id, turn.paragraphs[0]) for turn in held] == version
        words = {id: said for ids, talk in zip(self.ids, self.talks, strict=True) for id, said in self.of(ids, talk)}
        with TestClient(create_app(Settings(archive=self.db)), follow_redirects=False) as client:
            for id, said in words.items():
                page = client.get(f"/a/{id}.json")
                if page.status_code == 302:
                    page = client.get(page.headers["location"].partition("#")[0])
                assert page.status_code == 200, page.request.url
                record = page.json()
                turns = [record["answer"], *record["questions"]]
                (turn,) = [turn for turn in turns if turn and turn["id"] == id]
                assert turn["paragraphs"] == [said.words]
            for id in self.ended:
                assert client.get(f"/a/{id}").status_code in {301, 302, 308, 410}


@contextmanager
def publishing(making: Making) -> Iterator[Published]:
    with tempfile.TemporaryDirectory(prefix="permanence-") as folder:
        yield Published(Path(folder), making)


CHECKED = settings(
    # No example is made smaller: that takes many imports. The one that fails is shown as a story.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    derandomize="CORRECTIONS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
RANDOM = st.randoms(use_true_random=True)


@settings(CHECKED, max_examples=HISTORIES)
@given(RANDOM)
def test_every_id_ever_published_answers_and_never_with_the_words_of_another_turn(random: Random) -> None:
    making = Making(random.randrange)
    talks = [making.talk() for _ in range(TALKS)]
    with publishing(making) as published:
        published.publish(talks)
        for _ in range(1 + making.below(5)):
            if making.below(3) == 0:
                label = list(ALIASES)[making.below(3)]
                making.register[label] = ALIASES[label]
                before = published.ids
                published.publish(talks)
                assert published.ids == before, "who is who by the register ends no id"
            for number, talk in enumerate(talks):
                for _ in range(1 + making.below(2)):
                    talk = making.corrected(talk)
                talks[number] = talk
            published.publish(talks)
        published.visit()


class Withdrawn:
    """An archive that is returned to the generation before now and then, with what each of its versions ever said."""

    def __init__(self, published: Published) -> None:
        self.published, self.said = published, dict[tuple[str, int], list[tuple[str, int | None, str]]]()

    def put(self, talks: Sequence[Talk]) -> None:
        """Import talks; the same words always come as the same file."""
        self.published.editions.clear()
        self.published.write(talks)
        first = import_paths([self.published.folder], self.published.db)
        ending = [id for file in first.files if file.outcome == "held back" for id in file.ended]
        if ending:
            import_paths([self.published.folder], self.published.db, retire=ending, reason="Corrected")

    def look(self) -> int:
        """Hold that each version ever published says what it said, or that it was withdrawn; return how many were."""
        gone = set(self.said)
        with self.published.read() as c:
            for slug in c.exec_driver_sql("SELECT slug FROM interviews").scalars():
                for version in versions.of_interview(c, slug):
                    at = slug, version.number
                    turns = versions.texts(c, slug, (version.number,))[version.number].turns
                    says = [(turn.id, turn.exchange, turn.paragraphs[0]) for turn in turns]
                    assert self.said.setdefault(at, says) == says, f"{at} has come to mean other words"
                    gone.discard(at)
            for slug, number in gone:
                with pytest.raises(NotHeld):
                    reading.interview(c, slug, number)
                assert lapsed.of(c, "version", lapsed.name_of_version(slug, number)) is not None
        return len(gone)


@settings(CHECKED, max_examples=HISTORIES // 2 or 1)
@given(RANDOM)
def test_no_number_of_a_version_ever_shows_other_words_whatever_was_withdrawn(random: Random) -> None:
    making = Making(random.randrange)
    texts = [[making.talk()] for _ in range(2)]
    for readings in texts:
        readings += [making.corrected(readings[0]) for _ in range(2)]
    with publishing(making) as published:
        withdrawn, gone = Withdrawn(published), 0
        withdrawn.put(texts[0][:1])  # the second interview comes in later, so that it is withdrawn as a whole
        for _ in range(5):
            withdrawn.put([readings[making.below(len(readings))] for readings in texts])
            withdrawn.look()
            for _ in range(1 + making.below(2)):
                roll_back(published.db)
                gone += withdrawn.look()
        withdrawn.put([making.talk() for _ in texts])
        withdrawn.look()
        assert gone
        assert verify(published.db) == ()


def matched(random: Random) -> bool:
    """Correct one text, and hold against the corrections what matching says of it: it is true, or asserted in vain."""
    making = Making(random.randrange)
    talk = making.talk()
    for _ in range(1 + making.below(5)):
        before = talk
        for _ in range(1 + making.below(2)):
            talk = making.corrected(talk)
        seen = Reading(making, before, talk)
        old, new = ([_spoken(making, said) for said in side] for side in (seen.old, seen.new))
        for j, i in enumerate(matching.match(old, new)):
            is_right = i is None or is_same(seen.old[i], seen.new[j]) or seen.nobody_can_tell(i, j)
            assert is_right, f"{seen.old[i or 0]} is taken for {seen.new[j]}"
    return True


def _spoken(making: Making, said: Said) -> matching.Spoken:
    return matching.Spoken("answer" if said.label else "question", making.person(said.label) or None, said.words)


@settings(CHECKED, max_examples=TEXTS)
@given(RANDOM)
def test_no_turn_is_taken_for_another_however_it_is_corrected(random: Random) -> None:
    matched(random)


def _whoever_speaks(old: matching.Spoken, new: matching.Spoken, least: int) -> float:
    return _likeness(replace(old, speaker=None), replace(new, speaker=None), least)


_likeness = matching._likeness


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("LIKENESS", 0.2),
        ("_likeness", _whoever_speaks),
        ("_asked", lambda *text: None),
        ("_often", lambda *text: set()),
        ("_outweighed", lambda *text: set()),
    ],
)
def test_a_matching_that_is_too_ready_is_found_out(name: str, fault: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, name, fault)
    with pytest.raises(AssertionError, match="is taken for"):
        all(matched(Random(seed)) for seed in range(5000))
