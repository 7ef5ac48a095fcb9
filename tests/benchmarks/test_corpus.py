"""The made corpus is what an import of its files would be, and is the same whenever it is made."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from app import parsing, readers
from app.sidecars import read_sidecar
from app.verifying import verify
from tests.benchmarks import corpus
from tests.benchmarks.invented import tongue

SOME = range(60)


def test_the_parser_makes_of_each_file_what_was_stored_of_it() -> None:
    for number in SOME:
        made = corpus.receipt(number)
        read = parsing.parse(readers.read(made.source), made.source)
        assert (read.turns, read.exchanges) == (made.interview.turns, made.interview.exchanges), number
        # Who is introduced first, and as what, is a question of style that the corpus does not put.
        assert replace(read, speakers=()) == replace(made.interview, speakers=()), number
        assert made.sidecar is not None
        assert read_sidecar("x.toml", made.sidecar) == made.source.provenance


def test_an_interview_depends_on_its_number_and_the_seed_alone() -> None:
    assert list(corpus.receipts(3, start=4))[1] == corpus.receipt(5)
    assert corpus.receipt(5, seed=2) != corpus.receipt(5)


def test_words_are_repeated_as_in_speech() -> None:
    said = (turn for number in SOME for turn in corpus.receipt(number).interview.turns)
    used = Counter(word.strip(".?").lower() for turn in said for part in turn.paragraphs for word in part.split())
    assert len(used) > 5000
    assert used.most_common(1)[0][0] in tongue("en").words[:3]
    assert sum(count == 1 for count in used.values()) > len(used) / 3


def test_the_archive_is_true_to_its_sources(tmp_path: Path) -> None:
    corpus.build(tmp_path / "corpus.db", 12)
    assert verify(tmp_path / "corpus.db") == ()
