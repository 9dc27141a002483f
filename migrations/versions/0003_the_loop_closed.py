"""The loop closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint("kind", type_="check")
        batch_op.create_check_constraint(
            "kind",
            "kind in ("
            "'allocated', 'reallocated', 'moved', 'handed_back', 'contribution_asked', "
            "'contribution_due', 'contribution_late', 'contribution_day', 'contribution_withdrawn', "
            "'contribution_done', 'due_soon', 'overdue', 'chased', 'escalated', 'sent_back', "
            "'decided', 'challenged', 'to_resolve', 'resolved', 'to_sign_off', 'unnamed', "
            "'immediate_risk', 'account_ended', 'unreachable'"
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
