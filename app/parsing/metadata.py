"""Reads what stands above the first turn and below the last: title, date, languages, outlet, page furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.parsing import dates, days, places
from app.parsing.language import primary
from app.parsing.vocabulary import METADATA_KEYS
from app.records import Block, Document, Field, Finding, Line, Note

_SWITCH = re.compile(r"(?:[\W\d_]*\b[a-z]{2}[-_][A-Z]{2}(?:\d{1,2})?(?=\W|$)){2,}[\W\d_]*")
_SWITCH_TAG = re.compile(r"\b([a-z]{2})[-_][A-Z]{2}")
_ENDONYMS = {
    "english": "en", "русский": "ru", "français": "fr", "deutsch": "de", "español": "es", "italiano": "it",
    "português": "pt", "中文": "zh", "العربية": "ar", "عربي": "ar", "日本語": "ja", "українська": "uk", "türkçe": "tr",
    "рус": "ru", "eng": "en",
}  # fmt: skip
_END_MARK = re.compile(
    r"advanced settings|дополнительные настройки|\W*(the )?end\W*|\W*ends\W*|e n d|conclusion of interview|"
    r"end of (transcript|interview)\W*|-?\s?30\s?-|print|печать|share|поделиться|text version|версия для печати|"
    r"back to top|наверх|(end|ends)\s+\d{1,2}:\d\d\s+[ap]\.?m\.?\s*\w*",
    re.IGNORECASE,
)
_KEY = re.compile(r"([^:]{2,30}):(?:\s|$)")
_MENU = re.compile(r"[^|»•·]{1,30}(?:\s[|»•·]+\s[^|»•·]{1,30}){2,}")
_PUBLISHED = re.compile(
    r"\W*(posted|published|updated|last updated|issued|released|опубликован|обновлен)", re.IGNORECASE
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
"""A letter of a script that leaves no space between words."""
_RULE = re.compile(r"[*\-–—_=~•·.#\s]+")
_LETTERHEAD = re.compile(
    r"^(?:the\s+)?(?:\S+\s+){0,4}(?:house|office|ministry|department|commission|presidency|chancellery|secretariat)\b"
    r"(?:\s+\S+){0,5}$",
    re.IGNORECASE,
)
"""The name of whoever issues a paper, at the head of it."""
_EVENT = re.compile(
    r"\b(?:interview|press conference|briefing|remarks|transcript|gaggle|doorstop|doorstep|questions)\b", re.IGNORECASE
)
_UNFINISHED = frozenset("of with by the and at to for in on du de la le des von und mit der".split())  # noqa: SIM905
"""Words with which no title ends."""
_TITLE_FIELDS = ("og:title", "title")


@dataclass(slots=True)
class Facts:
    """What the head, the tail and the fields of a document state."""

    title: str = ""
    date: str | None = None
    time: str | None = None
    published: dates.Dated | None = None
    """When the page says it was put out, which need not be the day of the event."""
    place: str | None = None
    also_in: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def titles_of(fields: Sequence[Field]) -> list[str]:
    """Return the titles that the format states outside the body, the best first."""
    return [item.value for name in _TITLE_FIELDS for item in fields if item.name == name and item.value.strip()]


def stated(fields: Sequence[Field], name: str) -> tuple[str, ...]:
    """Return what the format states under one name outside the body, once each."""
    return tuple(dict.fromkeys(item.value for item in fields if item.name == name))


def by_lines(head: Sequence[Block]) -> list[str]:
    """Return the short lines above the first turn, in which people and offices may be named."""
    return [block.text for block in head[:25] if len(block.text) < 240 and not block.text.endswith((".", "?"))]


def trim_tail(blocks: Sequence[Block], last_label: int) -> tuple[list[Block], list[Line]]:
    """Return the blocks without the page furniture that follows the last turn's words, and that furniture.

    Only known end marks, rules and keyed lines such as "Publication date:" are taken, and only from the end.
    """
    kept = list(blocks)
    lines: list[Line] = []
    while len(kept) - 1 > last_label:
        block = kept[-1]
        ends = dates.time_in(block.text) is not None and kept[-2].text.strip(" .").casefold() == "end"
        if ends or _END_MARK.fullmatch(block.text.strip(" .\u00a0")):
            lines.append(Line(block.text, block.line, "end mark"))
        elif _RULE.fullmatch(block.text):
            lines.append(Line(block.text, block.line, "separator"))
        elif _SWITCH.fullmatch(block.text) or _endonyms(block.text):
            lines.append(Line(block.text, block.line, "language switch"))
        elif (key := _KEY.match(block.text)) and _is_key(key[1]) and len(block.text) < 120:
            lines.append(Line(block.text, block.line, "page data"))
        else:
            break
        kept.pop()
    return kept, lines[::-1]


def read_head(document: Document, head: Sequence[Block], name: str) -> Facts:
    """Return what the blocks above the first turn and the document's fields state; every block is accounted for."""
    facts = Facts(also_in=[item.value for item in document.fields if item.name == "also-in"])
    titles = titles_of(document.fields)
    head = _unwrapped(head)
    title_at = _title_index(head, titles)
    for index, block in enumerate(head):
        _account(facts, block, index == title_at)
    if not facts.title:
        facts.title = titles[0] if titles else ""
    if not facts.title:
        facts.title = name.rpartition(".")[0] or name
        facts.findings.append(Finding("no-title", 1, "no title stands above the first turn: the file's name is used"))
    _place(facts)
    day = days.settle(facts.title, days.Stated(facts.date, facts.time, facts.published), document.fields, facts.notes)
    facts.date, facts.time = day.date, day.time
    facts.findings += day.findings
    return facts


