"""Decides who asks, who answers and who chairs, and so each turn's role; who is who is settled before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.parsing.names import is_remark, plain, split_office
from app.parsing.turns import Draft
from app.parsing.vocabulary import CHAIR_PHRASES, HONORIFICS, MODERATOR_WORDS, OFFICE_WORDS, PARTICLES, PRESS_WORDS
from app.records import Finding, Role, Speaker

_OUTLET = re.compile(r"[(\[]\s*[^\W\d_]{2,}[^()\[\]]*[)\]]")
_ASKS = re.compile(r"[?？;؟][\s)\]\"'”’»]*$")
_GIVES_WORD = re.compile(
    r"\b(?:go (?:back )?to|over to|turn to|move to|come to|next question|last question|first question|final question|"
    r"one more question|question from|has the floor|the floor is yours|time for (?:one|two|some|a few|more)\b|"
    r"questions?, please|take (?:one|two|a few|some|your) |open (?:it|the floor)|"
    r"thank you all|that concludes|in the (?:front|back)|the gentleman|the lady)\b|"
    r"следующий вопрос|пожалуйста, (?:вопрос|коллег)|последний вопрос|nächste frage|"
    r"question suivante|dernière question|siguiente pregunta|última pregunta|letzte frage|ultima domanda|"
    r"最后一个问题|最後の質問",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\bjoint\b|press conference|doorstop|briefing", re.IGNORECASE)
"""Titles in which "with" names somebody who answers too."""
_INTERVIEWED = re.compile(r"\s+(?:is\s+|was\s+)?interviewed\b|['’]s?\s+(?:\w+\s+)?(?:interview|press conference)\b")
"""What follows the name of whoever was interviewed."""
_BRIEF = 320
"""Characters of a turn above which somebody rather answers than asks, on average."""
_OFFICIAL = OFFICE_WORDS | {"hon", "honourable", "honorable"}


def assign(drafts: Sequence[Draft], speakers: Sequence[Speaker], titles: Sequence[str]) -> list[Role]:
    """Return the role of each draft.

    A generic label tells its role. A named person answers where an office, the title or most of the words say so,
    and asks otherwise. An official who speaks before anybody has asked makes a statement.
    """
    sides = _sides(drafts, speakers, titles)
    interviewing = _interviewing(drafts)
    asked = False
    roles: list[Role] = []
    for draft in drafts:
        role = draft.label.generic or sides[draft.speaker or ""]
        if role == "moderator" and draft.label.text in interviewing:
            role = "question"
        if role == "answer" and not asked:
            role = "statement"
        asked = asked or role == "question"
        roles.append(role)
    return roles


def doubts(
    drafts: Sequence[Draft], sides: Sequence[Role], speakers: Sequence[Speaker], titles: Sequence[str]
) -> list[Finding]:
    """Return a finding where nothing but the amount said tells who answers: no word, no office and no title."""
    answers = [draft for draft, role in zip(drafts, sides, strict=True) if role == "answer"]
    if not answers or any(draft.label.generic for draft in drafts):
        return []
    named = set(re.findall(r"\w+", " ".join(titles).casefold()))
    if any(_is_official(one) or _is_press(one) or one.name.split()[-1].casefold() in named for one in speakers):
        return []
    message = f"nobody is given an office or named in the title: {answers[0].speaker} says most, and is taken to answer"
    return [Finding("principal-unknown", answers[0].line, message)]


def _interviewing(drafts: Sequence[Draft]) -> set[str]:
    """Return the labels of those who are called moderators and yet ask more than they chair, and more than others."""
    chairing: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.label.generic == "moderator":
            chairing.setdefault(draft.label.text, []).append(draft)
    others = sum(draft.label.generic == "question" for draft in drafts)
    return {
        label
        for label, turns in chairing.items()
        if len(turns) > 1 and _asking_share(turns) >= 0.6 and _asking_share(turns) * len(turns) > others
    }


def _sides(drafts: Sequence[Draft], speakers: Sequence[Speaker], titles: Sequence[str]) -> dict[str, Role]:
    by_name: dict[str, list[Draft]] = {speaker.name: [] for speaker in speakers}
    for draft in drafts:
        if draft.speaker in by_name:
            by_name[draft.speaker].append(draft)
    has_generic_questions = any(draft.label.generic == "question" for draft in drafts)
    names = {word for speaker in speakers for word in speaker.name.casefold().split() if len(word) > 2}
    has_questions_of_others = has_generic_questions or len(speakers) > 3
    principal = _principal(speakers, by_name, titles, drafts)
    sides: dict[str, Role] = {}
    for speaker in speakers:
        turns = by_name[speaker.name]
        share = _asking_share(turns)
        if speaker.name == principal:
            sides[speaker.name] = "answer"
        elif (
            _chairs(speaker)
            or (has_generic_questions and all(plain(label) in CHAIR_PHRASES for label in speaker.labels))
            or (has_questions_of_others and _hands_over(turns, names - {*speaker.name.casefold().split()}))
        ):
            sides[speaker.name] = "moderator"
        elif _is_press(speaker) and not (has_generic_questions and share < 0.34 and not _is_called_press(speaker)):
            sides[speaker.name] = "question"
        elif _is_official(speaker) or _is_interviewed(speaker, titles):
            sides[speaker.name] = "answer"
        elif _asked_by(speaker, titles) or _is_answered(speaker, drafts, principal):
            sides[speaker.name] = "question"
        elif has_generic_questions and share < 0.5:
            sides[speaker.name] = "answer"
        else:
            sides[speaker.name] = "question"
    return sides


def _principal(
    speakers: Sequence[Speaker], by_name: dict[str, list[Draft]], titles: Sequence[str], drafts: Sequence[Draft]
) -> str | None:
    """Return the one who surely answers: of whom office, title, words said and few questions speak the loudest."""
    able = [speaker for speaker in speakers if not _is_press(speaker) and not _chairs(speaker)] or list(speakers)
    total = sum(_length(turns) for turns in by_name.values()) or 1
    title = " ".join(titles).casefold()

    def weight(speaker: Speaker) -> float:
        turns = by_name[speaker.name]
        office = 0.6 if _is_official(speaker) else 0.0
        surname = speaker.name.split()[-1].casefold()
        named = 0.3 if surname in title and re.search(rf"\b{re.escape(surname)}", title) else 0.0
        named += 0.3 if named and _is_interviewed(speaker, titles) else 0.0
        asked = 0.3 if _asked_by(speaker, titles) else 0.0
        return _length(turns) / total + office + named - asked - _asking_share(turns)

    return max(able, key=weight).name if able else None


def _asked_by(speaker: Speaker, titles: Sequence[str]) -> bool:
    """Say whether a title names this person after "interview with", "to", "for" or "by", as it does who asks."""
    surname = speaker.name.split()[-1]
    pattern = rf"(?:\b(?:with|to|for|by|с)|/)\s*(?:the\s+)?((?:[\w.]+\s+){{0,2}}){re.escape(surname)}\b"
    for title in titles:
        if surname.casefold() not in title.casefold() or _JOINT.search(title):
            continue
        found = re.search(pattern, title, re.IGNORECASE)
        if found is not None and not any(word.casefold().strip(".") in _OFFICIAL for word in found[1].split()):
            return True
    return False


def _is_interviewed(speaker: Speaker, titles: Sequence[str]) -> bool:
    """Say whether a title says that this person was interviewed, or whose words these are."""
    surname = speaker.name.split()[-1].casefold()
    for title in titles:
        before, found, after = title.casefold().partition(surname)
        if found and not before[-1:].isalpha() and _INTERVIEWED.match(after):
            return True
    return False


def _asking_share(turns: Sequence[Draft]) -> float:
    """Return the share of the turns that end in a question, from 0 to 1."""
    return sum(bool(_ASKS.search(turn.paragraphs[-1][-12:])) for turn in turns) / len(turns) if turns else 0.0


def _is_answered(speaker: Speaker, drafts: Sequence[Draft], principal: str | None) -> bool:
    """Say whether somebody asks though others ask under no name: the principal answers, and nobody asks before.

    Somebody heard less than five times must also ask something by the words.
    """
    own = [at for at, draft in enumerate(drafts) if draft.speaker == speaker.name]
    words = [" ".join(drafts[at].paragraphs) for at in own]
    if not own or sum(map(len, words)) > _BRIEF * len(own) or any(map(_has_honorific, speaker.labels)):
        return False
    followed = sum(at + 1 < len(drafts) and drafts[at + 1].speaker == principal for at in own)
    preceded = sum(at > 0 and drafts[at - 1].label.generic == "question" for at in own)
    if followed * 5 < len(own) * 3 or preceded * 20 > len(own) * 3:
        return False
    return len(own) > 4 or sum("?" in text for text in words) * 2 > len(own)


def _has_honorific(label: str) -> bool:
    return any(word.casefold().strip(".") in HONORIFICS - PARTICLES for word in label.split())


def _calls(text: str, names: set[str]) -> bool:
    """Say whether a few words name somebody who speaks."""
    words = re.findall(r"[\w'’-]+", text.casefold())
    return len(words) < 7 and not names.isdisjoint(words)


def _hands_over(turns: Sequence[Draft], others: set[str]) -> bool:
    """Say whether somebody only gives the word to others: in short turns, nearly all of which name who is next."""
    short = [turn for turn in turns if sum(map(len, turn.paragraphs)) < 300]
    if len(turns) == 1:
        text = " ".join(turns[0].paragraphs)
        return len(text) < 100 and bool(_GIVES_WORD.search(text)) and "?" not in text
    if not turns or len(short) * 4 < len(turns) * 3:
        return False
    words = [" ".join(turn.paragraphs) for turn in short]
    giving = sum(bool(_GIVES_WORD.search(text)) or _calls(text, others) for text in words)
    return giving * 4 >= len(turns) * 3 and _asking_share(turns) < 0.4


def _length(turns: Sequence[Draft]) -> int:
    return sum(len(paragraph) for turn in turns for paragraph in turn.paragraphs)


def _is_called_press(speaker: Speaker) -> bool:
    offices = [split_office(label)[1] for label in speaker.labels] + [speaker.office or ""]
    return any(word.casefold() in PRESS_WORDS for office in offices for word in office.split())


def _is_press(speaker: Speaker) -> bool:
    if _is_called_press(speaker):
        return True
    return any(_OUTLET.search(label) and not is_remark(label) for label in speaker.labels) and not _is_official(speaker)


def _is_official(speaker: Speaker) -> bool:
    words = f"{speaker.office or ''} {speaker.name if not speaker.office else ''}".casefold().split()
    if not speaker.office and words[-1].isdecimal():
        # "Speaker 3" is somebody whom nobody knew.
        return False
    return any(word.strip(".,") in OFFICE_WORDS for word in words)


def _chairs(speaker: Speaker) -> bool:
    words = [[word.casefold() for word in label.split()] for label in speaker.labels]
    # Two letters are a word by themselves alone: "Mc" begins surnames too.
    return any(word in MODERATOR_WORDS and (len(word) > 2 or len(label) == 1) for label in words for word in label)
