"""What boards read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "committee_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("report_of", sa.String(), nullable=False),
        sa.Column("wards", sa.String(), nullable=False),
        sa.Column("marking", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("finalised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finalised_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "marking in ('OPEN', 'OFFICIAL', 'OFFICIAL-SENSITIVE')", name=op.f("ck_committee_report_marking")
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_committee_report_titled")),
        sa.ForeignKeyConstraint(["finalised_by"], ["person.id"], name=op.f("fk_committee_report_finalised_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_committee_report_meeting_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_committee_report_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_report")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_committee_report_meeting_id")),
    )
    op.create_table(
        "committee_report_former",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_committee_report_former_changed_by")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["committee_report.id"], name=op.f("fk_committee_report_former_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_report_former")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_committee_report_former_report_id_number")),
    )


def downgrade() -> None:
    op.drop_table("committee_report_former")
    op.drop_table("committee_report")
