"""Teams, languages, skills and capacity of agents; what a case asks for; notices; the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

FROM_STATE = {
    "sqlite": {"locale": "json_extract(state, '$.locale')", "wanted_agent": "json_extract(state, '$.wanted_agent')"},
    "postgresql": {"locale": "state->>'locale'", "wanted_agent": "state->>'wanted_agent'"},
}


def upgrade() -> None:
    _agents()
    _conversations()
    op.create_table(
        "teams",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False, comment="by language"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "notices",
        sa.Column("number", _position(), autoincrement=True, nullable=False),
        sa.Column("agent", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False, comment="mention or assigned"),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=64), comment="who asked"),
        sa.Column("seen_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_notices_agent", "notices", ["agent", "seen_at"])
    op.create_table(
        "audit",
        sa.Column("number", _position(), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("agent", sa.String(length=40), nullable=False, comment="who did it"),
        sa.Column("what", sa.String(length=32), nullable=False, comment="an event's type, or an administrator's deed"),
        sa.Column("conversation", sa.String(length=40)),
        sa.Column("seq", sa.Integer()),
        sa.Column("target", sa.String(length=40), comment="the agent or team that it was done to"),
        sa.Column("data", sa.JSON(), nullable=False, comment="what was set; nothing personal of a customer"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_audit_agent", "audit", ["agent", "number"])


def _position() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _agents() -> None:
    nothing = sa.text("'[]'")
    for name, meaning in (
        ("teams", "ids; empty: all"),
        ("languages", "empty: all"),
        ("skills", "empty: all"),
    ):
        op.add_column("agents", sa.Column(name, sa.JSON(), nullable=False, server_default=nothing, comment=meaning))
    capacity = sa.Column("capacity", sa.Integer(), nullable=False, server_default="4", comment="customers at a time")
    op.add_column("agents", capacity)
    for name, meaning in (
        ("acted_at", "last sign of the person at a console"),
        ("worked_at", "when a case was last taken or ended"),
    ):
        column = sa.Column(name, sa.BigInteger(), nullable=False, server_default="0", comment=meaning)
        op.add_column("agents", column)


def _conversations() -> None:
    for column in (
        sa.Column("locale", sa.String(length=8), nullable=False, server_default="fi"),
        sa.Column("team", sa.String(length=40)),
        sa.Column("skill", sa.String(length=40)),
        sa.Column("wanted_agent", sa.String(length=40)),
        sa.Column("for_everybody", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("grade", sa.SmallInteger(), nullable=False, server_default="2", comment="the queue's class"),
        sa.Column("escalated", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("conversations", column)
    found = FROM_STATE[op.get_bind().dialect.name]
    rows = sa.table("conversations", *(sa.column(name) for name in ("locale", "wanted_agent", "grade", "urgent")))
    grade = sa.case((sa.column("urgent", sa.Boolean), 0), else_=2)
    values: dict[str, sa.ColumnElement[str]] = {name: sa.literal_column(source) for name, source in found.items()}
    op.execute(rows.update().values(**values, grade=grade))
    op.drop_index("ix_conversations_queue", "conversations")
    op.create_index("ix_conversations_queue", "conversations", ["owner", "grade", "queued_at", "id"])
