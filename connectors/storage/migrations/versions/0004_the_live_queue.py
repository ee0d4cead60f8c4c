"""The live queue: presence, timers, waits, notes, outcomes, errands, and what others are told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
HELD = "state NOT IN ('offered', 'active', 'on_hold', 'wrap_up') OR agent_id IS NOT NULL"
WAITING = "state NOT IN ('waiting', 'offered') OR queued_at IS NOT NULL"


def _has_other_checks() -> bool:
    """SQLite cannot change a check in place, and copying the table would take its events along.

    There the first migration's narrower checks stay.
    """
    return op.get_context().dialect.name != "sqlite"


def _check(name: str, condition: str, *, instead_of: str) -> None:
    op.drop_constraint(f"ck_conversation_{instead_of}", "conversation", type_="check")
    op.create_check_constraint(f"ck_conversation_{name}", "conversation", condition)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("body", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_at", "outbox", ["at"], unique=False)
    op.create_table(
        "reply_use",
        sa.Column("reply_id", sa.String(length=100), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reply_id", name="pk_reply_use"),
    )
    op.create_table(
        "delivery",
        sa.Column("outbox_id", sa.Uuid(), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name="fk_delivery_outbox_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", "target", name="pk_delivery"),
    )
    op.create_index("ix_delivery_done_at_next_at", "delivery", ["done_at", "next_at"], unique=False)
    op.create_table(
        "presence",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name="fk_presence_agent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("agent_id", name="pk_presence"),
    )
    op.create_table(
        "errand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("errand_type", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.Column("resolution", sa.String(length=16), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_errand_conversation_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["agent.id"], name="fk_errand_done_by_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["agent.id"], name="fk_errand_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_errand"),
        sa.UniqueConstraint("reference", name="uq_errand_reference"),
    )
    op.create_index("ix_errand_conversation_id", "errand", ["conversation_id"], unique=False)
    op.create_index("ix_errand_done_at_due_at", "errand", ["done_at", "due_at"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("agent_name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_note_agent_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_note_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_conversation_id_at", "note", ["conversation_id", "at"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("errand_type", sa.String(length=32), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("resolution", sa.String(length=16), nullable=False),
        sa.Column("searched_web", sa.String(length=8), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name="fk_outcome_agent_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_outcome_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name="pk_outcome"),
    )
    op.create_table(
        "timer",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_timer_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "kind", name="pk_timer"),
    )
    op.create_index("ix_timer_due_at", "timer", ["due_at"], unique=False)
    op.create_table(
        "wait",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("agents", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_wait_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "began_at", name="pk_wait"),
    )
    op.create_index("ix_wait_began_at", "wait", ["began_at"], unique=False)
    op.add_column(
        "conversation",
        sa.Column("kind", sa.String(length=16), nullable=False, server_default="citizen"),
    )
    op.add_column(
        "conversation",
        sa.Column("audience", sa.String(length=16), nullable=False, server_default="privat"),
    )
    op.add_column(
        "conversation", sa.Column("priority", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("conversation", sa.Column("department", sa.String(length=64), nullable=True))
    op.add_column("agent", sa.Column("departments", DOCUMENT, nullable=False, server_default="[]"))
    op.drop_index("ix_conversation_state_queued_at", table_name="conversation")
    op.create_index(
        "ix_conversation_queue", "conversation", ["state", "priority", "queued_at"], unique=False
    )

    if _has_other_checks():
        _check("held_has_agent", HELD, instead_of="active_has_agent")
        _check("waiting_has_time", WAITING, instead_of="waiting_has_time")


def downgrade() -> None:
    if _has_other_checks():
        old = "state <> 'active' OR agent_id IS NOT NULL"
        _check("active_has_agent", old, instead_of="held_has_agent")
        old = "state <> 'waiting' OR queued_at IS NOT NULL"
        _check("waiting_has_time", old, instead_of="waiting_has_time")
    op.drop_index("ix_conversation_queue", table_name="conversation")
    op.create_index(
        "ix_conversation_state_queued_at", "conversation", ["state", "queued_at"], unique=False
    )
    op.drop_column("agent", "departments")
    op.drop_column("conversation", "department")
    op.drop_column("conversation", "priority")
    op.drop_column("conversation", "audience")
    op.drop_column("conversation", "kind")
    op.drop_index("ix_wait_began_at", table_name="wait")
    op.drop_table("wait")
    op.drop_index("ix_timer_due_at", table_name="timer")
    op.drop_table("timer")
    op.drop_table("outcome")
    op.drop_index("ix_note_conversation_id_at", table_name="note")
    op.drop_table("note")
    op.drop_index("ix_errand_done_at_due_at", table_name="errand")
    op.drop_index("ix_errand_conversation_id", table_name="errand")
    op.drop_table("errand")
    op.drop_table("presence")
    op.drop_index("ix_delivery_done_at_next_at", table_name="delivery")
    op.drop_table("delivery")
    op.drop_table("reply_use")
    op.drop_index("ix_outbox_at", table_name="outbox")
    op.drop_table("outbox")
