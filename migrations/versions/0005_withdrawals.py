"""What is lawfully withheld as a whole, and the order in which corrections and endings came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE interviews ADD COLUMN withdrawal TEXT")
    op.execute("ALTER TABLE interviews ADD COLUMN withdrawn_at TEXT")
    op.create_index("versions_corrected", "versions", ["imported_at"], sqlite_where=sa.text("number > 1"))
    op.create_index("endings_by_time", "endings", ["ended_at"])


def downgrade() -> None:
    op.drop_index("endings_by_time")
    op.drop_index("versions_corrected")
    op.execute("ALTER TABLE interviews DROP COLUMN withdrawn_at")
    op.execute("ALTER TABLE interviews DROP COLUMN withdrawal")
