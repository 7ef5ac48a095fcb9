"""What was published in a generation that was rolled back, and nowhere since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lapses",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.Column("known_by", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("lapsed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "gone"),
        sqlite_with_rowid=False,
    )
    op.create_index("lapses_by_mark", "lapses", ["kind", "known_by"])


def downgrade() -> None:
    op.drop_table("lapses")
