"""Agents, conversations and their events."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UNANSWERED = sa.text("state = 'bot' AND last_citizen_seq > answered_seq")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "agent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agent"),
        sa.UniqueConstraint("username", name="uq_agent_username"),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("answered_seq", sa.Integer(), nullable=False),
        sa.Column("last_citizen_seq", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("topic", sa.String(length=100), nullable=True),
        sa.Column("page", sa.String(length=2000), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'active' OR agent_id IS NOT NULL", name="ck_conversation_active_has_agent"
        ),
        sa.CheckConstraint(
            "state <> 'waiting' OR queued_at IS NOT NULL", name="ck_conversation_waiting_has_time"
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_conversation_agent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("client_id", name="uq_conversation_client_id"),
    )
    op.create_index(
        "ix_conversation_agent_id_state", "conversation", ["agent_id", "state"], unique=False
    )
    op.create_index(
        "ix_conversation_state_queued_at", "conversation", ["state", "queued_at"], unique=False
    )
    op.create_index(
        "ix_conversation_unanswered",
        "conversation",
        ["last_at"],
        unique=False,
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name="fk_desk_session_agent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_desk_session"),
    )
    op.create_index("ix_desk_session_agent_id", "desk_session", ["agent_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("agent_name", sa.String(length=100), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("client_message_id", sa.Uuid(), nullable=True),
        sa.Column("choice", sa.String(length=200), nullable=True),
        sa.Column("decision", DOCUMENT, nullable=True),
        sa.Column("answers_seq", sa.Integer(), nullable=True),
        sa.Column("move", sa.String(length=32), nullable=True),
        sa.Column("move_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_event_agent_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_event_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_event"),
        sa.UniqueConstraint(
            "conversation_id",
            "actor",
            "client_message_id",
            name="uq_event_conversation_id_actor_client_message_id",
        ),
        sa.UniqueConstraint(
            "conversation_id", "actor", "move_id", name="uq_event_conversation_id_actor_move_id"
        ),
    )
    op.create_table(
        "seen",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name="fk_seen_agent_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_seen_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "agent_id", name="pk_seen"),
    )


def downgrade() -> None:
    op.drop_table("seen")
    op.drop_table("event")
    op.drop_index("ix_desk_session_agent_id", table_name="desk_session")
    op.drop_table("desk_session")
    op.drop_index(
        "ix_conversation_unanswered",
        table_name="conversation",
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )
    op.drop_index("ix_conversation_state_queued_at", table_name="conversation")
    op.drop_index("ix_conversation_agent_id_state", table_name="conversation")
    op.drop_table("conversation")
    op.drop_table("agent")
