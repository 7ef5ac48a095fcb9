"""Says what stands where in a bag, and tells people so in its README.txt; nothing is read or written here."""

from __future__ import annotations

import re
from pathlib import PurePath

README, INFO, BAGIT = "README.txt", "bag-info.txt", "bagit.txt"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAG_FILES = (BAGIT, INFO, MANIFEST, README)
"""Those that the tag manifest lists, in its order."""
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DIGEST, SCHEMA, OXUM = "Verbatim-Digest", "Verbatim-Schema", "Payload-Oxum"
"""Labels in bag-info.txt."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def records(scope: str) -> str:
    """Return where the records of a scope of the history stand, one JSON object a line."""
    return f"data/records/{scope}s.jsonl"


def register(name: str) -> str:
    """Return where a register that stands beside the archive is kept."""
    return f"data/registers/{name}"


def source(slug: str, number: int, name: str) -> str:
    """Return where the source of a version stands; `name` is the file's name as received."""
    suffix = PurePath(name).suffix.lower()
    return f"{_folder(slug)}/version-{number}{suffix if _SUFFIX.fullmatch(suffix) else '.bin'}"


def sidecar(slug: str, number: int) -> str:
    """Return where the sidecar of a version stands."""
    return f"{_folder(slug)}/version-{number}.sidecar.toml"


def _folder(slug: str) -> str:
    """Return the folder of an interview, in one for the year that its slug begins with, for people who look."""
    year = slug[:4] if re.fullmatch(r"[0-9]{4}-.*", slug) else "other"
    return f"data/interviews/{year}/{slug}"


FIELDS = {
    "also_in": "tags of other languages the interview is known to be in, joined by spaces",
    "after": "place of the turn in or after which a note stands; null at the beginning",
    "answer_count": "how many answers and statements there are",
    "answers": "how many answers and statements of a version are this speaker's",
    "code": "the kind of a warning, as one word",
    "date": "when the interview was: YYYY, YYYY-MM or YYYY-MM-DD; null where the source does not say",
    "encoding": "how the source's letters were encoded",
    "ended_at": "when the id ended, in UTC",
    "endings": "the turns whose ids no longer stand in the current version",
    "event": "shared by the interviews that are translations of one another; null where there are none",
    "exchange": "number of the exchange, a question with its answers, in which a turn stands, from 1; null outside one",
    "exchange_count": "how many exchanges there are",
    "findings": "what was doubtful when the source was taken apart: warnings",
    "given_id": "the id of the interview that the sidecar states",
    "generation": "number of the publication that something lapsed with: it was rolled back",
    "gone": "of what has lapsed: the id of a turn, the slug of an interview, a speaker or an outlet; of a "
    "version the slug of its interview, ?v= and its number",
    "is": "what the record is of: interview, speaker, outlet, redirect or lapse",
    "imported_at": "when the version came into the archive, in UTC",
    "key": "what the permanent ids of the interview's turns were derived from when they were new; never changes",
    "kind": "of a redirect: interview, speaker or outlet; of a lapse: one of these, or turn, or version; "
    "of an ending: superseded, retired or withheld; "
    "of a line in the margin: metadata (the heading of the document) or furniture (what is around it)",
    "known_by": "what is the same where something that lapsed is published again: the key of an interview, the name of "
    "a speaker or outlet; of a turn, a SHA-256 of the words before it; of a version, one of all that it says; empty of "
    "a slug that only led on",
    "label": "the words under which a turn is printed in the source, as a name before it",
    "labels": "all labels under which a speaker was printed",
    "language": "the language of the text, as a BCP 47 tag",
    "licence": "the terms it was published under, where its sidecar says so",
    "line": "line of the source, from 1",
    "lapsed_at": "when the publication that had it was rolled back, in UTC",
    "lines": "lines of the source on which the paragraphs begin, joined by spaces",
    "made_at": "when the redirect was made, in UTC",
    "margins": "the lines of the source that nobody said: metadata and furniture",
    "mark": "what stands between the label and the words, as a colon",
    "media_type": "the kind of file that the source is",
    "message": "a warning in words",
    "name": "of a version: the name of the file as received; of a speaker or outlet: what they are called",
    "new": "the slug that took the place of an old one",
    "notes": "words in the source that nobody said: stage directions, editors' notes, headings",
    "number": "the version's, from 1 within its interview",
    "office": "what a speaker was in this interview, where the source says so",
    "old": "a slug that once led to an interview, speaker or outlet",
    "outlets": "who asked or published it, by their slugs",
    "paragraph": "how many paragraphs of its turn stand before a note",
    "passages": "the turns of one version, in order, each with its words",
    "place": "where the interview took place, where the source says so",
    "position": "place in its list, from 0; of an ending, place of the last words in the version that is named",
    "program": "version of Verbatim that took the source apart",
    "public_id": "the permanent id of a turn: its address is /a/ and this id",
    "published_at": "when that publication was made, in UTC",
    "publisher": "who published the source, where its sidecar says so",
    "purpose": "what a line in the margin is: a title, a date, navigation",
    "reason": "why an id ended, a slug changed or a publication was rolled back, as readers were told",
    "retrieved": "when the source was fetched, where its sidecar says so",
    "role": "question, answer, statement (an official speaks unasked) or moderator",
    "sha256": "SHA-256 of the source's bytes, in hexadecimal",
    "sidecar": "SHA-256 of the sidecar's bytes, in hexadecimal; null where there was none",
    "size": "bytes of the source",
    "slug": "the end of the address of an interview, a speaker or an outlet; in lists, whose address it is",
    "source": "the file that a version was made of",
    "speaker": "slug of who speaks; null where the source does not name them",
    "speakers": "who appears in a version, by their slugs",
    "successor": "the id of the turn that took the place of an ended one; null where none did",
    "text": "words, as the source has them; paragraphs of a turn are separated by line feeds",
    "time": "when on that day: HH:MM",
    "title": "title of the interview",
    "translation": "original, official or unofficial, where the sidecar says so",
    "translation_of": "the interview that this one translates, where the sidecar says so",
    "turns": "every turn that ever had an id, with the role and the speaker, which never change",
    "url": "where the source was found, where its sidecar says so",
    "version": "of an interview: number of its current version; of an ending: of the version with the last words",
    "versions": "the versions of an interview, each as one source gave it; a corrected source made a new one",
    "withheld": "true where the source is lawfully withheld: its bytes are not kept, and not in this bag",
    "withdrawal": "why the whole interview is lawfully withheld; null where it is not",
    "withdrawn_at": "when the interview was withheld, in UTC",
    "word_count": "how many words the whole interview has",
}
"""Every name in the records, and what it says."""

