"""Reads the start of a block as a label that it may be, by the mark that ends it; labels decides whether it is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.parsing.candidates import Candidate, Label, Style, generic_role, is_set_off
from app.parsing.names import is_name_shaped, plain
from app.parsing.vocabulary import HONORIFICS, METADATA_KEYS, PARTICLES
from app.records import Block

_LONGEST = 120
"""Characters of the longest label."""
_AFTER_COLON = re.compile(r"[^\d/\\]|$")
_DOTTED = re.compile(r"([A-Z][\w.'’ -]{0,40}?)([.;])(?=\s|$)")
"""A label in capitals that a full stop or a semicolon ends, as "Q." or "CHAIR POWELL."."""
_SPACED_PM = re.compile(r"(P\s?\.\s?[Mm])\s?([.,:;]{1,2})(?=\s|$)")
"""The letters of an office with a full stop each: the last one is the label's mark too."""
_BARE = re.compile(
    r"([QA]|Questions?|QUESTIONS?|Answer|ANSWER|Journalist|JOURNALIST|Interviewer|INTERVIEWER|Reporter|REPORTER|"
    r"PM|Prime Minister|PRIME MINISTER|THE PRESIDENT)"
    r"(?:[\s\u00a0]*[–—-]+[\s\u00a0]*(?=[^\W_]|[(\[\"“'‘…]|$)|[\s\u00a0]+(?=[A-Z\d(\[—…“\"'‘]|$)|$)"
)
"""A word that asks, answers or holds office with nothing but space, a dash or the end of the line after it."""
_DASH = re.compile(r"([A-Z]|[A-Z]{2,}(?: [A-Z]{2,})?)(?:[\s\u00a0]+[-–—]|[-–—](?=\s))[\s\u00a0]*")
_BRACKETED = re.compile(
    r"(?:【([^【】]{1,40})】|〔([^〔〕]{1,40})〕|（([^（）]{1,16})）|\(([^()]{1,8})\)|<([^<>]{1,8})>|〈([^〈〉]{1,8})〉)[\s\u3000]*"
)
_STOP_AND_DASH = re.compile(r"([^\W\d_](?:[\w'’,]| (?=\w)|\.(?=\s\w)){0,70})\.\s?[-–—]{1,2}\s*(?=\S|$)")
"""A label that a full stop and a dash end, as Spanish ones do: "Presidente.- Buenas tardes"."""
_STOPPED = re.compile(r"\.\s?[-–—]")
_NAMED_DASH = re.compile(r"([^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}?)\s[-–—]{1,2}\s+(?=\S)")
_LETTER = re.compile(r"([^\W\d_])\.(?=\s+[^\s\d])")
_WORD = re.compile(r"([^\W\d_]{4,12}(?:\s?(?:№\s?)?\d{1,3})?)\.(?=\s)")
"""A word that asks or answers, with its number maybe, that a full stop ends."""
_NO_NAMES = HONORIFICS | PARTICLES
_NUMBERED_WORD = re.compile(r"(\d{1,3}[.)]\s*)(?=[^\W\d_])")
_STAMP = re.compile(r"(\S.{0,78}?)(\s?[:：]?\s*[(\[]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[)\]]?)")
_SENTENCE_END = re.compile(r"[.?!…—-][)\]}\"'”’»]*$")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def candidates_in(blocks: Sequence[Block]) -> list[Candidate]:
    """Return for each block that begins with what may be a label that candidate, in order."""
    found: list[Candidate] = []
    before: Block | None = None
    for index, block in enumerate(blocks):
        one = candidate(index, block, before)
        if one is not None:
            found.append(one)
        before = block
    stopped = [one.key for one in found if one.label.mark[:1] == "." and one.style == "colon"]
    if len(stopped) > 0 and (len(stopped) < 3 or len({*stopped}) < 2):
        # A full stop and a dash stand elsewhere too.
        found = [one for one in found if one.label.mark[:1] != "." or one.style != "colon"]
    return found


def candidate(index: int, block: Block, before: Block | None) -> Candidate | None:
    """Return the label that may begin `block`; None where nothing there looks like one."""
    text = block.text
    if text[0] in "【〔（(<〈" and (bracketed := _BRACKETED.match(text)) is not None:
        one = _in_brackets(index, block, bracketed)
        if text[0] in "【〔（" or one.label.generic is not None:
            return one
    bare = _BARE.match(text) if text[0] in "QAJIRP" or text.startswith("THE P") else None
    found = _with_colon(index, block)
    if bare is not None and text[bare.end() : bare.end() + 1].isdigit() and (numbered := _lettered(index, block)):
        return numbered
    if bare is not None and (found is None or not (found.is_name or found.label.generic) or _is_q_of(found, text)):
        return _without_mark(index, block, before, bare)
    if found is not None and (found.is_name or found.label.generic is not None):
        return found
    return (
        _stopped(index, block)
        or _dotted(index, block)
        or _dashed(index, block)
        or _alone(index, block)
        or _lettered(index, block)
        or found
    )


def _is_q_of(found: Candidate, text: str) -> bool:
    """Say whether a label that ends in a colon is a bare letter and the first words after it."""
    return len(found.label.text) > 2 and text[1].isspace() and (text[0] == "Q" or text[2].isspace())


