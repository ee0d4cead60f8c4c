"""Roles of accounts, and the history of published entries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    # Until now every account was an agent's, and every login one at the desk.
    op.add_column("agent", sa.Column("roles", DOCUMENT, nullable=False, server_default='["agent"]'))
    op.add_column(
        "desk_session",
        sa.Column("role", sa.String(length=16), nullable=False, server_default="agent"),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry", sa.String(length=200), nullable=False),
        sa.Column("file", sa.String(length=500), nullable=False),
        sa.Column("editor", sa.String(length=100), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("version_before", sa.String(length=64), nullable=True),
        sa.Column("version_after", sa.String(length=64), nullable=True),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("commit", sa.String(length=64), nullable=True),
        sa.Column("index", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )
    op.create_index("ix_publication_entry_at", "publication", ["entry", "at"], unique=False)
    op.create_index("ix_publication_at", "publication", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_publication_at", table_name="publication")
    op.drop_index("ix_publication_entry_at", table_name="publication")
    op.drop_table("publication")
    op.drop_column("desk_session", "role")
    op.drop_column("agent", "roles")
