"""What boards read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("months between 1 and 12", name=op.f("ck_evaluation_edition_months")),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["evaluation_edition.id"], name=op.f("fk_evaluation_edition_copied_from_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_evaluation_edition_made_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evaluation_edition_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_edition")),
        sa.UniqueConstraint("unit_id", "first", name=op.f("uq_evaluation_edition_unit_id_first")),
    )
    op.create_table(
        "evaluation_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("taken_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_out_by", sa.Integer(), nullable=True),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_evaluation_statement_says_something")),
        sa.ForeignKeyConstraint(
            ["copied_from_id"], ["evaluation_statement.id"], name=op.f("fk_evaluation_statement_copied_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["evaluation_edition.id"], name=op.f("fk_evaluation_statement_edition_id")
        ),
        sa.ForeignKeyConstraint(["taken_out_by"], ["person.id"], name=op.f("fk_evaluation_statement_taken_out_by")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_evaluation_statement_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_statement")),
    )
    with op.batch_alter_table("evaluation_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_statement_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "published_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("contents_hash", sa.String(), nullable=False),
        sa.Column("audit_ids", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(contents_hash) = 64", name=op.f("ck_published_evaluation_whole_hash")),
        sa.CheckConstraint("number > 0", name=op.f("ck_published_evaluation_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["evaluation_edition.id"], name=op.f("fk_published_evaluation_edition_id")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_published_evaluation_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_evaluation")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_published_evaluation_edition_id_number")),
    )
    op.create_table(
        "evaluation_citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("audits", sa.JSON(), nullable=False),
        sa.Column("cited_on", sa.Date(), nullable=False),
        sa.Column("cited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cited_by", sa.Integer(), nullable=True),
        sa.Column("copied", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('figure', 'reading', 'round', 'theme', 'action')", name=op.f("ck_evaluation_citation_kind")
        ),
        sa.ForeignKeyConstraint(["cited_by"], ["person.id"], name=op.f("fk_evaluation_citation_cited_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_evaluation_citation_ended_by")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["evaluation_statement.id"], name=op.f("fk_evaluation_citation_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_citation")),
    )
    with op.batch_alter_table("evaluation_citation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_citation_statement_id"), ["statement_id"], unique=False)

    op.create_table(
        "evaluation_former",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_evaluation_former_changed_by")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["evaluation_statement.id"], name=op.f("fk_evaluation_former_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_former")),
    )
    with op.batch_alter_table("evaluation_former", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_former_statement_id"), ["statement_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("evaluation_former", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_former_statement_id"))

    op.drop_table("evaluation_former")
    with op.batch_alter_table("evaluation_citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_citation_statement_id"))

    op.drop_table("evaluation_citation")
    op.drop_table("published_evaluation")
    with op.batch_alter_table("evaluation_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_statement_edition_id"))

    op.drop_table("evaluation_statement")
    op.drop_table("evaluation_edition")
