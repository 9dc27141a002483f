"""Fair samples."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_absence_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(["told_by"], ["person.id"], name=op.f("fk_absence_told_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_person_id_last_day"), ["person_id", "last_day"], unique=False)

    op.create_table(
        "capacity",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at_once", sa.Integer(), nullable=True),
        sa.Column("a_month", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("a_month is null or a_month between 1 and 100", name=op.f("ck_capacity_a_month")),
        sa.CheckConstraint("at_once is null or at_once between 1 and 100", name=op.f("ck_capacity_at_once")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_capacity_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_capacity")),
    )
    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("to_month", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_from", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(ended_at is null) = (ended_from is null)", name=op.f("ck_exemption_ended")),
        sa.CheckConstraint("approver_id <> person_id", name=op.f("ck_exemption_approved_by_another")),
        sa.CheckConstraint(
            "ended_from is null or ended_from between from_month and to_month", name=op.f("ck_exemption_ended_from")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_exemption_reason")),
        sa.CheckConstraint("to_month >= from_month", name=op.f("ck_exemption_months")),
        sa.ForeignKeyConstraint(["approver_id"], ["person.id"], name=op.f("fk_exemption_approver_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_exemption_ended_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exemption_person_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_exemption_programme_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_exemption_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemption_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemption_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "skipped_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skipped_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_skipped_month_reason")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_skipped_month_programme_id")),
        sa.ForeignKeyConstraint(["skipped_by"], ["person.id"], name=op.f("fk_skipped_month_skipped_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skipped_month")),
        sa.UniqueConstraint("programme_id", "month", name=op.f("uq_skipped_month_programme_id_month")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("frequency", sa.String(), server_default="as_needed", nullable=False))
        batch_op.add_column(sa.Column("first_month", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("opens_itself", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
        batch_op.add_column(sa.Column("policies", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_column("policies")
        batch_op.drop_column("opens_itself")
        batch_op.drop_column("first_month")
        batch_op.drop_column("frequency")
        batch_op.drop_column("kind")

    op.drop_table("skipped_month")
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemption_programme_id"))
        batch_op.drop_index(batch_op.f("ix_exemption_person_id"))

    op.drop_table("exemption")
    op.drop_table("capacity")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_person_id_last_day"))

    op.drop_table("absence")
