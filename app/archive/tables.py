"""The tables of the archive file; the statements over them live where they are used, the scripts in migrations/."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

SCHEMA = "0006"
"""The newest migration; a file of any other is not read."""
APPLICATION_ID = 0x56524254
"""What SQLite's header calls the program a file belongs to ("VRBT")."""


def _key(target: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    name = f"{target.removesuffix('s')}_id"
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=nullable, primary_key=primary_key)


generation = Table(
    "generation",
    metadata,
    Column("number", Integer, primary_key=True, comment="counts publications, from 1"),
    Column("token", Text, nullable=False, comment="random, so that two files never share one"),
    Column("published_at", Text, nullable=False, comment="ISO 8601, UTC"),
    Column("program", Text, nullable=False, comment="version of Verbatim that built it"),
    Column("analysis", Text, nullable=False, comment="names folding, stemmers and tokens of the index; '' where none"),
    Column("digest", Text, nullable=False, server_default="", comment="SHA-256 of all that is held, in hexadecimal"),
)
"""One row: the generation this file is."""

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False, comment="bytes"),
    Column("media_type", Text, nullable=False),
    Column("data", LargeBinary, nullable=True, comment="the exact bytes; NULL where lawfully withheld"),
)

interviews = Table(
    "interviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False, unique=True, comment="what ids are minted from; never changes"),
    Column("language", Text, nullable=False, comment="BCP 47 tag; another only where the same source is read anew"),
    Column("event", Text, nullable=True, index=True, comment="shared by translations of one event"),
    Column("version", Integer, nullable=False, comment="number of the current version"),
    Column(
        "sort_date", Integer, nullable=False, comment="yyyymmdd of the current version, 00 for unknown parts, 0 undated"
    ),
    Column("sort_key", Text, nullable=False, comment="'yyyymmdd HH:MM slug'; the order of lists"),
    Column("withdrawal", Text, nullable=True, comment="why it is lawfully withheld as a whole; NULL where it is not"),
    Column("withdrawn_at", Text, nullable=True, comment="ISO 8601, UTC"),
    Index("interviews_by_date", "sort_date", "id"),
    Index("interviews_by_sort_key", "sort_key"),
    Index("interviews_by_language", "language", "sort_key"),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    _key("interviews"),
    Column("number", Integer, nullable=False, comment="from 1 within the interview"),
    _key("sources"),
    Column("name", Text, nullable=False, comment="the file's name as received"),
    Column("given_id", Text, comment="the id its sidecar states"),
    Column("url", Text),
    Column("publisher", Text),
    Column("retrieved", Text),
    Column("licence", Text),
    Column("translation", Text),
    Column("translation_of", Text),
    Column("sidecar", LargeBinary, nullable=True, comment="the sidecar's exact bytes"),
    Column("encoding", Text, nullable=False),
    Column("program", Text, nullable=False, comment="version of Verbatim that parsed it"),
    Column("imported_at", Text, nullable=False, comment="ISO 8601, UTC"),
    Column("title", Text, nullable=False),
    Column("date", Text, nullable=True, comment="YYYY, YYYY-MM or YYYY-MM-DD"),
    Column("time", Text),
    Column("place", Text),
    Column("language", Text, nullable=False),
    Column("also_in", Text, nullable=False, comment="language tags joined by spaces"),
    Column("exchange_count", Integer, nullable=False),
    Column("answer_count", Integer, nullable=False, comment="answers and statements"),
    Column("word_count", Integer, nullable=False),
    UniqueConstraint("interview_id", "number"),
    Index("versions_by_source", "source_id"),
    Index("versions_by_name", "name"),
    Index("versions_by_given_id", "given_id"),
    Index("versions_by_url", "url"),
    Index("versions_corrected", "imported_at", sqlite_where=text("number > 1")),
)

speakers = Table(
    "speakers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Index("speakers_by_name", "name"),
)