_README = """\
What this is
============

This folder holds all that an archive of interview transcripts held at one moment: the files it was made of, exactly as
they were received, and a record of what each of them says, who says it, and under which permanent addresses it was
published. No program is needed to read it. It is a bag after BagIt 1.0 (RFC 8493), made by Verbatim.

{withheld}

Where things are
================

data/interviews/YEAR/SLUG/version-N.EXT
    The source of version N of one interview, byte for byte. SLUG is the end of the interview's address
    (/interviews/SLUG). The file's own name is in the record of the interview.
data/interviews/YEAR/SLUG/version-N.sidecar.toml
    What was stated of that source by whoever collected it, byte for byte; only where anything was.
data/records/interviews.jsonl
    The record of each interview: all its versions, every turn with its permanent id, every id that has ended.
data/records/speakers.jsonl, data/records/outlets.jsonl
    People, and the agencies, papers and broadcasters that asked them.
data/records/redirects.jsonl
    Addresses that have changed: where each leads now, and why.
data/records/lapses.jsonl
    Addresses that were published by mistake, and withdrawn when that publication was rolled back as a whole.
data/registers/people.toml, data/registers/outlets.toml
    What people and outlets are called in different documents; only where this was stated.
manifest-sha256.txt
    The SHA-256 of every file in data/. `sha256sum --check manifest-sha256.txt` compares them.
tagmanifest-sha256.txt
    The same for the files beside data/.
bag-info.txt
    Facts about the bag. Verbatim-Digest stands for all that is held: two archives that hold the same have the same.
    It is the SHA-256 of all lines in data/records: take the SHA-256 of each line, without its line feed, as 32 bytes;
    sort them; take the SHA-256 of them all, joined.

A .jsonl file is text in UTF-8. Each line is one record in JSON (RFC 8259), its names sorted, without needless spaces.

How to make an archive of it again
==================================

    verbatim import THIS-FOLDER --archive NEW-FILE

The file must not hold anything yet. Every file is compared with the manifests and every record is checked before
anything is published. `verbatim verify --archive NEW-FILE` then tells the digest that stands in bag-info.txt.
A bag whose Verbatim-Schema a later Verbatim does not know is restored by the Verbatim named in bag-info.txt.

What the names in the records say
=================================

{fields}
"""


def readme(withheld: int) -> bytes:
    """Return the README.txt of a bag in which the bytes of so many sources are withheld."""
    said = "No source is withheld: the bag is complete."
    if withheld:
        what = "1 source is" if withheld == 1 else f"{withheld} sources are"
        said = f"{what} lawfully withheld. Its bytes are not in this bag; the records say of which versions: withheld."
    fields = "\n".join(f"{name}\n    {meaning}" for name, meaning in sorted(FIELDS.items()))
    return _README.format(withheld=said, fields=fields).encode()
