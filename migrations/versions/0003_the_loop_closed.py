"""The loop closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "grade_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("scale_key", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_grade_word_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_word")),
        sa.UniqueConstraint(
            "authority_id", "scale_key", "word", name=op.f("uq_grade_word_authority_id_scale_key_word")
        ),
    )
    op.create_table(
        "past_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("remembered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remembered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_past_columns_authority_id")),
        sa.ForeignKeyConstraint(["remembered_by"], ["person.id"], name=op.f("fk_past_columns_remembered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_columns")),
        sa.UniqueConstraint("authority_id", "name", name=op.f("uq_past_columns_authority_id_name")),
    )
    op.create_table(
        "past_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("scale_content", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(file_hash) > 0", name=op.f("ck_past_import_of_a_file")),
        sa.CheckConstraint(
            "taken_back_by is null or taken_back_at is not null", name=op.f("ck_past_import_taken_back_when")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_past_import_authority_id")),
        sa.ForeignKeyConstraint(["imported_by"], ["person.id"], name=op.f("fk_past_import_imported_by")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["person.id"], name=op.f("fk_past_import_taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_import")),
    )
    with op.batch_alter_table("past_import", schema=None) as batch_op:
        batch_op.create_index(
            "ix_past_import_standing",
            ["authority_id", "file_hash"],
            unique=True,
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )

    op.create_table(
        "staged_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("scale_content", sa.JSON(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grid", sa.LargeBinary(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("way", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("preview", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_staged_past_authority_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_staged_past_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_past")),
    )
    with op.batch_alter_table("staged_past", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_past_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_staged_past_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "past_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("moderated", sa.String(), nullable=True),
        sa.Column("external", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("auditor", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(grade) > 0", name=op.f("ck_past_audit_graded")),
        sa.ForeignKeyConstraint(["import_id"], ["past_import.id"], name=op.f("fk_past_audit_import_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_past_audit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_audit")),
    )
    with op.batch_alter_table("past_audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_audit_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_past_audit_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_past_audit_reference"), ["reference"], unique=False)

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_audit_follows_id"), ["follows_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_audit_follows_id"), "audit", ["follows_id"], ["id"])

    with op.batch_alter_table("re_audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version_id", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint("kind", type_="check")
        batch_op.create_check_constraint(
            "kind",
            "kind in ("
            "'allocated', 'reallocated', 'moved', 'handed_back', 'contribution_asked', "
            "'contribution_due', 'contribution_late', 'contribution_day', 'contribution_withdrawn', "
            "'contribution_done', 'due_soon', 'overdue', 'chased', 'escalated', 'sent_back', "
            "'decided', 'challenged', 'to_resolve', 'resolved', 'to_sign_off', 'unnamed', "
            "'immediate_risk', 'account_ended', 'unreachable', 'action_now', 'action_given', "
            "'action_due', 'action_overdue', 'action_escalated', 'action_to_answer', "
            "'action_not_accepted', 'action_answered', 'action_moved', 'action_withdrawn'"
            ")",
        )


def downgrade() -> None:
    known = [
        "allocated",
        "reallocated",
        "moved",
        "handed_back",
        "contribution_asked",
        "contribution_due",
        "contribution_late",
        "contribution_day",
        "contribution_withdrawn",
        "contribution_done",
        "due_soon",
        "overdue",
        "chased",
        "escalated",
        "sent_back",
        "challenged",
        "to_resolve",
        "resolved",
        "to_sign_off",
        "unnamed",
        "unreachable",
    ]
    notice = sa.table("notice", sa.column("kind", sa.String()))
    op.execute(notice.delete().where(notice.c.kind.not_in(known)))
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint("kind", type_="check")
        batch_op.create_check_constraint("kind", "kind in (" + ", ".join(f"'{one}'" for one in known) + ")")
    with op.batch_alter_table("re_audit", schema=None) as batch_op:
        batch_op.drop_column("version_id")

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_audit_follows_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_audit_follows_id"))
        batch_op.drop_column("follows_id")

    with op.batch_alter_table("past_audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_audit_reference"))
        batch_op.drop_index(batch_op.f("ix_past_audit_month"))
        batch_op.drop_index(batch_op.f("ix_past_audit_import_id"))

    op.drop_table("past_audit")
    with op.batch_alter_table("staged_past", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_past_owner_id"))
        batch_op.drop_index(batch_op.f("ix_staged_past_expires_at"))

    op.drop_table("staged_past")
    with op.batch_alter_table("past_import", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_past_import_standing",
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )

    op.drop_table("past_import")
    op.drop_table("past_columns")
    op.drop_table("grade_word")
