"""Makes examples of every operator from the newest answers of an archive, each of which finds something in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from app.search.counting import Found, count
from app.search.excerpts import ELLIPSIS
from app.search.folding import Token, tokens
from app.search.hits import Hit
from app.search.results import find
from app.search.stems import INFLECTIONS, stem
from app.search.understanding import SearchRequest

_SAMPLED = 40
"""Answers looked at, the newest of a language."""
_SHORTEST = 5
"""Letters of a word worth looking for."""
_LANGUAGES = 2
_IN_EVERY_LANGUAGE = ("word", "phrase", "prefix")
"""What is shown in the second language too."""
_NEAR = 5
_JOINED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,3}")


@dataclass(frozen=True, slots=True)
class Example:
    """A query that shows one operator and finds something."""

    shows: str
    """"word", "words", "phrase", "without", "or", "brackets", "prefix", "near", or an operator's name."""
    found: Found


@dataclass(frozen=True, slots=True)
class _Sample:
    """The beginning of one answer, with what it was asked."""

    hit: Hit
    text: str
    words: tuple[Token, ...]
    """Its long words, one of each stem."""
    topics: tuple[Token, ...]
    """Those that were asked for too."""


def examples(c: Connection) -> tuple[Example, ...]:
    """Return examples in the order of a help page; several of one operator stand together.

    An operator has none where the archive holds nothing to show it with.
    """
    made: list[Example] = []
    newest = find(c, SearchRequest(sort="newest", size=1))
    for language in newest.facets["language"][:_LANGUAGES]:
        samples = _samples(c, language.value)
        main = max(samples, key=lambda sample: (len(sample.topics), len(sample.words)), default=None)
        if main is None or not main.words:
            continue
        others = [sample for sample in samples if sample is not main]
        queries = [(shows, q) for shows, q in _queries(main, others) if not made or shows in _IN_EVERY_LANGUAGE]
        found = [Example(shows, count(c, SearchRequest(q))) for shows, q in queries]
        made += [example for example in found if example.found.total]
    places = {shows: place for place, shows in enumerate(dict.fromkeys(each.shows for each in made))}
    return tuple(sorted(made, key=lambda each: places[each.shows]))


def _samples(c: Connection, language: str) -> list[_Sample]:
    found = find(c, SearchRequest(language=language, sort="newest", size=_SAMPLED))
    return [_sample(hit, language) for hit in found.hits]


def _sample(hit: Hit, language: str) -> _Sample:
    pieces = list(hit.excerpt)
    if pieces and pieces[-1].text == ELLIPSIS:
        pieces.pop()
    text = "".join(piece.text for piece in pieces)
    stemmed = partial(_stem, language=language)
    words = _long_words(text, stemmed)
    asked = {stemmed(word.text) for word in tokens(hit.question)}
    return _Sample(hit, text, words, tuple(word for word in words if stemmed(word.text) in asked))


def _stem(word: str, language: str) -> str:
    primary = language.partition("-")[0].lower()
    return (stem(word, primary) if primary in INFLECTIONS else None) or word


def _long_words(text: str, stemmed: Callable[[str], str]) -> tuple[Token, ...]:
    """Return the words of a text that are written in letters and long, the first of each stem."""
    by_stem: dict[str, Token] = {}
    for word in tokens(text):
        if len(word.text) >= _SHORTEST and word.text.isalpha() and text[word.start : word.end].isalpha():
            by_stem.setdefault(stemmed(word.text), word)
    return tuple(by_stem.values())


def _queries(main: _Sample, others: Sequence[_Sample]) -> Iterator[tuple[str, str]]:
    """Yield queries that `main` or another sample should meet, by what they show."""
    topic = _topic(main)
    second = next((word.text for word in (*main.topics[1:], *main.words) if word.text != topic), None)
    elsewhere = _elsewhere(main, others)
    yield "word", topic
    if second is not None:
        yield "words", f"{topic} {second}"
    if phrase := _phrase(main):
        yield "phrase", f'"{phrase}"'
    if elsewhere is not None:
        yield "without", f"{topic} -{elsewhere}"
        yield "or", f"{topic} OR {elsewhere}"
        if second is not None:
            yield "brackets", f"({topic} OR {elsewhere}) {second}"
    yield "prefix", f"{topic[: max(3, len(topic) - 3)]}*"
    if near := _close(main):
        yield "near", f"{near[0]} NEAR/{_NEAR} {near[1]}"
    yield from _filtered(main, topic)


def _filtered(main: _Sample, topic: str) -> Iterator[tuple[str, str]]:
    hit = main.hit
    if hit.speaker is not None:
        yield "speaker", f"{topic} speaker:{hit.speaker.slug}"
    if hit.outlets:
        yield "outlet", f"{topic} outlet:{hit.outlets[0].slug}"
    yield "lang", f"{topic} lang:{hit.language.partition('-')[0]}"
    if hit.interview.date is not None:
        year = hit.interview.date[:4]
        yield "year", f"{topic} year:{year}"
        yield "after", f"{topic} after:{hit.interview.date[:7]}"
        yield "before", f"{topic} before:{int(year) + 1:04}"
    yield "in", f"{topic} in:question"
    yield "in", f"{topic} in:both"


def _phrase(sample: _Sample) -> str | None:
    """Return two to four words that stand side by side and end with long ones, a topic if there is one among them."""
    topics = {sample.text[word.start : word.end] for word in sample.topics}
    runs = [run[0].split(" ") for run in _JOINED.finditer(sample.text)]
    cut = [run[start:end] for run in runs for start in range(len(run)) for end in range(start + 2, len(run) + 1)]
    fitting = [run for run in cut if len(run[0]) >= _SHORTEST and len(run[-1]) >= _SHORTEST]
    best = next((run for run in fitting if topics.intersection(run)), None) or next(iter(fitting), None)
    return None if best is None else " ".join(best)


def _close(sample: _Sample) -> tuple[str, str] | None:
    """Return two long words with a few others between them."""
    order = {word.start: place for place, word in enumerate(tokens(sample.text))}
    for first, second in zip(sample.words, sample.words[1:], strict=False):
        if 1 < order[second.start] - order[first.start] <= _NEAR:
            return first.text, second.text
    return None


def _elsewhere(main: _Sample, others: Sequence[_Sample]) -> str | None:
    """Return a long word of another answer that this one does not have; best of one with the same topic."""
    own = {word.text for word in main.words} | {word.text for word in tokens(main.text)}
    topic = _topic(main)
    closest = sorted(others, key=lambda other: topic not in {word.text for word in other.words})
    candidates = (word.text for other in closest for word in (*other.topics, *other.words))
    return next((word for word in candidates if word not in own), None)


def _topic(sample: _Sample) -> str:
    return (sample.topics or sample.words)[0].text
