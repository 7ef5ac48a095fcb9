"""Draws addresses to measure a search with, by what makes them cheap or dear, out of an archive's own words."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from urllib.parse import quote, urlencode

from app.search.folding import words

SAMPLED = 6000
"""Answers whose words are counted."""
SHARES = {
    "rare": (0.0, 0.0004),
    "middle": (0.0004, 0.004),
    "frequent": (0.02, 0.1),
    "very frequent": (0.15, 0.4),
    "commonest": (0.5, 1.0),
}
"""In how many of the answers a word of a kind stands; a share, for a larger archive has more of every kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, and the same for a plain full-text table where that can be asked it."""

    kind: str
    path: str
    plain: str | None = None
    """In the language of FTS5."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known of an archive from some of its answers."""

    texts: tuple[tuple[str, ...], ...]
    """Folded words of answers."""
    pools: dict[str, list[str]] = field(default_factory=dict)
    """Words of each kind of SHARES, in an order drawn by lot."""
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def sample(c: sqlite3.Connection, rng: Random) -> Sample:
    """Read some answers of an archive, drawn by lot."""
    ids = [id for (id,) in c.execute("SELECT id FROM search_rows WHERE side = 'answer'")]
    statement = "SELECT text FROM search_rows JOIN passages ON passages.id = passage_id WHERE search_rows.id = ?"
    drawn = rng.sample(ids, min(SAMPLED, len(ids)))
    texts = tuple(tuple(words(c.execute(statement, (id,)).fetchone()[0])) for id in drawn)
    held = Counter(word for text in texts for word in set(text) if len(word) > 1 and word.isalpha())
    pools: dict[str, list[str]] = {}
    for kind, (least, most) in SHARES.items():
        # A word met once in the sample may be of any rarity, so the index is asked.
        met = [word for word, n in held.items() if least <= n / len(texts) <= most or (n == 1 and kind == "rare")]
        rng.shuffle(met)
        pools[kind] = [word for word in met[:3000] if kind != "rare" or _is_rare(c, word, most * len(ids))]
    slugs = (
        "SELECT slug FROM {0}s WHERE id IN (SELECT {0}_id FROM listed_{0}s GROUP BY 1 ORDER BY count(*) DESC LIMIT 20)"
    )
    return Sample(
        texts,
        pools,
        speakers=tuple(slug for (slug,) in c.execute(slugs.format("speaker"))),
        outlets=tuple(slug for (slug,) in c.execute(slugs.format("outlet"))),
        years=tuple(sorted({id // 10**10 for id in ids if id > 10**10})),
    )


def _is_rare(c: sqlite3.Connection, word: str, most: float) -> bool:
    statement = "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT ?"
    return len(c.execute(statement, (f'answer : "{word}"', int(most) + 1)).fetchall()) <= most


def asked(known: Sample, rng: Random, many: int) -> dict[str, list[Asked]]:
    """Return up to so many requests of each kind; none is made twice, and a kind of few words has fewer."""
    found: dict[str, list[Asked]] = {}
    for kind, draw in _kinds(known, rng).items():
        made: dict[str, Asked] = {}
        for _ in range(many * 4):
            if len(made) == many:
                break
            one = draw(kind)
            if one is not None:
                made.setdefault(one.path, one)
        found[kind] = list(made.values())
    return found


Draw = Callable[[str], Asked | None]


def _kinds(known: Sample, rng: Random) -> dict[str, Draw]:
    """Return how a request of each kind is drawn."""
    left = {kind: iter(pool) for kind, pool in known.pools.items()}

    def word(kind: str) -> str | None:
        return next(left[kind], None)

    def any_word(kind: str) -> str:
        return rng.choice(known.pools[kind] or ["the"])

    def single(kind: str) -> Asked | None:
        drawn = word(kind)
        return drawn and _search(kind, drawn, f'"{drawn}"')  # type: ignore[return-value]

    def two(joint: str, one: str, other: str) -> Draw:
        def draw(kind: str) -> Asked:
            a, b = any_word(one), any_word(other)
            typed = f"{a} {joint} {b}".replace("  ", " ")
            return _search(kind, typed, f'"{a}" {joint or "AND"} "{b}"')

        return draw

    def varied(one: str, **parameters: str) -> Draw:
        return lambda kind: _search(kind, any_word(one), None, **parameters)

    return {
        **dict.fromkeys(SHARES, single),
        "phrase of two": lambda kind: _phrase(kind, _run(known, rng, 2)),
        "phrase of four": lambda kind: _phrase(kind, _run(known, rng, 4)),
        "phrase of common words": lambda kind: _phrase(kind, _common_pair(known, rng)),
        "prefix, narrow": lambda kind: _prefix(kind, any_word("middle"), 6),
        "prefix, wide": lambda kind: _prefix(kind, any_word("frequent"), 3),
        "AND": two("", "frequent", "middle"),
        "AND, both frequent": two("", "frequent", "very frequent"),
        "OR": two("OR", "frequent", "middle"),
        "OR, both frequent": two("OR", "frequent", "very frequent"),
        "NEAR": lambda kind: _near(kind, known, rng),
        "without a word": lambda kind: _search(kind, f"{any_word('frequent')} -{any_word('very frequent')}"),
        "filters typed": lambda kind: _search(
            kind, f"{any_word('frequent')} speaker:{rng.choice(known.speakers)} year:{rng.choice(known.years)}"
        ),
        "facets chosen": lambda kind: _chosen(kind, any_word("very frequent"), known, rng),
        "both sides": varied("very frequent", **{"in": "both"}),
        "newest": varied("very frequent", sort="newest"),
        "oldest": varied("very frequent", sort="oldest"),
        "last page": varied("frequent", page="9999"),
        "last page, oldest": varied("very frequent", sort="oldest", page="9999"),
        "lines": varied("frequent", view="kwic"),
        "lines in order": varied("frequent", view="kwic", order="right"),
        "chart, middle": lambda kind: _chart(kind, any_word("middle")),
        "chart, very frequent": lambda kind: _chart(kind, any_word("very frequent")),
        "quotation, exact": lambda kind: _quote(kind, _run(known, rng, rng.randint(6, 30))),
        "quotation, near": lambda kind: _quote(kind, _damaged(_run(known, rng, rng.randint(8, 30)), rng)),
        "quotation, none": lambda kind: _quote(kind, _unsaid(known, rng)),
    }


def _search(kind: str, typed: str, plain: str | None = None, **parameters: str) -> Asked:
    return Asked(kind, "/search?" + urlencode({"q": typed, **parameters}, quote_via=quote), plain)


def _phrase(kind: str, run: Sequence[str]) -> Asked:
    phrase = f'"{" ".join(run)}"'
    return _search(kind, phrase, phrase)


def _prefix(kind: str, word: str, letters: int) -> Asked:
    beginning = word[:letters]
    return _search(kind, f"{beginning}*", f'"{beginning}" *')


def _near(kind: str, known: Sample, rng: Random) -> Asked:
    run = _run(known, rng, 5)
    return _search(kind, f"{run[0]} NEAR/5 {run[-1]}", f'NEAR("{run[0]}" "{run[-1]}", 5)')


def _chosen(kind: str, word: str, known: Sample, rng: Random) -> Asked:
    year = rng.choice(known.years)
    within = {"after": f"{year:04}", "before": f"{year + 1:04}"}
    return _search(kind, word, None, speaker=rng.choice(known.speakers), outlet=rng.choice(known.outlets), **within)


def _chart(kind: str, word: str) -> Asked:
    return Asked(kind, "/chart?" + urlencode({"term": word}, quote_via=quote))


def _quote(kind: str, run: Sequence[str]) -> Asked:
    return Asked(kind, "/quote?" + urlencode({"text": " ".join(run)}, quote_via=quote))


def _run(known: Sample, rng: Random, length: int) -> tuple[str, ...]:
    """Return words that stand side by side in one of the answers."""
    while True:
        text = rng.choice(known.texts)
        if len(text) >= length:
            start = rng.randint(0, len(text) - length)
            return text[start : start + length]


def _common_pair(known: Sample, rng: Random) -> tuple[str, ...]:
    common = set(known.pools["commonest"]) | set(known.pools["very frequent"])
    return rng.choice(list(_pairs(rng.sample(known.texts, min(200, len(known.texts))), common)) or [("the", "the")])


def _pairs(texts: Sequence[Sequence[str]], among: set[str]) -> Iterator[tuple[str, str]]:
    return (pair for text in texts for pair in pairwise(text) if among.issuperset(pair))


def _damaged(run: Sequence[str], rng: Random) -> list[str]:
    """Return words with one of them gone and two of them in the other order."""
    left = list(run)
    del left[rng.randrange(len(left))]
    place = rng.randrange(len(left) - 1)
    left[place : place + 2] = left[place + 1], left[place]
    return left


def _unsaid(known: Sample, rng: Random) -> list[str]:
    """Return words of as many answers."""
    return [rng.choice(rng.choice(known.texts) or ("the",)) for _ in range(rng.randint(8, 30))]