def _place(facts: Facts) -> None:
    """Move the line that says where, which stands with the date, from the notes to the metadata."""
    dated = {line.line for line in facts.lines if line.purpose in ("date", "time")}
    order: list[Line | Note] = sorted([*facts.lines, *facts.notes], key=lambda one: one.line)
    for at, one in enumerate(order):
        near = order[max(0, at - 1) : at + 2]
        if (
            facts.place is None
            and any(other.line in dated for other in near)
            and (isinstance(one, Note) or one.line in dated)
        ):
            facts.place = places.place_at(one.text, facts.time is not None)
            if facts.place is not None and isinstance(one, Note):
                facts.notes.remove(one)
                facts.lines.append(Line(one.text, one.line, "place"))


def _unwrapped(head: Sequence[Block]) -> list[Block]:
    """Return the blocks with wrapped lines joined."""
    whole: list[Block] = []
    for block in head:
        is_cut = len(whole) == 1 and whole[0].kind == block.kind and whole[0].text.split()[-1] in _UNFINISHED
        if whole and (block.continues or is_cut):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {block.text}")
        else:
            whole.append(block)
    return whole


def _account(facts: Facts, block: Block, is_title: bool) -> None:
    text = block.text
    dated = dates.find(text)
    switch = _SWITCH.fullmatch(text) or _endonyms(text)
    if is_title:
        facts.title = text
        facts.lines.append(Line(text, block.line, "title"))
    elif switch:
        tags = _endonyms(text) or _SWITCH_TAG.findall(text)
        facts.also_in += [tag for tag in tags if tag not in facts.also_in]
        facts.furniture.append(Line(text, block.line, "language switch"))
    elif dated is not None and dated.alone and _PUBLISHED.match(text):
        facts.published = facts.published or dated
        facts.lines.append(Line(text, block.line, "published"))
    elif dated is not None and dated.alone:
        if facts.date is None or dated.date.startswith(f"{facts.date}-"):
            facts.date, facts.time = dated.date, dated.time or facts.time
        elif not facts.date.startswith(dated.date):
            facts.findings.append(
                Finding("dates-disagree", block.line, f"{dated.date} here, {facts.date} above: the one above is kept")
            )
        facts.lines.append(Line(text, block.line, "date"))
    elif (clock := dates.time_in(text)) or re.fullmatch(r"0?0:00", text.strip()):
        facts.time = facts.time or clock
        facts.lines.append(Line(text, block.line, "time"))
    elif (headed := _dateline(text)) is not None and (facts.date or headed[1].date) == headed[1].date:
        facts.date, facts.time = headed[1].date, facts.time or headed[1].time
        facts.place = facts.place or headed[0]
        facts.lines.append(Line(text, block.line, "date"))
    elif _MENU.fullmatch(text):
        facts.furniture.append(Line(text, block.line, "menu"))
    elif _RULE.fullmatch(text):
        facts.furniture.append(Line(text, block.line, "separator"))
    elif _END_MARK.fullmatch(text.strip(" .\u00a0")):
        facts.furniture.append(Line(text, block.line, "page control"))
    else:
        _account_key(facts, block)


