"""Akoma Ntoso 3.0 (OASIS LegalDocML): the debate document of an interview, with who asks whom and who answers.

The schema wants days where an interview may have a year alone: such a date stands in words, and the FRBR dates say
that they are those of the import.
"""

from __future__ import annotations

from collections.abc import Iterator

from app import permalinks
from app.archive.holdings import HeldTurn
from app.exports.languages import three_letters
from app.exports.transcripts import Section, Transcript, called
from app.exports.xml import DECLARATION, Markup, container, element, text

SUFFIX = ".xml"
MEDIA_TYPE = "application/akn+xml"
NAME = "Akoma Ntoso"
IS_CITATION = False

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_UNKNOWN_COUNTRY = "zz"
"""A code of ISO 3166-1 left to users, for "unknown" in CLDR: no source states a country."""
_NOBODY = "not-named"
_DAY = len("2015-12-11")
_ELEMENTS = {"question": "question", "answer": "answer", "statement": "speech", "moderator": "speech"}


def write(transcript: Transcript) -> str:
    """Return the document."""
    notes = [element("narrative", text(note.text)) for note in transcript.notes_before()]
    opening = [container("debateSection", notes, eId="opening", name="notes")] if notes else []
    sections = (_section(transcript, section, at) for at, section in enumerate(transcript.sections(), 1))
    debate = container(
        "debate",
        [_meta(transcript), _preface(transcript), container("debateBody", [*opening, *sections])],
        name="interview",
        contains="originalVersion",
    )
    return f"{DECLARATION}{container('akomaNtoso', [debate], xmlns=_NAMESPACE)}\n"


def _meta(transcript: Transcript) -> Markup:
    head = transcript.head
    published = _whole(head.date)
    return container(
        "meta",
        [
            _identification(transcript),
            element("publication", date=published, name="interview", showAs=", ".join(transcript.work.outlets))
            if published
            else None,
            container("references", _references(transcript), source="#verbatim"),
        ],
    )


def _identification(transcript: Transcript) -> Markup:
    """Return the FRBR block: the interview, its text in one language and version, and this file."""
    head, work = transcript.head, transcript.work
    imported, held = head.source.imported_at[:_DAY], _whole(head.date)
    uri = f"/akn/{_UNKNOWN_COUNTRY}/debate/{held or imported}/{head.slug}"
    expression = f"{uri}/{three_letters(head.language)}@{imported}"
    part = "" if work.kind == "interview" else f"~{work.key}"
    taken = element("FRBRdate", date=imported, name="import")
    event = element("FRBRdate", date=held, name="interview") if held else taken
    authors = [element("FRBRauthor", href=f"#{person.slug}", as_="#interviewee") for person in work.authors]
    authors = authors or [element("FRBRauthor", href=f"#{_NOBODY}")]
    publisher = element("FRBRauthor", href="#verbatim", as_="#publisher")
    number = element("FRBRversionNumber", value=str(head.version))
    language = element("FRBRlanguage", language=three_letters(head.language))
    file = f"{work.address}{SUFFIX}?v={head.version}"
    named = [element("FRBRcountry", value=_UNKNOWN_COUNTRY), element("FRBRname", value=work.title)]
    works = [*_uris(f"{uri}/!main{part}", uri, work.address), event, *authors, *named]
    texts = [*_uris(f"{expression}/!main{part}", expression, work.url), taken, *authors, number, language]
    files = [*_uris(f"{expression}/!main{part}.xml", f"{expression}.akn", file), taken, publisher]
    levels = [
        container("FRBRWork", works),
        container("FRBRExpression", texts),
        container("FRBRManifestation", [*files, element("FRBRformat", value=MEDIA_TYPE)]),
    ]
    return container("identification", levels, source="#verbatim")


def _uris(this: str, uri: str, address: str) -> list[Markup]:
    alias = element("FRBRalias", value=address, name="verbatim")
    return [element("FRBRthis", value=this), element("FRBRuri", value=uri), alias]


def _references(transcript: Transcript) -> Iterator[Markup]:
    head, site = (
        transcript.head,
        transcript.work.interview.removesuffix(permalinks.interview_path(transcript.head.slug)),
    )
    yield element("TLCOrganization", eId="verbatim", href=f"{site}/", showAs="Verbatim")
    known = {who.slug: who.name for who in (*head.speakers, *head.interviewers)}
    known |= {turn.speaker.slug: turn.speaker.name for turn in transcript.turns if turn.speaker is not None}
    for slug, name in known.items():
        yield element("TLCPerson", eId=slug, href=site + permalinks.speaker_path(slug), showAs=name)
    yield element("TLCPerson", eId=_NOBODY, href="/akn/ontology/person/not-named", showAs="not named in the source")
    for outlet in head.outlets:
        href = site + permalinks.outlet_path(outlet.slug)
        yield element("TLCOrganization", eId=f"outlet-{outlet.slug}", href=href, showAs=outlet.name)
    for role in ("interviewee", "publisher"):
        yield element("TLCRole", eId=role, href=f"/akn/ontology/role/{role}", showAs=role)


def _preface(transcript: Transcript) -> Markup:
    head = transcript.head
    date = text(head.date or "")
    dated = element("docDate", date, date=head.date) if _whole(head.date) else date
    lines = [element("p", element("docTitle", text(head.title)))]
    return container("preface", [*lines, element("p", dated)] if head.date else lines)


def _section(transcript: Transcript, section: Section, at: int) -> Markup:
    number = section.number
    children = [child for turn in section.turns for child in _turn(transcript, section, turn)]
    if number is None:
        return container("debateSection", children, eId=f"between-{at}", name="statement")
    return container("debateSection", children, eId=f"exchange-{number}", name="exchange")


def _turn(transcript: Transcript, section: Section, turn: HeldTurn) -> Iterator[Markup]:
    """Give a turn, with the notes in it as remarks, and the notes after it as narratives."""
    lines = transcript.lines(turn)
    within = next((at for at in range(len(lines), 0, -1) if isinstance(lines[at - 1], str)), 0)
    blocks: list[Markup | None] = [element("from", text(called(turn))) if called(turn) else None]
    number = 0
    for line in lines[:within]:
        if isinstance(line, str):
            number += 1
            blocks.append(element("p", text(line), eId=permalinks.paragraph_anchor(turn.id, number)))
        else:
            blocks.append(element("p", element("remark", text(line.text), status="editorial")))
    if not number:
        blocks.append(element("p"))
    yield container(_ELEMENTS[turn.role], blocks, eId=turn.id, by=_by(turn), to=_to(section, turn))
    yield from (element("narrative", text(note.text)) for note in lines[within:] if not isinstance(note, str))


def _by(turn: HeldTurn) -> str:
    return f"#{turn.speaker.slug if turn.speaker is not None else _NOBODY}"


def _to(section: Section, turn: HeldTurn) -> str | None:
    """Return to whom somebody speaks: the first who answers a question, the last who asked before an answer."""
    if turn.role == "question":
        return next((_by(other) for other in section.turns if other.role == "answer"), None)
    if turn.role == "answer":
        before = section.turns[: section.turns.index(turn)]
        return next((_by(other) for other in reversed(before) if other.role == "question"), None)
    return None


def _whole(date: str | None) -> str | None:
    return date if date and len(date) == _DAY else None