def _with_colon(index: int, block: Block) -> Candidate | None:
    text = block.text
    at = _colon(text)
    if at < 1:
        return None
    label = text[:at].rstrip()
    key = plain(label)
    if not key or len(label) > _LONGEST or not any(map(str.isalpha, key)):
        return None
    end = at + 1
    if (stars := re.match(r"[*_]+", text[end:])) is not None:
        end += stars.end()
    mark = text[at:end]
    style: Style = "colon"
    if (stamp := _STAMP.fullmatch(text)) is not None and len(text) < _LONGEST:
        label, mark, end, style = stamp[1].rstrip(), stamp[2].rstrip(), len(text), "stamp"
        key = plain(label)
        if not any(map(str.isalpha, key)):
            return None
    elif not _AFTER_COLON.match(text, end) and not text[end : end + 1].isspace():
        return None
    numbered = _NUMBERED_WORD.match(label)
    role = generic_role(label[numbered.end() :] if numbered else label)
    is_name = role is None and "-".join(key.split()) not in METADATA_KEYS and is_name_shaped(label)
    return Candidate(index, Label(label, mark, end, role), is_set_off(block, label), key, is_name, style)


def _colon(text: str) -> int:
    """Return where the first colon stands that no bracket around it takes in; -1 where the start has none."""
    head = text[: _LONGEST + 40]
    at = _first_colon(head, 0)
    while at > 0:
        inside = max(head.rfind("(", 0, at), head.rfind("[", 0, at))
        if inside < 0 or max(head.find(")", inside, at), head.find("]", inside, at)) >= 0:
            return at
        close = min((i for i in (head.find(")", at), head.find("]", at)) if i >= 0), default=-1)
        at = _first_colon(head, close) if close >= 0 else -1
    return at


def _first_colon(text: str, start: int) -> int:
    one, other = text.find(":", start), text.find("：", start)
    return one if other < 0 else other if one < 0 else min(one, other)


def _dotted(index: int, block: Block) -> Candidate | None:
    text = block.text
    spaced = _SPACED_PM.match(text) if text[0] == "P" else None
    found = spaced or _DOTTED.match(text)
    if found is None or not (spaced or found[1].isupper()):
        return None
    label, mark = found[1], found[2]
    key = "pm" if spaced else plain(label)
    role = generic_role(label)
    if role is None and (len(key) == 1 or all(word.strip(".") in _NO_NAMES for word in key.split())):
        return None
    is_name = spaced is not None or (role is None and is_name_shaped(label))
    return Candidate(index, Label(label, mark, found.end(), role), is_set_off(block, label), key, is_name, "stop")


def _dashed(index: int, block: Block) -> Candidate | None:
    found = _DASH.match(block.text)
    style: Style = "dash"
    if found is None and not block.continues and block.text[:1].isupper():
        found, style = _NAMED_DASH.match(block.text[:90]), "spaced"
    if found is None or (style == "spaced" and not is_name_shaped(found[1])):
        return None
    label = found[1]
    mark = found[0][len(label) :].strip()
    role = generic_role(label)
    bold = is_set_off(block, label)
    return Candidate(index, Label(label, mark, found.end(), role), bold, plain(label), role is None, style)


def _stopped(index: int, block: Block) -> Candidate | None:
    """Return the label that a full stop and a dash end, which is as sure a mark as a colon."""
    found = _STOP_AND_DASH.match(block.text) if _STOPPED.search(block.text, 0, 76) else None
    if found is None:
        return None
    label = found[1]
    role = generic_role(label)
    if role is None and not is_name_shaped(label):
        return None
    is_name = role is None
    mark = found[0][len(label) :].strip()
    return Candidate(index, Label(label, mark, found.end(), role), is_set_off(block, label), plain(label), is_name)


def _lettered(index: int, block: Block) -> Candidate | None:
    """Return the letter or the word for who asks or answers that a full stop ends; a letter tells nothing by itself."""
    found = _LETTER.match(block.text) or _WORD.match(block.text)
    if found is None or not found[1][0].isupper():
        return None
    label = found[1]
    role = generic_role(label) if len(label) > 1 else None
    if len(label) > 1 and role not in ("question", "answer"):
        return None
    return Candidate(index, Label(label, ".", found.end(), role), is_set_off(block, label), plain(label), False, "stop")


def _in_brackets(index: int, block: Block, found: re.Match[str]) -> Candidate:
    label = found[0].strip()
    key = plain(next(group for group in found.groups() if group))
    role = generic_role(key)
    is_name = role is None and bool(_CJK.search(key))
    return Candidate(index, Label(label, "", found.end(), role), label[0] == "【", key, is_name, "bracket")


def _alone(index: int, block: Block) -> Candidate | None:
    """Return a label that has its line to itself and no mark: in capitals, generic, or set off by markup."""
    text = block.text
    if len(text) > _LONGEST - 20 or text[-1] in ".?!,;:…":
        return None
    bold = is_set_off(block, text)
    if not bold and len(text) > 32 and not text.isupper():
        return None
    role = generic_role(text)
    if role is None and not ((bold or text.isupper()) and is_name_shaped(text)):
        return None
    return Candidate(index, Label(text, "", len(text), role), bold, plain(text), role is None, "alone")


def _without_mark(index: int, block: Block, before: Block | None, bare: re.Match[str]) -> Candidate | None:
    """Return the word that begins a block with no mark after it; None within a sentence, where it is a word."""
    mark = bare[0][len(bare[1]) :].strip()
    inside = block.continues and before is not None and not _SENTENCE_END.search(before.text)
    if inside and not mark and len(bare[1]) == 1:
        return None
    role = generic_role(bare[1])
    bold = bool(block.strong) and block.strong[0][0] == 0
    style: Style = "dash" if mark and mark[0] in "-–—" else "alone" if bare.end() == len(block.text) else "bare"
    return Candidate(index, Label(bare[1], mark, bare.end(), role), bold, plain(bare[1]), role is None, style)
