"""Digests of what is held, by which a changed byte is found and one archive is compared with another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE generation ADD COLUMN digest TEXT NOT NULL DEFAULT ''")
    # Filled at the next publication, as after every migration.
    op.create_table(
        "digests",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("digests")
    op.execute("ALTER TABLE generation DROP COLUMN digest")
