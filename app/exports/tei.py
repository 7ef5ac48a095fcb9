"""TEI P5: the transcript as speeches, with a header that says what is known of it, of its people and of its source."""

from __future__ import annotations

from collections.abc import Iterator

from app import permalinks
from app.archive.holdings import HeldTurn
from app.exports.transcripts import Section, Transcript, called
from app.exports.xml import DECLARATION, Markup, container, element, text

SUFFIX = ".tei.xml"
MEDIA_TYPE = "application/tei+xml"
NAME = "TEI"
IS_CITATION = False

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ROLES = {
    "question": "Asks",
    "answer": "Answers a question",
    "statement": "Speaks unasked",
    "moderator": "Chairs",
}


def write(transcript: Transcript) -> str:
    """Return the document. The ids of turns follow "t-", since an XML id begins with a letter."""
    head = transcript.head
    notes = [element("stage", text(note.text)) for note in transcript.notes_before()]
    opening = [container("div", notes, type="notes")] if notes else []
    body = container("body", [*opening, *(_section(transcript, section) for section in transcript.sections())])
    parts = [_header(transcript), container("text", [body], xml_lang=head.language)]
    return f"{DECLARATION}{container('TEI', parts, xmlns=_NAMESPACE)}\n"


def _header(transcript: Transcript) -> Markup:
    profile = [
        _setting(transcript),
        _people(transcript),
        container("langUsage", [element("language", text(transcript.head.language), ident=transcript.head.language)]),
    ]
    roles = [
        container("category", [element("catDesc", text(said))], xml_id=f"role-{role}") for role, said in _ROLES.items()
    ]
    declared = container("classDecl", [container("taxonomy", roles, xml_id="roles")])
    return container(
        "teiHeader",
        [_file(transcript), container("encodingDesc", [declared]), container("profileDesc", profile)],
    )


def _file(transcript: Transcript) -> Markup:
    head, work = transcript.head, transcript.work
    part = [element("title", text(f"{work.part} of {head.exchange_count}"), type="sub")] if work.part else []
    authors = [element("author", text(person.written), ref=f"#{_id(person.slug)}") for person in work.authors]
    licence = element("p", text(head.source.licence or "The terms of the source are not known."))
    published = [
        element("distributor", text("Verbatim")),
        element("idno", text(work.url), type="URI"),
        element("date", when=head.source.imported_at),
        container("availability", [licence], status=None if head.source.licence else "unknown"),
    ]
    extent = [element("measure", text(str(head.word_count)), unit="words", quantity=str(head.word_count))]
    return container(
        "fileDesc",
        [
            container("titleStmt", [element("title", text(work.title), type="main"), *part, *authors]),
            container("editionStmt", [element("edition", text(f"Version {head.version}"), n=str(head.version))]),
            container("extent", extent) if work.kind == "interview" else None,
            container("publicationStmt", published),
            container("sourceDesc", [_source(transcript)]),
        ],
    )


def _source(transcript: Transcript) -> Markup:
    """Return what the text was taken from: the file, its hash, and where it was published."""
    head, source = transcript.head, transcript.head.source
    known = [
        element("title", text(head.title)),
        *(element("publisher", text(name)) for name in _distinct(source.publisher, *transcript.work.outlets)),
        element("date", text(head.date), when=head.date) if head.date else None,
        element("ref", text(source.url), target=source.url) if source.url and " " not in source.url else None,
        element("idno", text(source.name), type="file"),
        element("idno", text(source.sha256), type="SHA-256"),
        element("note", text(f"Retrieved {source.retrieved}")) if source.retrieved else None,
        element("note", text(f"Text: {source.translation}")) if source.translation else None,
    ]
    return container("bibl", known)


def _distinct(*names: str | None) -> Iterator[str]:
    yield from dict.fromkeys(name for name in names if name)


def _setting(transcript: Transcript) -> Markup | None:
    head = transcript.head
    if head.date is None and head.place is None:
        return None
    time = f"{head.date}T{head.time}:00" if head.date and head.time and len(head.date) == 10 else head.date
    known = [
        element("date", text(head.date), when=time) if head.date else None,
        element("name", text(head.place), type="place") if head.place else None,
    ]
    return container("settingDesc", [container("setting", known)])


def _people(transcript: Transcript) -> Markup | None:
    known = {who.slug: (who.name, who.office) for who in (*transcript.head.speakers, *transcript.head.interviewers)}
    for turn in transcript.turns:
        if turn.speaker is not None:
            known.setdefault(turn.speaker.slug, (turn.speaker.name, None))
    if not known:
        return None
    people = [
        container(
            "person",
            [element("persName", text(name)), element("occupation", text(office)) if office else None],
            xml_id=_id(slug),
        )
        for slug, (name, office) in known.items()
    ]
    return container("particDesc", [container("listPerson", people)])


def _section(transcript: Transcript, section: Section) -> Markup:
    speeches = [_speech(transcript, turn) for turn in section.turns]
    if section.number is None:
        return container("div", speeches, type="statement")
    return container("div", speeches, type="exchange", n=str(section.number))


def _speech(transcript: Transcript, turn: HeldTurn) -> Markup:
    children: list[Markup] = [element("speaker", text(called(turn)))] if called(turn) else []
    number = 0
    for line in transcript.lines(turn):
        if isinstance(line, str):
            number += 1
            children.append(element("p", text(line), xml_id=f"t-{permalinks.paragraph_anchor(turn.id, number)}"))
        else:
            children.append(element("stage", text(line.text)))
    if not number:
        children.append(element("p"))
    return container(
        "sp",
        children,
        xml_id=f"t-{turn.id}",
        who=f"#{_id(turn.speaker.slug)}" if turn.speaker is not None else None,
        ana=f"#role-{turn.role}",
        corresp=f"{transcript.site}{permalinks.answer_path(turn.id)}",
    )


def _id(slug: str) -> str:
    """Return a slug as an XML id, which begins with a letter."""
    return slug if slug[:1].isalpha() else f"p-{slug}"
