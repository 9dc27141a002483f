"""The loop closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcome_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retracted_by", sa.Integer(), nullable=True),
        sa.Column("retracted_because", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(released_by is null) = (how = 'policy')", name=op.f("ck_outcome_release_released_by_somebody")
        ),
        sa.CheckConstraint(
            "(retracted_at is null) = (retracted_because = '')", name=op.f("ck_outcome_release_retracted_says_why")
        ),
        sa.CheckConstraint("how in ('singly', 'round', 'policy')", name=op.f("ck_outcome_release_how")),
        sa.CheckConstraint(
            "(retracted_at is null) = (retracted_by is null)", name=op.f("ck_outcome_release_retracted_by_somebody")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_outcome_release_audit_id")),
        sa.ForeignKeyConstraint(["practitioner_id"], ["person.id"], name=op.f("fk_outcome_release_practitioner_id")),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_outcome_release_released_by")),
        sa.ForeignKeyConstraint(["retracted_by"], ["person.id"], name=op.f("fk_outcome_release_retracted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_release")),
    )
    with op.batch_alter_table("outcome_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_release_audit_id"), ["audit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_release_practitioner_id"), ["practitioner_id"], unique=False)
        batch_op.create_index(
            "uq_outcome_release_running",
            ["audit_id"],
            unique=True,
            sqlite_where=sa.text("retracted_at is null"),
            postgresql_where=sa.text("retracted_at is null"),
        )

    op.create_table(
        "theme_coding",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.JSON(), nullable=False),
        sa.Column("practitioner", sa.JSON(), nullable=False),
        sa.Column("audit_found", sa.JSON(), nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("coded_by", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_theme_coding_audit_id")),
        sa.ForeignKeyConstraint(["coded_by"], ["person.id"], name=op.f("fk_theme_coding_coded_by")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_theme_coding")),
    )
    op.create_table(
        "outcome_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_outcome_reply_says_something")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_outcome_reply_by_id")),
        sa.ForeignKeyConstraint(["release_id"], ["outcome_release.id"], name=op.f("fk_outcome_reply_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_reply")),
    )
    with op.batch_alter_table("outcome_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_reply_release_id"), ["release_id"], unique=False)

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

    with op.batch_alter_table("outcome_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_reply_release_id"))

    op.drop_table("outcome_reply")
    op.drop_table("theme_coding")
    with op.batch_alter_table("outcome_release", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_outcome_release_running",
            sqlite_where=sa.text("retracted_at is null"),
            postgresql_where=sa.text("retracted_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_outcome_release_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_release_audit_id"))

    op.drop_table("outcome_release")
