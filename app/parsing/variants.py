"""Takes a damaged or mistyped label for the known one it stands for, where turn-taking agrees, and never silently."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.parsing.candidates import Candidate, Label, generic_role
from app.parsing.likeness import Known, folded, has_colon, is_close
from app.parsing.names import plain
from app.parsing.vocabulary import HONORIFICS, OFFICE_WORDS
from app.records import Block, Finding

_START = re.compile(
    r"(\W{0,3}?(?:P\s?\.\s?M(?=\W)|[^\W_])(?:[^:;,\n]{0,24}?))\s?([:;]|[.,](?=\s)|[-–—](?=\s)|[.\-–—][.,:;-])[\s.\-]*(?=[^\W\d_]|[\d“\"'(…\[]|$)"
)
_COLON = re.compile(r":(?=\s|$)")
_COMMON = frozenset({"prime minister", "journalist", "question", "the president"})
"""Labels so common that what is close to one and no word itself is that label damaged, however often it stands."""
_OFFICES = OFFICE_WORDS | {"prime minister", "the president"}
ENDED = re.compile(r"[.?!…:;—-]\W*$|[)\]]\W*$")
"""What ends a line after which a label may stand."""


@dataclass(slots=True)
class Mended:
    labels: dict[int, Label] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find(blocks: Sequence[Block], accepted: dict[int, Candidate], top: int = 0) -> Mended:
    """Return the labels that are known ones damaged, by index, with a finding for each.

    One is taken where it is within a small distance of a label that stands three times or more, and neither the label
    before it nor the one after it is the same: where they are, it is only proposed, unless it stands for a long word
    that asks or answers. Blocks above index `top` are none.
    """
    out = Mended()
    known = _known(accepted)
    if not known:
        return out
    counts = Counter(one.key for one in accepted.values())
    able = _able(blocks, accepted, known, counts)
    able = [one for one in able if one[0] >= top]
    turns = sorted(accepted.keys() | {index for index, _, close in able if len(close) == 1 and index not in accepted})
    likely = {index: close[0].key for index, _, close in able if len(close) == 1 and index not in accepted}
    for index, label, close in able:
        at = bisect_left(turns, index)
        after_at = at + (at < len(turns) and turns[at] == index)
        last = turns[at - 1] if at else -1
        after = turns[after_at] if after_at < len(turns) else -1
        sides = {_standing(last, out, accepted, likely), _standing(after, out, accepted, likely)}
        one = accepted.get(index)
        if _opens_words(blocks, accepted, last, index):
            continue
        is_plain = [k for k in close if k.key in _COMMON] if one is not None else []
        fitting = is_plain or [k for k in close if k.key not in sides or _is_grown(label, k, one is not None)]
        fitting = fitting or [k for k in close if one is None and _is_no_word(label, k)]
        text = blocks[index].text[: label.end].strip()
        if len(fitting) == 1 and (one is not None or _is_likely(blocks, index, label, fitting[0])):
            k = fitting[0]
            out.labels[index] = Label(label.text, label.mark, label.end, k.label.generic, k.label.text)
            message = f"“{text}” is taken for “{k.label.text}”, damaged: the labels take turns so"
            out.findings.append(Finding("label-variant", blocks[index].line, message))
        elif one is None and has_colon(label) and len(folded(label.text)) > 1:
            message = f"“{text}” may be “{close[0].label.text}”, damaged; it is taken for text"
            out.findings.append(Finding("label-proposed", blocks[index].line, message))
    return out


def _able(
    blocks: Sequence[Block], accepted: dict[int, Candidate], known: Sequence[Known], counts: Counter[str]
) -> list[tuple[int, Label, list[Known]]]:
    """Return the starts of blocks that are close to known labels, with those."""
    able: list[tuple[int, Label, list[Known]]] = []
    for index, label, fold in _starts(blocks, accepted, known):
        one = accepted.get(index)
        close = [k for k in known if is_close(fold, k, label) and (one is None or _is_rarer(one, k, counts))]
        if close:
            able.append((index, label, close))
    return able


def _standing(index: int, out: Mended, accepted: dict[int, Candidate], likely: dict[int, str]) -> str:
    """Return the form of the label at `index` by which it is compared: as mended, as accepted, or as it likely is."""
    if index in out.labels:
        return plain(out.labels[index].stands_for)
    return accepted[index].key if index in accepted else likely.get(index, "")


def _known(accepted: dict[int, Candidate]) -> list[Known]:
    counts = Counter(one.key for one in accepted.values())
    first: dict[str, Candidate] = {}
    for one in accepted.values():
        first.setdefault(one.key, one)
    often = [key for key, count in counts.most_common(8) if (count > 2 or key in _COMMON) and len(key) < 25]
    known: list[Known] = []
    for key in often:
        label = first[key].label
        able = Known(label, key, folded(key), counts[key], label.text.isupper(), first[key].is_name)
        if able.fold and not any(_is_damaged(first[key], able, other, counts) for other in known):
            known.append(able)
    return known


def _is_damaged(first: Candidate, one: Known, other: Known, counts: Counter[str]) -> bool:
    """Say whether a label that stands several times is itself one that stands far more often, damaged alike."""
    if first.label.generic is not None or one.key in _OFFICES:
        return False
    return _is_rarer(first, other, counts) and is_close(one.fold, other, first.label)


def _starts(
    blocks: Sequence[Block], accepted: dict[int, Candidate], known: Sequence[Known]
) -> Iterator[tuple[int, Label, str]]:
    """Yield the starts of blocks, from a little above the first label, that are short enough, and what they fold to."""
    longest = max(len(k.fold) for k in known) + 2
    upper = all(k.is_upper for k in known)
    long = {k.fold for k in known if len(k.fold) > 5}
    unmarked = Counter(one.key for one in accepted.values() if one.label.generic and not one.label.mark)
    bare = {k.fold: k for k in known if k.fold in long and unmarked[k.key] > 4}
    for index in range(max(0, min(accepted, default=0) - 12), len(blocks)):
        one = accepted.get(index)
        if one is not None:
            if one.label.generic is None and len(one.key) <= longest + 3:
                yield index, one.label, folded(one.key)
            continue
        text = blocks[index].text
        if upper and text[0].islower() and text[1:2].islower():
            continue
        if (whole := _whole(text, long) or _unmarked(text, bare)) is not None:
            yield index, whole, folded(whole.text)
            continue
        found = _START.match(text[:40])
        if found is None:
            continue
        fold = folded(found[1])
        if len(fold) <= longest:
            mark = text[found.end(1) : found.end()].strip()
            yield index, Label(found[1].strip(), mark, found.end(), None), fold


def _whole(text: str, long: set[str]) -> Label | None:
    """Return the start of a text, up to a colon, that marks within part from a long label ("Prime; Minister:")."""
    for found in _COLON.finditer(text, 6, 40):
        if folded(text[: found.start()]) in long:
            return Label(text[: found.start()].strip(), ":", found.end(), None)
    return None


def _unmarked(text: str, bare: dict[str, Known]) -> Label | None:
    """Return a word that asks, without a mark as elsewhere: alone but for marks in it, or before a small letter."""
    if not bare:
        return None
    if len(text) < 16 and folded(text) in bare:
        return Label(text, "", len(text), None)
    first, _, rest = text.partition(" ")
    if rest[:1].islower() and first[:1].isupper() and first in {k.label.text for k in bare.values()}:
        return Label(first, "", len(first) + 1, None)
    return None


def _is_grown(label: Label, known: Known, is_accepted: bool) -> bool:
    """Say whether all letters of the label are there, and only something was put before or after them."""
    fold = folded(label.text)
    if fold == known.fold:
        return known.label.generic is None and has_colon(label)
    return is_accepted and len(known.fold) > 1 and (fold.startswith(known.fold) or fold.endswith(known.fold))


def _is_rarer(one: Candidate, known: Known, counts: Counter[str]) -> bool:
    """Say whether an accepted label stands so seldom beside a known one that it may be the same, damaged."""
    words, others = one.key.split(), known.key.split()
    if words[0] in HONORIFICS and others[0] in HONORIFICS and words[0] != others[0]:
        return False
    if known.key in _COMMON and generic_role(one.label.text) is None and one.key not in OFFICE_WORDS:
        return one.key != known.key
    share = 2 if _is_grown(one.label, known, True) and known.key in _OFFICES else 6
    return one.key != known.key and counts[one.key] <= max(2, known.count / share) and known.count > counts[one.key]


def _opens_words(blocks: Sequence[Block], accepted: dict[int, Candidate], last: int, index: int) -> bool:
    """Say whether the words of the label before only begin here, so that this is how they begin."""
    return last in accepted and last == index - 1 and not blocks[last].text[accepted[last].label.end :].strip()


def _is_no_word(label: Label, known: Known) -> bool:
    """Say whether a start with a colon is so close to a long word that asks or answers that it is nothing else."""
    return ":" in label.mark and len(known.fold) > 5 and (known.label.generic is not None or known.key in _COMMON)


def _is_likely(blocks: Sequence[Block], index: int, label: Label, known: Known) -> bool:
    """Say whether a start of a block reads as a label though only its closeness to one says so."""
    if has_colon(label) and len(known.fold) > 1:
        return True
    return not blocks[index].continues or bool(ENDED.search(blocks[index - 1].text))
