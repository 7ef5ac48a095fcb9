"""Points at quoted words in the turns of a page, in the version that has them: these very words, or none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Annotated, Literal
from urllib.parse import quote as encode

from app.archive.holdings import HeldTurn
from app.archive.mementos import Memento
from app.permalinks import words_of
from app.search.excerpts import Piece
from app.web.asking import Depends, Query, Text
from app.web.marking import Marked, cut
from app.web.templating import address

LONGEST = 2000
"""Characters of a quotation; of what stands before or after it, the nearest _CONTEXT."""
_CONTEXT = 200
_ENDS = 5
"""Words of the beginning and of the end of a quotation that point at it on other pages."""

Standing = Literal["here", "before", "across", "nowhere"]
"""Whether the words stand in the text of today, only in an older version, over two turns, or in no version at all."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a turn, with what stands around them (the TextQuoteSelector of the Web Annotation Data Model)."""

    quote: str = ""
    prefix: str = ""
    suffix: str = ""

    def carried(self, query: str) -> str:
        """Return a query with these words in it, for where an address leads on."""
        own = address("", quote=self.quote, prefix=self.prefix, suffix=self.suffix).removeprefix("?")
        return "&".join(filter(None, (query, own)))


@dataclass(frozen=True, slots=True)
class Pointed:
    """Quoted words and where they stand."""

    quote: str
    standing: Standing
    version: int | None
    """The version that is shown because it has them; None where none has."""
    turns: dict[str, Marked]
    """By its id, the turn that has them."""
    total: int = 1

    @property
    def fragment(self) -> str:
        """What leads a browser to the words on another page that has them (URL Fragment Text Directives of the WICG).

        Of many words the first and the last: they need not stand in one paragraph there.
        """
        words = self.quote.split()
        ends = (words,) if len(words) <= 2 * _ENDS else (words[:_ENDS], words[-_ENDS:])
        return "#:~:text=" + ",".join(encode(" ".join(end), safe="").replace("-", "%2D") for end in ends)


def _quoted(
    quote: Annotated[Text, Query(description="words of the text, to be marked where they stand")] = None,
    prefix: Annotated[Text, Query(description="what stands before them")] = None,
    suffix: Annotated[Text, Query(description="what stands after them")] = None,
) -> Quoted:
    return Quoted((quote or "")[:LONGEST], (prefix or "")[-_CONTEXT:], (suffix or "")[:_CONTEXT])


AskedQuote = Annotated[Quoted, Depends(_quoted)]
"""The words that an address points at; any input gives some, or none."""


def in_order(held: Iterable[Memento], shown: int, named: int | None) -> list[int]:
    """Return the other versions in which to look for quoted words: the one that their address names, then the newest.

    A version stands in the address of a quotation for where its words were; today's text goes first all the same.
    """
    others = [each.version for each in held if each.version != shown]
    return sorted(others, key=lambda version: (version == named, version), reverse=True)


def point(
    quoted: Quoted,
    current: int,
    turns: Sequence[HeldTurn],
    older: Sequence[int],
    read: Callable[[int], Sequence[HeldTurn]],
) -> Pointed | None:
    """Return where the quoted words stand: in `turns`, those of version `current`, else in the first of the `older`.

    `read` gives the turns of a version.
    None where nothing is quoted. Words that run over two turns stand nowhere: they are of two people, or said apart.
    """
    if not _plain(quoted.quote)[0]:
        return None
    marked = _marked(quoted, turns)
    if marked:
        return Pointed(quoted.quote, "here", current, marked)
    for version in older:
        marked = _marked(quoted, read(version))
        if marked:
            return Pointed(quoted.quote, "before", version, marked)
    return Pointed(quoted.quote, "across" if _is_across(quoted, turns) else "nowhere", None, {})


def _marked(quoted: Quoted, turns: Sequence[HeldTurn]) -> dict[str, Marked]:
    """Return the first turn that has the words, cut where they begin and end; the one whose surroundings fit first."""
    first = best = None
    for turn in turns:
        for start, end, fits in _places(quoted, words_of(turn.paragraphs)):
            first = first or (turn, start, end)
            if fits:
                best = (turn, start, end)
                break
        if best is not None:
            break
    found = best or first
    if found is None:
        return {}
    turn, start, end = found
    text = words_of(turn.paragraphs)
    pieces = [Piece(text[:start], False), Piece(text[start:end], True), Piece(text[end:], False)]
    return {turn.id: cut([piece for piece in pieces if piece.text], 0)}


def _places(quoted: Quoted, text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where the very words stand, and whether what is around them fits.

    Only space and the form of composed letters make no difference.
    """
    wanted, prefix, suffix = (_plain(part)[0] for part in (quoted.quote, quoted.prefix, quoted.suffix))
    if not _may_stand(wanted, text):
        return
    plain, origins = _plain(text)
    start = plain.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        # No more of the text than is compared: whoever asks for one letter has a great many places.
        before = plain[max(0, start - len(prefix) - 1) : start].strip()
        after = plain[end : end + len(suffix) + 1].strip()
        # What was selected near an end of a turn has words of the next around it: as much as is there must fit.
        fits = before.endswith(prefix) or (start <= len(prefix) + 1 and prefix.endswith(before))
        fits = fits and (after.startswith(suffix) or (len(plain) - end <= len(suffix) + 1 and suffix.startswith(after)))
        yield origins[start][0], origins[end - 1][1], fits
        start = plain.find(wanted, start + 1)


def _may_stand(wanted: str, text: str) -> bool:
    """Say whether all runs of letters that are written in one way alone stand in a text; where not, nothing does."""
    return all(run in text for run in _runs(wanted))


@lru_cache(maxsize=16)
def _runs(wanted: str) -> tuple[str, ...]:
    is_plain = ((c, not (c.isspace() or _is_mark(c) or unicodedata.decomposition(c))) for c in wanted)
    return tuple("".join(c for c, _ in run) for plain, run in groupby(is_plain, lambda each: each[1]) if plain)


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text with single spaces and composed letters, none around it, and where each character was."""
    plain: list[str] = []
    origins: list[tuple[int, int]] = []
    for at, character in enumerate(text):
        if character.isspace():
            if plain and plain[-1] != " ":
                plain.append(" ")
                origins.append((at, at + 1))
            continue
        composed = unicodedata.normalize("NFC", plain[-1] + character) if plain and _is_mark(character) else ""
        if len(composed) == 1:
            plain[-1], origins[-1] = composed, (origins[-1][0], at + 1)
        else:
            plain.append(character)
            origins.append((at, at + 1))
    if plain and plain[-1] == " ":
        plain.pop()
        origins.pop()
    return "".join(plain), origins


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) > 0


def _is_across(quoted: Quoted, turns: Sequence[HeldTurn]) -> bool:
    """Say whether the words run from one turn into the next."""
    wanted, _ = _plain(quoted.quote)
    around = (
        f"{words_of(one.paragraphs)} {between}{words_of(two.paragraphs)}"
        for one, two in pairwise(turns)
        for between in ("", f"{two.label}: ", f"{two.label} ")
    )
    return any(_may_stand(wanted, text) and wanted in _plain(text)[0] for text in around)
