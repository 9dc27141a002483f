"""The loop closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "child_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("shows", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_for", sa.Date(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(asked_for is null) = (state <> 'time_asked')", name=op.f("ck_child_action_asked_for_a_day")
        ),
        sa.CheckConstraint(
            "(ended_at is null) = (state not in ('verified', 'withdrawn'))", name=op.f("ck_child_action_ended")
        ),
        sa.CheckConstraint(
            "given_at is not null or state in ('draft', 'withdrawn')", name=op.f("ck_child_action_given")
        ),
        sa.CheckConstraint("state <> 'draft' or given_at is null", name=op.f("ck_child_action_drafts_are_not_given")),
        sa.CheckConstraint(
            "state in ('draft', 'open', 'time_asked', 'said_done', 'verified', 'withdrawn')",
            name=op.f("ck_child_action_state"),
        ),
        sa.CheckConstraint(
            "state not in ('open', 'time_asked') or done_at is null", name=op.f("ck_child_action_not_done_yet")
        ),
        sa.CheckConstraint(
            "state not in ('said_done', 'verified') or done_at is not null", name=op.f("ck_child_action_done_when")
        ),
        sa.CheckConstraint("tier in ('auditor', 'senior', 'external')", name=op.f("ck_child_action_tier")),
        sa.CheckConstraint("(done_at is null) = (done_by is null)", name=op.f("ck_child_action_done_by_somebody")),
        sa.CheckConstraint(
            "length(what) > 0 and length(why) > 0 and length(shows) > 0", name=op.f("ck_child_action_says_what")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_child_action_audit_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_child_action_author_id")),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name=op.f("fk_child_action_done_by")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_child_action_owner_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_child_action_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_action")),
    )
    with op.batch_alter_table("child_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_action_audit_id"), ["audit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_child_action_owner_id_state"), ["owner_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_child_action_state_due_on"), ["state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_child_action_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "child_action_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step in ('give', 'say_done', 'verify', 'not_accept', 'ask_time', 'grant_time', 'refuse_time', 'move', 'withdraw')",
            name=op.f("ck_child_action_step_step"),
        ),
        sa.ForeignKeyConstraint(["action_id"], ["child_action.id"], name=op.f("fk_child_action_step_action_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_child_action_step_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_child_action_step_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_action_step")),
    )
    with op.batch_alter_table("child_action_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_action_step_action_id"), ["action_id"], unique=False)

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("action_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_notice_action_id"), ["action_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_notice_action_id"), "child_action", ["action_id"], ["id"])

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
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notice_action_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_notice_action_id"))
        batch_op.drop_column("action_id")

    with op.batch_alter_table("child_action_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_action_step_action_id"))

    op.drop_table("child_action_step")
    with op.batch_alter_table("child_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_action_unit_id"))
        batch_op.drop_index(batch_op.f("ix_child_action_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_child_action_owner_id_state"))
        batch_op.drop_index(batch_op.f("ix_child_action_audit_id"))

    op.drop_table("child_action")
