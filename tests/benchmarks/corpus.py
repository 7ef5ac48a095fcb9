"""Makes a corpus of any size, the same for the same seed, and writes it into an archive as an import would.

    python -m tests.benchmarks.corpus 100000 /tmp/corpus.db

What an import reads out of files is made here at once; storing, indexing and publishing are the program's own. The
words are invented (invented.py), but as often repeated as those of real speech. Twenty answers to an interview, 60
words to an answer; a fifth of the interviews is in Russian. The first thousand of a hundred thousand are the thousand.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.archive.publishing import building
from app.archive.writing import Receipt, store
from app.records import Exchange, Interview, Line, Provenance, Role, Source, Speaker, Turn
from app.search.index import index_interview
from tests.benchmarks.invented import Tongue, office, tongue, zipf

SEED = 1
ANSWERS = 20
"""To an interview, on average."""
_FIRST_YEAR, _YEARS = 1995, 30
_OUTLETS = tuple(f"{place} {kind}" for kind in ("Daily", "Radio", "Herald", "News Agency") for place in (
    "Harbour", "Northern", "Capital", "River", "Valley", "Coast", "Border", "Island", "Market", "Union"
))  # fmt: skip
_OUTLET_SUMS = zipf(len(_OUTLETS), shift=1, power=1)
_PUBLISHERS = ("Ministry of Foreign Affairs", "Office of the Prime Minister", "Treasury", "Parliament")
_PARAGRAPH = 90
"""Words after which a speaker begins a new paragraph."""
Said = tuple[Role, str | None, tuple[str, ...]]
"""Role, speaker, paragraphs."""


@dataclass(frozen=True, slots=True)
class _Event:
    """What an interview is before anybody has said a word."""

    number: int
    tongue: Tongue
    date: str
    officials: tuple[str, ...]
    asker: str | None
    outlet: str


def receipts(interviews: int, seed: int = SEED, start: int = 0) -> Iterator[Receipt]:
    """Yield what an import would store of interviews `start` and on; each depends on the seed and its number alone."""
    for number in range(start, start + interviews):
        yield receipt(number, seed)


def receipt(number: int, seed: int = SEED) -> Receipt:
    """Return one interview of the corpus with the bytes of its file; the parser makes the same of them."""
    rng = Random(f"{seed} {number}")
    event = _event(number, rng)
    said = _said(event, rng)
    title = _title(event)
    text, turns = _printed(title, event, said)
    people = [*event.officials, *([event.asker] if event.asker else [])]
    interview = Interview(
        title=title,
        date=event.date,
        time=None,
        place=None,
        language=event.tongue.tag,
        also_in=(),
        outlets=(event.outlet,),
        speakers=tuple(Speaker(name, office(name) if name in event.officials else None, (name,)) for name in people),
        turns=turns,
        notes=(),
        exchanges=_exchanges(said),
        metadata=(Line(title, 1, "title"),),
        furniture=(),
        findings=(),
        words=len(text.split()),
    )
    name = f"{number:07}.txt"
    known = Provenance(
        url=f"https://archive.example/{number}",
        publisher=_PUBLISHERS[number % len(_PUBLISHERS)],
        retrieved="2026-01-01",
        outlets=(event.outlet,),
        language=event.tongue.tag,
    )
    return Receipt(Source(name, text.encode(), "text/plain", known), interview, "utf-8", _sidecar(known))


def build(path: Path, interviews: int, seed: int = SEED) -> None:
    """Publish an archive of so many interviews at `path`, where none may be yet, as one generation."""
    if path.exists():
        raise FileExistsError(path)
    begun = time.monotonic()
    with building(path) as c:
        for done, each in enumerate(receipts(interviews, seed), 1):
            index_interview(c, store(c, each).interview_id)
            if done % 1000 == 0:
                print(f"{done} of {interviews} interviews, {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB in {time.monotonic() - begun:.0f} s")


def _event(number: int, rng: Random) -> _Event:
    language = tongue("ru" if rng.random() < 0.2 else "en")
    date = f"{_FIRST_YEAR + rng.randrange(_YEARS)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    # The first of the officials speaks in a third of all interviews, as the head of a government does.
    sums = zipf(len(language.officials), shift=0, power=1.3)
    officials = dict.fromkeys(rng.choices(language.officials, cum_weights=sums, k=1 + (rng.random() < 0.15)))
    asker = rng.choice(language.askers) if rng.random() < 0.2 else None
    (outlet,) = rng.choices(_OUTLETS, cum_weights=_OUTLET_SUMS)
    return _Event(number, language, date, tuple(officials), asker, outlet)


def _title(event: _Event) -> str:
    year, month, day = event.date.split("-")
    when = f"{int(day)} {event.tongue.months[int(month) - 1]} {year}"
    who = [f"{office(name)} {name}" for name in event.officials]
    return f"Interview with {' and '.join(who)}, {when}"


def _said(event: _Event, rng: Random) -> list[Said]:
    """Return who says what: a question, its answer, sometimes that of another official, and so on."""
    talk = _Talk(event.tongue, rng)
    said: list[Said] = []
    for _ in range(max(2, round(rng.gauss(ANSWERS, 6)))):
        said.append(("question", event.asker, talk.paragraphs(rng.randint(5, 30), "?")))
        for official in event.officials[: 1 + (rng.random() < 0.2)]:
            said.append(("answer", official, talk.paragraphs(max(3, round(rng.lognormvariate(3.85, 0.75))), ".")))
    return said


class _Talk:
    """Words as one interview draws them: by how often they are used, and one in twenty of its topic."""

    def __init__(self, spoken: Tongue, rng: Random) -> None:
        self._spoken, self._rng = spoken, rng
        self._topic = rng.choice(spoken.topics)

    def paragraphs(self, length: int, end: str) -> tuple[str, ...]:
        """Return so many words, in sentences, in paragraphs."""
        rng = self._rng
        words = rng.choices(self._spoken.words, cum_weights=self._spoken.sums, k=length)
        for place in range(rng.randrange(20), length, 20):
            words[place] = rng.choice(self._topic)
        return tuple(self._sentences(words[at : at + _PARAGRAPH], end) for at in range(0, length, _PARAGRAPH))

    def _sentences(self, words: Sequence[str], end: str) -> str:
        said, at = [], 0
        while at < len(words):
            length = self._rng.randint(8, 26)
            sentence = " ".join(words[at : at + length])
            said.append(sentence[0].upper() + sentence[1:] + end)
            at += length
        return " ".join(said)


def _printed(title: str, event: _Event, said: Sequence[Said]) -> tuple[str, tuple[Turn, ...]]:
    """Return the text of the file and the turns in it, each with the line it stands on."""
    lines, turns = [title, ""], []
    for role, speaker, paragraphs in said:
        label = speaker or event.tongue.asks
        where = tuple(len(lines) + 1 + 2 * place for place in range(len(paragraphs)))
        turns.append(Turn(role, speaker, label, ":", paragraphs, where, where[0]))
        for place, paragraph in enumerate(paragraphs):
            lines += [f"{label}: {paragraph}" if place == 0 else paragraph, ""]
    return "\n".join(lines[:-1]) + "\n", tuple(turns)


def _exchanges(said: Sequence[Said]) -> tuple[Exchange, ...]:
    questions = [place for place, (role, _, _) in enumerate(said) if role == "question"]
    ends = [*questions[1:], len(said)]
    return tuple(Exchange((at,), tuple(range(at + 1, end))) for at, end in zip(questions, ends, strict=True))


def _sidecar(known: Provenance) -> bytes:
    said = {"url": known.url, "publisher": known.publisher, "outlet": known.outlets[0], "language": known.language}
    return "".join([*(f'{key} = "{value}"\n' for key, value in said.items()), "retrieved = 2026-01-01\n"]).encode()


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.corpus", description=__doc__)
    parser.add_argument("interviews", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    stated = parser.parse_args()
    build(stated.out, stated.interviews, stated.seed)


if __name__ == "__main__":
    main()
