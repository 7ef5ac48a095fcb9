"""Reads timed captions, the common ground of WebVTT and SRT: cues into paragraphs, times and numbers set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.errors import SourceRefused
from app.readers.decoding import decode
from app.records import Block, Document

_LINE_END = re.compile(r"\r\n|\n|\r")
_TIME = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})")
_ARROW = "-->"
_ASIDE = re.compile(r"\s*(?:[\[(♪♫].*[\])♪♫]|[\W_]*)\s*", re.DOTALL)
"""A cue that nobody speaks: a sound or a stage direction."""
_CHANGE = re.compile(r"(>{2,3})\s*")
_LABEL = re.compile(r"[^\s:][^:]{0,60}:(?:\s|$)")
_NAMED = re.compile(r"\s*(?:>{2,3}\s*[^\s:][^:]{0,60}|[A-Z][A-Z .'’-]{1,40}):(?:\s|$)")
_DASH = re.compile(r"[-–—]\s*\S")
_SENTENCE_END = re.compile(r"[.?!…][)\]}\"'”’»]*$")
_PAUSE = 2.0
"""Seconds of silence after a sentence that part two paragraphs."""
_ROLLS = 0.3
"""Share of cues that begin with the line before from which captions are ones that roll up."""

Spoken = Callable[[str], list[tuple[str | None, str]]]
"""Takes the marks of a format from a line: what is said, each with the voice that the format names, if any."""


@dataclass(slots=True)
class _Cue:
    """What is shown at one time."""

    start: float
    end: float
    lines: list[tuple[int, str]] = field(default_factory=list)


def read(data: bytes, spoken: Spoken, headers: tuple[str, ...]) -> Document:
    """Return the blocks of captions; a line is a line of the file. `headers` begin what is no cue.

    Raises SourceRefused (with no name) for what has no cues, or where somebody speaks whom the captions leave unnamed
    while they name others.
    """
    decoded = decode(data)
    lines = _LINE_END.split(decoded.text)
    cues, aside = _cues(lines, headers)
    if not cues:
        raise SourceRefused("", 1, "not captions: no times are seen", "no-cues")
    plain = "\n".join(" ".join(f"{voice or ''} {words}" for voice, words in spoken(line)) for line in lines)
    furniture = [
        Block(text, line, "furniture", reason=reason) for line, raw, reason in aside if (text := _words(spoken(raw)))
    ]
    blocks = sorted([*furniture, *_blocks(cues, spoken)], key=lambda block: block.line)
    return Document(tuple(blocks), plain, decoded.encoding, False, (), decoded.findings)


def _words(said: list[tuple[str | None, str]]) -> str:
    return " ".join(f"{voice or ''} {words}".strip() for voice, words in said).strip()


def _cues(lines: list[str], headers: tuple[str, ...]) -> tuple[list[_Cue], list[tuple[int, str, str]]]:
    """Return the cues, and the lines that are none with what they are."""
    cues: list[_Cue] = []
    aside: list[tuple[int, str, str]] = []
    state = "between"
    for number, line in enumerate(lines, 1):
        times = list(_TIME.finditer(line)) if _ARROW in line else []
        if not line.strip():
            state = "between"
        elif len(times) >= 2:
            cues.append(_Cue(_seconds(times[0]), _seconds(times[1])))
            aside.append((number, line, "time"))
            state = "cue"
        elif state == "between" and line.lstrip("\ufeff").startswith(headers):
            aside.append((number, line, "captions' own data"))
            state = "data"
        elif state == "data":
            aside.append((number, line, "captions' own data"))
        elif state == "between" and number < len(lines) and _ARROW in lines[number]:
            aside.append((number, line, "cue number"))
        elif cues:
            cues[-1].lines.append((number, line))
            state = "cue"
        else:
            aside.append((number, line, "before the captions"))
    return cues, aside


def _seconds(time: re.Match[str]) -> float:
    return int(time[1] or 0) * 3600 + int(time[2]) * 60 + int(time[3]) + float(f"0.{time[4]}")


def _blocks(cues: list[_Cue], spoken: Spoken) -> Iterator[Block]:
    """Yield what is said, one block for each line and voice."""
    rolling = _rolling(cues)
    said = [one for cue in cues for _, raw in cue.lines for one in spoken(raw)]
    has_voices = any(voice for voice, _ in said)
    has_names = has_voices or any(_NAMED.match(words) for _, words in said)
    voice, shown, until = None, "", float("-inf")
    for cue in cues:
        pause = not shown or (cue.start - until >= _PAUSE and bool(_SENTENCE_END.search(shown)))
        is_first = True
        current: str | None = None
        for number, raw in cue.lines:
            if number in rolling:
                yield from _as_furniture(_words(spoken(raw)), number, "caption repeated")
                continue
            for named, words in spoken(raw):
                current = named or current
                if has_voices and current is None and not _ASIDE.fullmatch(words):
                    raise SourceRefused("", number, "no voice is named here, while others are", "speaker-unnamed")
                is_new = bool(current) and current != voice
                yield from _said(words, number, current if is_new else None, pause and is_first, has_names)
                if named and not is_new:
                    yield from _as_furniture(named, number, "voice repeated")
                voice = current or voice
                shown, is_first = words.strip() or shown, False
        until = cue.end


def _as_furniture(text: str, line: int, reason: str) -> Iterator[Block]:
    if text:
        yield Block(text, line, "furniture", reason=reason)


def _said(words: str, line: int, voice: str | None, pause: bool, has_names: bool) -> Iterator[Block]:
    """Yield one piece of speech; marks that somebody else begins to speak stand apart from it where some are named."""
    text = words.strip()
    change = _CHANGE.match(text)
    if change and has_names:
        text = text[change.end() :]
        yield Block(change[1], line, "furniture", reason="change of speaker")
        if voice is None and text and not _LABEL.match(text):
            reason = "somebody else begins to speak here (>>), and the captions do not say who"
            raise SourceRefused("", line, reason, "speaker-unnamed")
    if text:
        goes_on = not (voice or change or pause or _DASH.match(text) or _ASIDE.fullmatch(text))
        yield Block(text, line, continues=goes_on, speaker=voice)
    elif voice:
        yield Block(voice, line, "furniture", reason="voice without words")


def _rolling(cues: list[_Cue]) -> set[int]:
    """Return the lines that only repeat the line before, where captions roll up and so show each line twice."""
    again: set[int] = set()
    last = ""
    for cue in cues:
        for number, raw in cue.lines:
            text = re.sub(r"<[^>]*>", "", raw).strip()
            if text and text == last:
                again.add(number)
            last = text or last
    return again if len(again) > len(cues) * _ROLLS else set()