speaker_labels = Table(
    "speaker_labels",
    metadata,
    _key("speakers", primary_key=True),
    Column("label", Text, primary_key=True, comment="as printed in a source"),
)

outlets = Table(
    "outlets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Index("outlets_by_name", "name"),
)

appearances = Table(
    "appearances",
    metadata,
    _key("versions", primary_key=True),
    _key("speakers", primary_key=True),
    Column("position", Integer, nullable=False),
    Column(
        "answers", Integer, nullable=False, comment="how many answers and statements are theirs; 0 for who only asks"
    ),
    Column("office", Text, comment="held in this interview"),
    Index("appearances_by_speaker", "speaker_id", "version_id"),
)

version_outlets = Table(
    "version_outlets",
    metadata,
    _key("versions", primary_key=True),
    _key("outlets", primary_key=True),
    Column("position", Integer, nullable=False),
    Index("version_outlets_by_outlet", "outlet_id", "version_id"),
)

listed_speakers = Table(
    "listed_speakers",
    metadata,
    _key("speakers", primary_key=True),
    Column("sort_key", Text, primary_key=True),
    _key("interviews"),
    Column("answers", Integer, nullable=False, comment="answers and statements; 0 for who only asks"),
    Index("listed_speakers_by_interview", "interview_id"),
    sqlite_with_rowid=False,
)
"""Who appears in the current versions, in the order of lists: a list of one speaker is one range of it."""

listed_outlets = Table(
    "listed_outlets",
    metadata,
    _key("outlets", primary_key=True),
    Column("sort_key", Text, primary_key=True),
    _key("interviews"),
    Index("listed_outlets_by_interview", "interview_id"),
    sqlite_with_rowid=False,
)
"""The outlets of the current versions, in the order of lists."""

tallies = Table(
    "tallies",
    metadata,
    Column("kind", Text, primary_key=True, comment="all, year, month, language, speaker, outlet, publisher and others"),
    Column("value", Text, primary_key=True, comment="the year, tag or slug; '' for all, and for none"),
    Column("name", Text, nullable=False),
    Column("filing", Text, nullable=False, comment="what the name is filed under, in ASCII: 'lavrov sergey'"),
    Column("interviews", Integer, nullable=False),
    Column("answers", Integer, nullable=False, comment="answers and statements"),
    Column("words", Integer, nullable=False, comment="of the whole interviews"),
    Column("first", Text, comment="date of the earliest dated interview"),
    Column("last", Text),
    Index("tallies_by_filing", "kind", "filing", "answers"),
    sqlite_with_rowid=False,
)
"""Counts over the current versions, made anew for each generation."""

cross_tallies = Table(
    "cross_tallies",
    metadata,
    Column("kind", Text, primary_key=True, comment="speaker or outlet"),
    Column("value", Text, primary_key=True, comment="the slug"),
    Column("by", Text, primary_key=True, comment="year, language, outlet, office, part, asker, asked or speaker"),
    Column("key", Text, primary_key=True, comment="the year, tag, slug or office; '' for none"),
    Column("name", Text, nullable=False),
    Column("interviews", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("first", Text, comment="date of the earliest dated interview"),
    Column("last", Text),
    sqlite_with_rowid=False,
)
"""Counts within one speaker or one outlet, over the current versions, made anew for each generation."""

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("public_id", Text, nullable=False, unique=True),
    _key("interviews"),
    Column("role", Text, nullable=False),
    _key("speakers", nullable=True),
    Index("turns_by_interview", "interview_id"),
)
"""Every turn that ever had an id. A turn's role and speaker never change: another speaker is another turn."""

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    _key("versions"),
    Column("position", Integer, nullable=False, comment="of the turn in its version, from 0"),
    _key("turns"),
    Column("exchange", Integer, nullable=True, comment="number of the exchange, from 1; NULL outside one"),
    Column("label", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("lines", Text, nullable=False, comment="lines of the paragraphs joined by spaces"),
    Column("text", Text, nullable=False, comment="paragraphs joined by line feeds"),
    UniqueConstraint("version_id", "position"),
    Index("passages_by_turn", "turn_id", "version_id"),
)
"""The words of a turn in one version."""

