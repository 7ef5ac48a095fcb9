"""The archive file as first published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "generation",
        sa.Column("number", sa.Integer(), nullable=False, comment="counts publications, from 1"),
        sa.Column("token", sa.Text(), nullable=False, comment="random, so that two files never share one"),
        sa.Column("published_at", sa.Text(), nullable=False, comment="ISO 8601, UTC"),
        sa.Column("program", sa.Text(), nullable=False, comment="version of Verbatim that built it"),
        sa.Column(
            "analysis",
            sa.Text(),
            nullable=False,
            comment="names folding, stemmers and tokens of the index; '' where none",
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "interviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="what ids are minted from; never changes"),
        sa.Column("language", sa.Text(), nullable=False, comment="BCP 47 tag; the same in all versions"),
        sa.Column("event", sa.Text(), nullable=True, comment="shared by translations of one event"),
        sa.Column("version", sa.Integer(), nullable=False, comment="number of the current version"),
        sa.Column(
            "sort_date",
            sa.Integer(),
            nullable=False,
            comment="yyyymmdd of the current version, 00 for unknown parts, 0 undated",
        ),
        sa.Column("sort_key", sa.Text(), nullable=False, comment="'yyyymmdd HH:MM slug'; the order of lists"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index("interviews_by_date", "interviews", ["sort_date", "id"], unique=False)
    op.create_index("interviews_by_language", "interviews", ["language", "sort_key"], unique=False)
    op.create_index("interviews_by_sort_key", "interviews", ["sort_key"], unique=False)
    op.create_index(op.f("ix_interviews_event"), "interviews", ["event"], unique=False)
    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index("outlets_by_name", "outlets", ["name"], unique=False)
    op.create_table(
        "redirects",
        sa.Column("kind", sa.Text(), nullable=False, comment="interview, speaker or outlet"),
        sa.Column("old", sa.Text(), nullable=False, comment="the slug that was"),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False, comment="ISO 8601, UTC"),
        sa.PrimaryKeyConstraint("kind", "old"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True, comment="the exact bytes; NULL where lawfully withheld"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index("speakers_by_name", "speakers", ["name"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("kind", sa.Text(), nullable=False, comment="all, year, language, speaker or outlet"),
        sa.Column("value", sa.Text(), nullable=False, comment="the year, tag or slug; '' for all, and for no year"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("interviews", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False, comment="answers and statements"),
        sa.Column("words", sa.Integer(), nullable=False, comment="of the whole interviews"),
        sa.Column("first", sa.Text(), nullable=True, comment="date of the earliest dated interview"),
        sa.Column("last", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "value"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listed_outlets",
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
        ),
        sa.ForeignKeyConstraint(
            ["outlet_id"],
            ["outlets.id"],
        ),
        sa.PrimaryKeyConstraint("outlet_id", "sort_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("listed_outlets_by_interview", "listed_outlets", ["interview_id"], unique=False)
    op.create_table(
        "listed_speakers",
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False, comment="answers and statements; 0 for who only asks"),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        sa.PrimaryKeyConstraint("speaker_id", "sort_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("listed_speakers_by_interview", "listed_speakers", ["interview_id"], unique=False)
    op.create_table(
        "speaker_labels",
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False, comment="as printed in a source"),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        sa.PrimaryKeyConstraint("speaker_id", "label"),
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    op.create_index("turns_by_interview", "turns", ["interview_id"], unique=False)
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="from 1 within the interview"),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="the file's name as received"),
        sa.Column("given_id", sa.Text(), nullable=True, comment="the id its sidecar states"),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("retrieved", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("translation", sa.Text(), nullable=True),
        sa.Column("translation_of", sa.Text(), nullable=True),
        sa.Column("sidecar", sa.LargeBinary(), nullable=True, comment="the sidecar's exact bytes"),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False, comment="version of Verbatim that parsed it"),
        sa.Column("imported_at", sa.Text(), nullable=False, comment="ISO 8601, UTC"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True, comment="YYYY, YYYY-MM or YYYY-MM-DD"),
        sa.Column("time", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("also_in", sa.Text(), nullable=False, comment="language tags joined by spaces"),
        sa.Column("exchange_count", sa.Integer(), nullable=False),
        sa.Column("answer_count", sa.Integer(), nullable=False, comment="answers and statements"),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("interview_id", "number"),
    )
    op.create_index("versions_by_given_id", "versions", ["given_id"], unique=False)
    op.create_index("versions_by_name", "versions", ["name"], unique=False)
    op.create_index("versions_by_source", "versions", ["source_id"], unique=False)
    op.create_index("versions_by_url", "versions", ["url"], unique=False)
    op.create_table(
        "appearances",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "answers",
            sa.Integer(),
            nullable=False,
            comment="how many answers and statements are theirs; 0 for who only asks",
        ),
        sa.Column("office", sa.Text(), nullable=True, comment="held in this interview"),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("version_id", "speaker_id"),
    )
    op.create_index("appearances_by_speaker", "appearances", ["speaker_id", "version_id"], unique=False)
    op.create_table(
        "findings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("version_id", "position"),
    )
    op.create_table(
        "margins",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="metadata or furniture"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("version_id", "position"),
    )
    op.create_table(
        "notes",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=True, comment="position of the turn in or after which it stands"),
        sa.Column("paragraph", sa.Integer(), nullable=False, comment="paragraphs of that turn before it"),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("version_id", "position"),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="of the turn in its version, from 0"),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("exchange", sa.Integer(), nullable=True, comment="number of the exchange, from 1; NULL outside one"),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False, comment="lines of the paragraphs joined by spaces"),
        sa.Column("text", sa.Text(), nullable=False, comment="paragraphs joined by line feeds"),
        sa.ForeignKeyConstraint(
            ["turn_id"],
            ["turns.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("version_id", "position"),
    )
    op.create_index("passages_by_turn", "passages", ["turn_id", "version_id"], unique=False)
    op.create_table(
        "version_outlets",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outlet_id"],
            ["outlets.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
        ),
        sa.PrimaryKeyConstraint("version_id", "outlet_id"),
    )
    op.create_index("version_outlets_by_outlet", "version_outlets", ["outlet_id", "version_id"], unique=False)
    op.create_table(
        "endings",
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=True, comment="its last words; NULL if withheld"),
        sa.Column("kind", sa.Text(), nullable=False, comment="superseded, retired or withheld"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=False, comment="ISO 8601, UTC"),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passages.id"],
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["turns.id"],
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"],
            ["turns.id"],
        ),
        sa.PrimaryKeyConstraint("turn_id"),
    )
    op.create_table(
        "search_rows",
        sa.Column("id", sa.Integer(), nullable=False, comment="yyyymmdd * 1000000 + n; the rowid of the index"),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False, comment="answer, question or moderator"),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"],
            ["passages.id"],
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
        ),
        sa.ForeignKeyConstraint(
            ["turn_id"],
            ["turns.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("turn_id"),
    )
    op.create_index("search_rows_by_interview", "search_rows", ["interview_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5("
        "answer, answer_stem, question, question_stem, filters, content='', detail='full', tokenize=\"ascii\")"
    )


def downgrade() -> None:
    op.execute("DROP TABLE search_index")
    op.drop_index("search_rows_by_interview", table_name="search_rows")
    op.drop_table("search_rows")
    op.drop_table("endings")
    op.drop_index("version_outlets_by_outlet", table_name="version_outlets")
    op.drop_table("version_outlets")
    op.drop_index("passages_by_turn", table_name="passages")
    op.drop_table("passages")
    op.drop_table("notes")
    op.drop_table("margins")
    op.drop_table("findings")
    op.drop_index("appearances_by_speaker", table_name="appearances")
    op.drop_table("appearances")
    op.drop_index("versions_by_url", table_name="versions")
    op.drop_index("versions_by_source", table_name="versions")
    op.drop_index("versions_by_name", table_name="versions")
    op.drop_index("versions_by_given_id", table_name="versions")
    op.drop_table("versions")
    op.drop_index("turns_by_interview", table_name="turns")
    op.drop_table("turns")
    op.drop_table("speaker_labels")
    op.drop_index("listed_speakers_by_interview", table_name="listed_speakers")
    op.drop_table("listed_speakers")
    op.drop_index("listed_outlets_by_interview", table_name="listed_outlets")
    op.drop_table("listed_outlets")
    op.drop_table("tallies")
    op.drop_index("speakers_by_name", table_name="speakers")
    op.drop_table("speakers")
    op.drop_table("sources")
    op.drop_table("redirects")
    op.drop_index("outlets_by_name", table_name="outlets")
    op.drop_table("outlets")
    op.drop_index(op.f("ix_interviews_event"), table_name="interviews")
    op.drop_index("interviews_by_sort_key", table_name="interviews")
    op.drop_index("interviews_by_language", table_name="interviews")
    op.drop_index("interviews_by_date", table_name="interviews")
    op.drop_table("interviews")
    op.drop_table("generation")
