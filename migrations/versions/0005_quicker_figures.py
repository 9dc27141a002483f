"""Quicker figures."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_taken_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("published_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(because) > 0", name=op.f("ck_evaluation_taken_back_says_why")),
        sa.ForeignKeyConstraint(
            ["published_id"], ["published_evaluation.id"], name=op.f("fk_evaluation_taken_back_published_id")
        ),
        sa.ForeignKeyConstraint(["taken_back_by"], ["person.id"], name=op.f("fk_evaluation_taken_back_taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_taken_back")),
        sa.UniqueConstraint("published_id", name=op.f("uq_evaluation_taken_back_published_id")),
    )
    with op.batch_alter_table("moderation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_auditor_id_phase"), ["auditor_id", "phase"], unique=False)

    # Sums of all months of everything below a unit, from those of each month.
    names = ("kind", "section", "of", "month", "programme_id", "tool_version_id", "category")
    tally = sa.table("tally", *map(sa.column, names), sa.column("cells"))
    months = sa.select(tally).where(tally.c.kind == "within").execution_options(yield_per=1000)
    ever: dict[tuple[object, ...], dict[str, float]] = {}
    for row in op.get_bind().execute(months).mappings():
        cells = ever.setdefault(("within_ever", row["section"], row["of"], "", *(row[name] for name in names[4:])), {})
        for name, value in json.loads(row["cells"]).items():
            cells[name] = cells.get(name, 0) + value
    rows = [dict(zip(names, key, strict=True)) | {"cells": json.dumps(cells)} for key, cells in ever.items()]
    for start in range(0, len(rows), 1000):
        op.get_bind().execute(sa.insert(tally), rows[start : start + 1000])


def downgrade() -> None:
    op.execute("DELETE FROM tally WHERE kind = 'within_ever'")
    with op.batch_alter_table("moderation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_auditor_id_phase"))

    op.drop_table("evaluation_taken_back")
