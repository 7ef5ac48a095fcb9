"""Tells how like two labels are, as paper and those who read it damage them; what is made of it is in variants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.parsing.candidates import Label
from app.parsing.vocabulary import OFFICE_WORDS

_FOLDED = str.maketrans({"0": "o", "1": "i", "5": "s", "8": "b", "|": "i", "!": "i", "l": "i"})
_LOOKALIKES = {"j": frozenset("j31il])t;"), "q": frozenset("qo09g"), "a": frozenset("a4"), "r": frozenset("r")}
"""What readers of paper take a label of one letter for."""


@dataclass(frozen=True, slots=True)
class Known:
    """A label that stands often, in the form that damaged ones are compared with."""

    label: Label
    key: str
    fold: str
    count: int
    is_upper: bool
    is_name: bool


def folded(text: str) -> str:
    """Return the letters and digits of a label, those that readers of paper confuse as one."""
    folded = text.casefold().replace("14", "m").replace("13", "b").translate(_FOLDED)
    return "".join(character for character in folded if character.isalnum()) or folded.strip()


def is_close(fold: str, known: Known, label: Label) -> bool:
    """Say whether a label, `fold` when folded, may be the known one with a letter or two damaged."""
    if known.is_upper and any(map(str.islower, label.text)) and len(known.fold) < 4 and not _is_two(label, known):
        return False
    if len(known.fold) == 1:
        bare = label.text.casefold().strip(" .'")
        return len(bare) == 1 and bare in _LOOKALIKES.get(known.fold, frozenset(known.fold))
    if label.mark[:1] == "," and (len(known.fold) > 2 or fold != known.fold):
        return False
    if (
        label.mark
        and label.mark[0] in ".-–—"
        and not has_colon(label)
        and not label.text.isupper()
        and label.text[:1].isalpha()
    ):
        return False
    limit = 1 if len(known.fold) < 9 else 2
    if abs(len(fold) - len(known.fold)) > limit + 1:
        return False
    if len(known.fold) < 4 and not (known.label.generic or known.key in OFFICE_WORDS or known.count > 9):
        return False
    if len(known.fold) > 3 and len(fold) > 2 and fold[:2] != known.fold[:2] and fold[-2:] != known.fold[-2:]:
        return False
    return distance(fold, known.fold, limit) <= limit or (
        len(fold) > 4 and distance(_redrawn(fold), _redrawn(known.fold), 1) <= 1
    )


def _is_two(label: Label, known: Known) -> bool:
    """Say whether a label is of two letters, the second of them damaged to a small one, as "Px:" for "PM:"."""
    return ":" in label.mark and len(label.text) == 2 and label.text[0] == known.label.text[0]


def has_colon(label: Label) -> bool:
    """Say whether the label's mark is a colon, or what is taken for one."""
    return ":" in label.mark or ";" in label.mark


def _redrawn(fold: str) -> str:
    """Return letters that readers of paper see as two as one."""
    for two, one in (("vi", "w"), ("iv", "w"), ("vv", "w"), ("ii", "h"), ("rn", "m"), ("x", "k")):
        fold = fold.replace(two, one)
    return fold


@lru_cache(maxsize=4096)
def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters differ or are swapped between two words; above `limit` any number."""
    before, row = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, facing in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