notes = Table(
    "notes",
    metadata,
    _key("versions", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("after", Integer, nullable=True, comment="position of the turn in or after which it stands"),
    Column("paragraph", Integer, nullable=False, comment="paragraphs of that turn before it"),
)

margins = Table(
    "margins",
    metadata,
    _key("versions", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False, comment="metadata or furniture"),
    Column("text", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("purpose", Text, nullable=False),
)
"""The lines of a source that are metadata or furniture."""

findings = Table(
    "findings",
    metadata,
    _key("versions", primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("message", Text, nullable=False),
)

endings = Table(
    "endings",
    metadata,
    Column("turn_id", Integer, ForeignKey("turns.id"), primary_key=True),
    Column("passage_id", Integer, ForeignKey("passages.id"), nullable=True, comment="its last words; NULL if withheld"),
    Column("kind", Text, nullable=False, comment="superseded, retired or withheld"),
    Column("reason", Text, nullable=False),
    Column("successor_id", Integer, ForeignKey("turns.id"), nullable=True),
    Column("ended_at", Text, nullable=False, comment="ISO 8601, UTC"),
    Index("endings_by_time", "ended_at"),
)
"""Ids that no longer stand in the current version of their interview."""

redirects = Table(
    "redirects",
    metadata,
    Column("kind", Text, primary_key=True, comment="interview, speaker or outlet"),
    Column("old", Text, primary_key=True, comment="the slug that was"),
    Column("new", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Text, nullable=False, comment="ISO 8601, UTC"),
)

lapses = Table(
    "lapses",
    metadata,
    Column("kind", Text, primary_key=True, comment="turn, version, interview, speaker or outlet"),
    Column("gone", Text, primary_key=True, comment="the id of a turn, SLUG?v=N of a version; of others, the slug"),
    Column("known_by", Text, nullable=False, comment="what is the same where it is published again; made in lapsing"),
    Column("generation", Integer, nullable=False, comment="the one it was published in, and that was rolled back"),
    Column("published_at", Text, nullable=False, comment="when that one was: ISO 8601, UTC"),
    Column("reason", Text, nullable=True, comment="why it was rolled back, where somebody says so"),
    Column("lapsed_at", Text, nullable=False, comment="ISO 8601, UTC"),
    Index("lapses_by_mark", "kind", "known_by"),
    sqlite_with_rowid=False,
)
"""Ids, slugs and versions that were published in a generation that was rolled back, and that nothing has now."""

digests = Table(
    "digests",
    metadata,
    Column("scope", Text, primary_key=True, comment="interview, speaker, outlet, redirect, lapse or generation"),
    Column("key", Text, primary_key=True, comment="as history tells it: the slug, mostly; '' of the generation"),
    Column("sha256", LargeBinary, nullable=False, comment="of its line in the history; of the generation, of its row"),
    sqlite_with_rowid=False,
)
"""What was held when this generation was published; made and compared in digest."""

search_rows = Table(
    "search_rows",
    metadata,
    Column("id", Integer, primary_key=True, comment="yyyymmdd * 1000000 + n; the rowid of the index"),
    _key("turns"),
    _key("passages"),
    _key("interviews"),
    Column("side", Text, nullable=False, comment="answer, question or moderator"),
    _key("speakers", nullable=True),
    Column("language", Text, nullable=False),
    Index("search_rows_by_interview", "interview_id"),
    UniqueConstraint("turn_id"),
)
"""What each row of the full-text index stands for, with what the facets count."""

# The full-text index itself, search_index, is made by the migration: FTS5 tables cannot be described here. It is
# contentless (answer, answer_stem, question, question_stem, filters); its columns hold tokens made by app/search,
# joined by spaces, and its ascii tokenizer does no more than split them. search_index_words lays open its tokens.
