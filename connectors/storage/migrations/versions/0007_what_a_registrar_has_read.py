"""What of a conversation has been read before it is handed out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "requested_conversation", sa.Column("read_digest", sa.String(length=64), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("requested_conversation", "read_digest")
