"""A view of the words that the full-text index holds, from which spellings are suggested."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # It stores nothing: its rows are the index's own, so what leaves the index leaves it too.
    op.execute("CREATE VIRTUAL TABLE search_index_words USING fts5vocab(search_index, instance)")


def downgrade() -> None:
    op.execute("DROP TABLE search_index_words")
