"""Turns a Document into an Interview: the steps in order; each step's rule is in its own module, and none does I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.errors import SourceRefused
from app.parsing import (
    conservation,
    exchanges,
    headers,
    labels,
    metadata,
    outlets,
    people,
    repeats,
    roles,
    soundness,
    turns,
)
from app.parsing.language import detect, primary
from app.parsing.vocabulary import REMARK_WORDS
from app.records import Block, Document, Exchange, Finding, Interview, Line, Role, Source, Speaker, Turn


def parse(document: Document, source: Source) -> Interview:
    """Return the interview that a document holds, with every word accounted for.

    Raises SourceRefused where nobody is seen to speak, nobody asks, nobody answers, or a word would be lost.
    """
    pages = headers.take_out([block for block in document.blocks if block.kind != "furniture"])
    body = pages.blocks
    found = labels.find(body, metadata.titles_of(document.fields))
    _refuse_unlabelled(found, body, source.name)
    body, tail = metadata.trim_tail(found.blocks, max(found.labels))
    facts = metadata.read_head(document, body[: min(found.labels)], source.name)
    above = [facts.title, *metadata.titles_of(document.fields), *metadata.by_lines(body[: min(found.labels)])]
    who = people.gather(list(found.labels.values()), above, document.witness)
    speakers = who.speakers
    cut = turns.cut(body, found.labels, who.names)
    repeats.set_aside(cut)
    sides = roles.assign(cut.drafts, speakers, [facts.title])
    speakers, told = _with_answerer(cut.drafts, sides, speakers, above, document)
    spoken = tuple(_turn(draft, role) for draft, role in zip(cut.drafts, sides, strict=True))
    pairs = exchanges.pair(sides)
    _refuse_one_sided(spoken, pairs, cut, source.name)
    language, language_doubts = _language(document, source, spoken)
    furniture = [Line(block.text, block.line, block.reason) for block in document.blocks if block.kind == "furniture"]
    found_here = (
        *document.findings,
        *facts.findings,
        *pages.findings,
        *found.findings,
        *cut.findings,
        *told,
        *roles.doubts(cut.drafts, sides, speakers, above),
        *exchanges.doubts(spoken, pairs),
        *soundness.doubts(spoken, len(tail), not document.marked_up),
    )
    interview = Interview(
        title=facts.title,
        date=facts.date,
        time=facts.time,
        place=facts.place or next(iter(metadata.stated(document.fields, "place")), None),
        language=language,
        also_in=metadata.languages_also(facts.also_in, language),
        outlets=source.provenance.outlets
        or metadata.stated(document.fields, "outlet")
        or outlets.in_title(facts.title, [person.name for person in speakers if person.named], document.witness)
        or outlets.in_labels([turn.label for turn in spoken if turn.role == "question"], document.witness),
        speakers=_in_order(speakers, spoken),
        turns=spoken,
        notes=(*facts.notes, *cut.notes),
        exchanges=pairs,
        metadata=tuple(facts.lines),
        furniture=tuple(
            sorted([*furniture, *pages.furniture, *facts.furniture, *cut.furniture, *tail], key=lambda line: line.line)
        ),
        findings=tuple(sorted([*found_here, *language_doubts], key=lambda finding: finding.line)),
        words=0,
    )
    return replace(interview, words=conservation.check(document, interview, source.name))


def _with_answerer(
    drafts: Sequence[turns.Draft],
    sides: Sequence[Role],
    speakers: tuple[Speaker, ...],
    above: Sequence[str],
    document: Document,
) -> tuple[tuple[Speaker, ...], list[Finding]]:
    """Give answers under no name to the one person whom the titles show answering, where nobody answers by name."""
    answers = [draft for draft, role in zip(drafts, sides, strict=True) if role == "answer"]
    if not answers or any(draft.speaker for draft in answers):
        return speakers, []
    person = people.answerer(above, document.witness)
    if person is None or any(one.name == person.name for one in speakers):
        return speakers, []
    for draft in answers:
        draft.speaker = person.name
    message = f"no label names who answers: taken for {person.name}, whom the title gives an office"
    labels_of = tuple(dict.fromkeys(draft.label.text for draft in answers if draft.label.text))
    return (replace(person, labels=labels_of), *speakers), [Finding("answerer-from-title", answers[0].line, message)]


def _turn(draft: turns.Draft, role: Role) -> Turn:
    label = draft.label
    return Turn(role, draft.speaker, label.text, label.mark, tuple(draft.paragraphs), tuple(draft.lines), draft.line)


def _refuse_unlabelled(found: labels.Found, body: Sequence[Block], name: str) -> None:
    """Raise SourceRefused where there are no labels, or more of them than could be read stand alone on their lines."""
    if not found.labels:
        line = body[0].line if body else 1
        raise SourceRefused(name, line, "not a transcript: nobody is seen to speak", "no-turns")
    if found.unread > max(3, len(found.labels)):
        line, reason = body[min(found.labels)].line, "more labels stand on lines of their own than can be told apart"
        raise SourceRefused(name, line, reason, "labels-unread")


def _refuse_one_sided(spoken: Sequence[Turn], pairs: Sequence[Exchange], cut: turns.Cut, name: str) -> None:
    line = spoken[0].line if spoken else 1
    if not spoken:
        raise SourceRefused(name, line, "not a transcript: there are labels, but nothing is said", "no-turns")
    if cut.columns > 1:
        raise SourceRefused(name, line, "columns read apart: labels stand together without words", "columns")
    unnamed = next((turn for turn in spoken if any(text.startswith(">>") for text in turn.paragraphs)), None)
    if unnamed is not None:
        reason = "somebody else begins to speak (>>) in this turn, and nothing says who"
        raise SourceRefused(name, unnamed.line, reason, "speaker-unnamed")
    asking = {turn.label.casefold() for turn in spoken if turn.role == "question"}
    if not pairs or asking <= REMARK_WORDS:
        raise SourceRefused(name, line, "not an interview: somebody speaks, but nobody asks", "no-questions")
    if not any(pair.answers for pair in pairs) or exchanges.is_one_sided(spoken):
        raise SourceRefused(name, line, "not an interview: there are questions, but no answers", "no-answers")


def _language(document: Document, source: Source, spoken: Sequence[Turn]) -> tuple[str, list[Finding]]:
    """Return the language: as the sidecar states, else the page where its words do not speak against it, else told."""
    if source.provenance.language:
        return source.provenance.language, []
    told = detect([paragraph for turn in spoken for paragraph in turn.paragraphs])
    for item in document.fields:
        if item.name == "language" and (stated := primary(item.value)):
            if told in ("und", stated):
                return stated, []
            message = f"the page says {stated}, its words are {told}"
            return stated, [Finding("languages-disagree", item.line, message)]
    return told, [Finding("language-unknown", 1, "the language cannot be told")] if told == "und" else []


def _in_order(speakers: Sequence[Speaker], spoken: Sequence[Turn]) -> tuple[Speaker, ...]:
    """Return those who answer or state, then those who only ask or chair, each group as they first speak."""
    first = {turn.speaker: index for index, turn in reversed(list(enumerate(spoken)))}
    heard = {turn.speaker for turn in spoken if turn.role in ("answer", "statement")}
    able = [speaker for speaker in speakers if speaker.name in first]
    return tuple(sorted(able, key=lambda speaker: (speaker.name not in heard, first[speaker.name])))
