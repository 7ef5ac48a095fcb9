"""A page as schema.org describes it: an Article whose main entity is a Conversation of Questions and Answers.

schema.org has no interview, and its QAPage is for pages on which users answer.
"""

from __future__ import annotations

from app import permalinks
from app.archive.holdings import HeldTurn
from app.citing.works import Person
from app.exports.transcripts import Transcript

Data = dict[str, object]

_TYPES = {"question": "Question", "answer": "Answer", "statement": "Comment"}


def article(transcript: Transcript) -> Data:
    """Return the JSON-LD of an interview, whose parts are only named, or of a part with its words."""
    work, head, site = transcript.work, transcript.head, transcript.site
    publisher = [_named("Organization", name) for name in work.outlets] or work.publisher
    data: Data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": work.address,
        "url": work.address,
        "headline": work.title,
        "datePublished": work.date,
        "inLanguage": work.language,
        "author": [_person(person, site) for person in work.authors],
        "contributor": [_person(person, site) for person in work.interviewers],
        "publisher": publisher if isinstance(publisher, list) else publisher and _named("Organization", publisher),
        "version": str(work.version),
        "license": work.licence,
        "isBasedOn": head.source.url,
        "isPartOf": None if work.kind == "interview" else {"@id": work.interview},
        "mainEntity": {
            "@type": "Conversation",
            "hasPart": [_part(turn, transcript) for turn in transcript.turns if _is_told(turn)],
        },
    }
    return {name: value for name, value in data.items() if value}


def _is_told(turn: HeldTurn) -> bool:
    return turn.role != "moderator" and turn.withheld is None


def _part(turn: HeldTurn, transcript: Transcript) -> Data:
    site = transcript.site
    data: Data = {"@type": _TYPES[turn.role], "@id": site + permalinks.answer_path(turn.id)}
    if transcript.work.kind == "interview":
        return data
    data["text"] = "\n\n".join(turn.paragraphs)
    if turn.speaker is not None:
        data["author"] = {"@id": site + permalinks.speaker_path(turn.speaker.slug)}
    questions = [other for other in transcript.turns if other.role == "question"]
    if turn.role == "answer" and questions:
        data["parentItem"] = {"@id": site + permalinks.answer_path(questions[-1].id)}
    return data


def _person(person: Person, site: str) -> Data:
    data: Data = {"@type": "Person", "@id": site + permalinks.speaker_path(person.slug), "name": person.written}
    return data | ({"jobTitle": person.office} if person.office else {})


def _named(kind: str, name: str) -> Data:
    return {"@type": kind, "name": name}
