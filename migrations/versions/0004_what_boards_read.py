"""What boards read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_width", sa.Integer(), nullable=False),
        sa.Column("logo_height", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(logo is null) = (logo_width = 0) and (logo is null) = (logo_height = 0)",
            name=op.f("ck_paper_look_whole_logo"),
        ),
        sa.CheckConstraint("length(colour) in (0, 7)", name=op.f("ck_paper_look_a_colour")),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_look_counted_from_one")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_paper_look_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_look")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_paper_look_unit_id_number")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scales_key", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("scales_key")

    op.drop_table("paper_look")