def _dateline(text: str) -> tuple[str, dates.Dated] | None:
    """Return the place and the day of a line that is both, as "TASS, Brenn, 3 May 2001"; None for any other."""
    at = text.rfind(",") if len(text) < 80 else -1
    while at > 0:
        dated = dates.find(text[at + 1 :])
        if dated is not None and dated.alone and len(dated.date) == 10:
            place = places.at_head_of(text[:at])
            return (place, dated) if place else None
        at = text.rfind(",", 0, at)
    return None


def _account_key(facts: Facts, block: Block) -> None:
    key = _KEY.match(block.text)
    if key is None or not _is_key(key[1]):
        facts.notes.append(Note(block.text, block.line, None, 0))
        return
    word, value = key[1].strip().casefold(), block.text[key.end() :].strip()
    if word in {"place", "location", "место"} and value and facts.place is None:
        facts.place = value
    if word in {"date", "дата"} and facts.date is None and (dated := dates.find(value)):
        facts.date, facts.time = dated.date, dated.time or facts.time
    facts.lines.append(Line(block.text, block.line, word))


def _is_key(text: str) -> bool:
    return "-".join(text.casefold().split()) in METADATA_KEYS


def _endonyms(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    tags = [_ENDONYMS[word] for word in words if word in _ENDONYMS]
    return tags if len(words) == len(tags) > 1 else []


def _title_index(head: Sequence[Block], stated: Sequence[str]) -> int:
    """Return which block above the first turn is the title: a heading, what a field repeats, or the first sentence."""
    able = [index for index, block in enumerate(head) if _could_be_title(block)]
    for index in able:
        if any(head[index].text.casefold() in title.casefold() for title in stated):
            return index
    if (
        not stated
        and len(able) > 1
        and _LETTERHEAD.search(head[able[0]].text)
        and not _EVENT.search(head[able[0]].text)
    ):
        able = [index for index in able[1:6] if _EVENT.search(head[index].text)][:1] or able
    headings = [index for index in able if head[index].kind == "heading"]
    if headings:
        return headings[0]
    if stated:
        return -1
    alone = [0] if head and _could_be_title(head[0], shortest=1) and len(head[0].text) > 3 else []
    return (able or alone or [-1])[0]


def _could_be_title(block: Block, shortest: int = 2) -> bool:
    text = block.text
    dated = dates.find(text)
    if any(shape.fullmatch(text) for shape in (_SWITCH, _RULE, _MENU)) or _endonyms(text):
        return False
    if dated is not None and dated.alone:
        return False
    key = _KEY.match(text)
    words = len(text.split()) if text.isascii() or not _UNSPACED.search(text) else len(text) // 3
    return words >= shortest and len(text) < 400 and not (key and _is_key(key[1]))


def languages_also(tags: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the other languages of a switch line, once each."""
    also = dict.fromkeys(tag for tag in map(primary, tags) if tag and tag != primary(language))
    return tuple(also)
