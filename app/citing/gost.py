"""References as in GOST R 7.0.5-2008, for lists behind the text, of a document in the net (section 10 of it).

What describes the document is in its own language, Russian or else English; what is said of the reading of it is in
Russian.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.citing import dates
from app.citing.names import Name
from app.citing.runs import Citation, Run, closed, joined
from app.citing.works import Person, Work

TODAY = "дд.мм.гггг"
"""What stands for the day on which it is read, which the standard asks for and who reads it must fill in."""
_MOST = 3
"""Authors under whom it is filed; where there are more, it is filed under its title (7.6)."""


@dataclass(frozen=True, slots=True)
class _Words:
    medium: str
    site: str
    interviewer: str
    interviewers: str
    others: str
    version: str
    undated: str


_RUSSIAN = _Words("[Электронный ресурс]", "[сайт]", "интервьюер", "интервьюеры", "[и др.]", "Версия", "[Б. г.].")
_ENGLISH = _Words(
    "[Electronic resource]", "[website]", "interviewer", "interviewers", "[et al.]", "Version", "[S. a.]."
)
_PARTS = {"answer": "Ответ", "question": "Вопрос", "statement": "Заявление"}


def reference(work: Work) -> Citation:
    """Return an entry of a list; the day on which it is read stands in it as a run of its own."""
    russian = work.language.split("-")[0] == "ru"
    words = _RUSSIAN if russian else _ENGLISH
    is_filed = 0 < len(work.authors) <= _MOST
    heading = f"{closed(', '.join(_filed(person.name) for person in work.authors))} " if is_filed else ""
    told = "; ".join(_responsible(work, words, with_authors=not is_filed))
    date = dates.year_then_day(work.date, russian=russian) if work.date else words.undated
    text = f"{heading}{work.title} {words.medium}{f' / {told}' if told else ''} // Verbatim: {words.site}. {date} "
    text += f"{words.version} {work.version}. {_part(work, russian=russian)}URL: {work.url} (дата обращения: "
    return Citation("gost", "ГОСТ", joined(text, Run(TODAY, is_today=True), ")."))


def _responsible(work: Work, words: _Words, *, with_authors: bool) -> list[str]:
    told = [_few(work.authors, words)] if with_authors and work.authors else []
    if work.interviewers:
        role = words.interviewer if len(work.interviewers) == 1 else words.interviewers
        told.append(f"{role} {_few(work.interviewers, words)}")
    return [*told, *([", ".join(work.outlets)] if work.outlets else [])]


def _few(people: Sequence[Person], words: _Words) -> str:
    names = [_spoken(person.name) for person in people]
    return ", ".join(names) if len(names) <= _MOST else f"{names[0]} {words.others}"


def _part(work: Work, *, russian: bool) -> str:
    if not work.part:
        return ""
    if not russian:
        return f"{work.part[:1].upper()}{work.part[1:]}. "
    return f"{_PARTS[work.kind]}{'' if work.number is None else f' {work.number}'}. "


def _filed(name: Name) -> str:
    if name.family_first:
        return name.plain
    return " ".join(filter(None, (name.family, name.initials, name.addition)))


def _spoken(name: Name) -> str:
    if name.family_first:
        return name.plain
    return " ".join(filter(None, (name.initials, name.family, name.addition)))
