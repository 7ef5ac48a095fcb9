"""Reads labels that readers of paper damaged so far that only the known labels of a document show them to be any."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.parsing.candidates import Candidate, Label
from app.parsing.likeness import Known, distance, folded
from app.parsing.names import in_capitals, plain
from app.parsing.variants import ENDED
from app.parsing.vocabulary import EVENT_WORDS, HONORIFICS, INSTITUTION_WORDS, OFFICE_WORDS
from app.records import Block, Finding

_HEAD = re.compile(r"(\W{0,3}[^\W_][^:;\n]{0,32}?)\s?([:;][.\-:;]?)\s*(?=[^\W_]|[\"'“‘(\[…]|$)")
"""What stands before the first colon or semicolon of a block, where it is short."""
_Q = re.compile(r"(\W{0,2}(?:[0OIl1]\s?)?Q[^\w\s]{0,2}[\dOa-z]?)(?!\w)([^\w\s]{0,2})\s*(?=[A-Z\"'“(\[…]|\.\.)")
_A = re.compile(r"(A[^\w\s]?[\dhkoqrst]?)(?!\w)([^\w\s]{0,2})\s+(?=[A-Z\"'“(\[…])")
_PM = re.compile(
    r"(\W{0,2}(?:P[.,]?\s?[A-Za-z1|]?(?:M|N|K|ML|IM|m(?=[.*,:;]))[a-zI0]{0,2}|Pm|[FtI]M))(?!\w)([^\w\s]{0,3})\s*(?=[A-Z\"'“(\[…])"
)
"""The letters of a label with what a spot or a worn type adds: "Q6", "A*", "PkM!"."""
_LETTERS = (("q", _Q), ("a", _A), ("pm", _PM))
_WORN_TITLE = re.compile(
    r"(\W{0,2}[^\W_][^\s:]{0,3}(?:[.,]|\d)|\W{0,2}\d[^\s:]{0,4}|[^\w\s][^:]{0,4}\.)\s+([A-Z]{4,}):"
)
"""What is left of "MR." before a surname in capitals."""
_SENTENCE = re.compile(r"\W{0,3}([A-Z]?[a-z]+)[.?!]\s")
"""What ends a sentence where a label follows: words of whoever spoke before."""
_FOLLOWS = re.compile(r"[^\w\s]{0,3}\s+(?=[A-Z\d\"'“(\[…])|[^\w\s]{0,3}$")
_ONE_WORD, _TWO_WORDS = re.compile(r"\W{0,3}\S+(?=\s)"), re.compile(r"\W{0,3}\S+\s\S+(?=\s)")
_CAPITALS = re.compile(r"[A-Z]{3,}\b")
_JUNK = re.compile(r"\d|[^\w\s.'’-]|[a-z][A-Z]|[A-Z]{2}[a-z]|^[^\w]")


@dataclass(slots=True)
class Worn:
    labels: dict[int, Candidate] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Guess:
    index: int
    text: str
    mark: str
    end: int
    known: Known
    is_sure: bool
    """Whether it needs no turn-taking to agree."""


def find(blocks: Sequence[Block], accepted: dict[int, Candidate]) -> Worn:
    """Return further labels by index, each standing for a known one, with a finding for each.

    A label with its colon is taken where most of its letters agree with one known label and with no other; one that
    lost its colon, or has but a letter or two, where besides that the labels take turns so.
    """
    out = Worn()
    known = [*_known(accepted), *_of_one_surname(blocks, accepted, out)]
    accepted = accepted | out.labels
    tails = {k.key.split()[-1]: k for k in known if k.is_upper and k.is_name and len(k.key.split()[-1]) > 3}
    guesses = [
        guess
        for index in range(min(accepted), len(blocks))
        if index not in accepted and (guess := _guess(blocks, index, known, tails)) is not None
    ]
    sure = {guess.index: guess.known.key for guess in guesses if guess.is_sure}
    keys = {index: one.key for index, one in accepted.items()} | sure
    order = sorted({*keys, *(guess.index for guess in guesses)})
    likely = {guess.index: guess.known.key for guess in guesses}
    for guess in guesses:
        at = bisect_left(order, guess.index)
        before = next((keys[i] for i in reversed(order[:at]) if i in keys), "")
        after = next((keys.get(i, likely.get(i, "")) for i in order[at + 1 : at + 2]), "")
        if not guess.is_sure and guess.known.key in (before, after):
            continue
        keys[guess.index] = guess.known.key
        k = guess.known
        label = Label(guess.text, guess.mark, guess.end, k.label.generic, k.label.text)
        out.labels[guess.index] = Candidate(guess.index, label, False, k.key, k.is_name)
        said = blocks[guess.index].text[: guess.end].strip()
        why = "it is like no other label" if guess.is_sure else "the labels take turns so"
        message = f"“{said}” is taken for “{k.label.text}”, damaged: {why}"
        out.findings.append(Finding("label-variant", blocks[guess.index].line, message))
    return out


def _known(accepted: dict[int, Candidate]) -> list[Known]:
    """Return the labels that stand often enough for others to be compared with them, the most frequent first."""
    counts = Counter(one.key for one in accepted.values() if one.style not in ("bracket", "stamp"))
    first: dict[str, Candidate] = {}
    for one in accepted.values():
        first.setdefault(one.key, one)
    known: list[Known] = []
    for key, count in counts.most_common(12):
        one = first[key]
        if count < (2 if one.label.generic or key == "pm" else 3) or len(key) > 24 or not key.isascii():
            continue
        fold = folded(key)
        if any(k.count > 3 * count and distance(fold, k.fold, 2) <= 2 for k in known if len(k.fold) > 7):
            continue
        known.append(Known(one.label, key, fold, count, in_capitals(one.label.text), one.is_name))
    return known


def _of_one_surname(blocks: Sequence[Block], accepted: dict[int, Candidate], out: Worn) -> list[Known]:
    """Return the surnames in capitals that end labels which differ only before them, in ways no names do.

    Three different beginnings or more, none of which prevails, are one honorific damaged each time anew. What was
    accepted under such a label goes into `out`, standing for the surname.
    """
    beginnings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    where: defaultdict[str, list[int]] = defaultdict(list)
    for index in range(max(0, min(accepted) - 1), len(blocks)):
        text = blocks[index].text
        found = _WORN_TITLE.match(text) if ":" in text[4:32] else None
        if found is not None and found[1].casefold().strip(" .,") not in HONORIFICS - {"mr"}:
            beginnings[found[2]][found[1]] += 1
            where[found[2]] += [index] if index in accepted else []
    known: list[Known] = []
    for last, found_before in beginnings.items():
        if len(found_before) < 3 or max(found_before.values()) * 2 > found_before.total():
            continue
        key = last.casefold()
        known.append(Known(Label(last, ":", 0, None), key, folded(key), found_before.total(), True, True))
        for index in where[last]:
            one = accepted[index]
            out.labels[index] = replace(one, label=replace(one.label, stands_for=last), key=key)
    return known


def _guess(blocks: Sequence[Block], index: int, known: Sequence[Known], tails: dict[str, Known]) -> _Guess | None:
    text = blocks[index].text
    is_word = text[1:4].islower() and text[1:4].isalpha()
    if is_word and (text[0].islower() or (len(text) > 30 and ":" not in text[:40] and ";" not in text[:40])):
        return None
    has_ended = not blocks[index].continues or bool(ENDED.search(blocks[index - 1].text))
    found = _HEAD.match(text[:48])
    if found is not None and (k := _closest(found[1], known) or _by_tail(found[1], tails)) is not None:
        is_same = len(k.fold) > 11 or folded(found[1]) == k.fold or bool(_WORN_TITLE.match(text))
        is_sure = not k.is_name or is_same or bool(_JUNK.search(found[1].strip()))
        return _Guess(index, found[1].strip(), found[2], found.end(), k, is_sure)
    guess = (_letter(index, text, known) if has_ended else None) or _without_mark(
        index, text, blocks[index - 1].text, known
    )
    return guess if guess is not None and (has_ended or len(guess.known.fold) > 7) else None


def _closest(head: str, known: Sequence[Known]) -> Known | None:
    """Return the known label of five letters or more that is nearest to `head`; None where none or several are."""
    fold = folded(head)
    letters = [character for character in head if character.isalpha()]
    if not letters or len(fold) < 3 or {*plain(head).split()} <= OFFICE_WORDS | {"prime", "the"}:
        return None
    words = _SENTENCE.match(head)
    if words and words[1].casefold() not in HONORIFICS and _closest(head[words.end() :], known) is not None:
        return None
    is_upper = sum(map(str.isupper, letters)) * 5 > len(letters) * 3
    best: list[tuple[int, Known]] = []
    for k in known:
        size = len(k.fold)
        if size < 5 or k.is_upper != is_upper or (not k.is_upper and not letters[0].isupper()):
            continue
        limit = int(size * 0.36)
        if k.is_name and size < 12 and not _JUNK.search(head.strip()):
            limit = 1
        if fold.startswith("qu") and k.fold.startswith("qu"):
            # Nothing else that is a label begins so.
            limit = size // 2
        if k.is_upper and not k.is_name and len(fold) * 2 > size > 7 and k.fold.endswith(fold):
            best.append((1, k))
        elif abs(len(fold) - size) <= limit and _agree(head, k.key) and (far := distance(fold, k.fold, limit)) <= limit:
            best.append((far, k))
    best.sort(key=lambda pair: pair[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def _agree(head: str, key: str) -> bool:
    """Say whether, where two labels have as many words, half the letters of each agree and none is another office."""
    words, others = head.split(), key.split()
    if len(words) != len(others) or _JUNK.search(head.strip()):
        return True
    for one, other in zip(words, others, strict=True):
        limit = (len(other) + 1) // 2
        if one.casefold() != other and one.casefold() in INSTITUTION_WORDS | OFFICE_WORDS:
            return False
        if distance(folded(one), folded(other), limit) > limit:
            return False
    return True


def _by_tail(head: str, tails: dict[str, Known]) -> Known | None:
    """Return the known label in capitals whose surname ends `head` after what is left of "MR", or of an initial."""
    rest, _, last = head.strip().rpartition(" ")
    k = tails.get(plain(last)) or next((k for tail, k in tails.items() if _has_grown(last, tail)), None)
    if k is None or not last.isupper() or len(rest) > 6:
        return None
    bare = "".join(filter(str.isalpha, rest)).casefold()
    if bare in HONORIFICS and bare != "mr":
        return None
    return k if len(bare) < 4 and (not rest.isalpha() or len(bare) < 3) and not k.key.startswith("mrs") else None


def _has_grown(word: str, name: str) -> bool:
    """Say whether a word is a name with one letter more, as a spot in it reads."""
    return len(word) == len(name) + 1 and distance(plain(word), name, 1) == 1


def _letter(index: int, text: str, known: Sequence[Known]) -> _Guess | None:
    """Return a label of a letter or two with a spot on it."""
    if any(len(k.label.text) > 1 and k.label.text.isupper() and text.startswith(k.label.text + " ") for k in known):
        return None
    for key, pattern in _LETTERS:
        if text[0].isalnum() and text[0] not in ("QOIl10" if key == "q" else "A" if key == "a" else "PFtI"):
            continue
        k = next((k for k in known if k.key == key and k.count > 1), None)
        if k is None or (found := pattern.match(text)) is None:
            continue
        is_sure = key == "q"
        return _Guess(index, found[1].strip(), found[2], found.end(), k, is_sure)
    return None


def _without_mark(index: int, text: str, before: str, known: Sequence[Known]) -> _Guess | None:
    """Return a label that lost its mark, or whose mark became a letter: whole, or a long word that asks or answers."""
    is_loud = sum(map(str.isupper, text[:7])) > 3
    for k in known:
        size = len(k.label.text)
        if len(k.fold) < 2 or not k.is_upper:
            if len(k.key) < 5 or not 0 <= len(text) - len(k.key) < 4:
                continue
            if text.casefold().rstrip(" .-") == k.key and (text[-1] != "." or ENDED.search(before)):
                return _Guess(index, text, "", len(text), k, k.count > 2)
            continue
        if text.startswith(k.label.text) and (follows := _FOLLOWS.match(text, size)) is not None:
            if _CAPITALS.match(text, follows.end()):
                return None
            return _Guess(index, k.label.text, text[size : follows.end()].strip(), follows.end(), k, False)
        if is_loud and len(k.fold) > 7 and not set(k.key.split()) & EVENT_WORDS:
            words = (_TWO_WORDS if " " in k.key else _ONE_WORD).match(text)
            if words is None or k.key.count(" ") > 1 or _CAPITALS.match(text, words.end() + 1):
                continue
            letters = [character for character in words[0] if character.isalpha()]
            if sum(map(str.isupper, letters)) * 10 < len(letters) * 7 or len(letters) < 5:
                continue
            if distance(folded(words[0]), k.fold, 2) <= 2:
                return _Guess(index, words[0].strip(), "", words.end() + 1, k, k.label.generic == "question")
    return None
