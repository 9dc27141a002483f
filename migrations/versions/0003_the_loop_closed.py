"""The loop closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("every_months between 1 and 12", name=op.f("ck_board_every_months")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_board_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_board_unit_id_name")),
    )
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("updates_by", sa.Date(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("contents_hash", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(frozen_at is null) = (contents = '')", name=op.f("ck_meeting_frozen_whole")),
        sa.CheckConstraint("updates_by <= held_on", name=op.f("ck_meeting_in_order")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_meeting_board_id")),
        sa.ForeignKeyConstraint(["frozen_by"], ["person.id"], name=op.f("fk_meeting_frozen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("board_id", "held_on", name=op.f("uq_meeting_board_id_held_on")),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("themes_called", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_in_order")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_plan_named")),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"], name=op.f("fk_plan_board_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_plan_made_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_plan_unit_id_name")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "plan_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_file_plan_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_plan_file_sent_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_file_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_file")),
    )
    with op.batch_alter_table("plan_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_file_sent_by"), ["sent_by"], unique=False)

    op.create_table(
        "plan_former",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_plan_former_changed_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_former_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_former")),
    )
    with op.batch_alter_table("plan_former", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_former_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "reading_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("headings_hash", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reading_columns_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_columns")),
        sa.UniqueConstraint("plan_id", "headings_hash", name=op.f("uq_reading_columns_plan_id_headings_hash")),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("found", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_recommendation_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_recommendation_plan_id_ref")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("counted_in", sa.String(), nullable=False),
        sa.Column("rows_called", sa.String(), nullable=False),
        sa.Column("baseline_words", sa.String(), nullable=False),
        sa.Column("baseline_value", sa.BigInteger(), nullable=True),
        sa.Column("baseline_count", sa.Integer(), nullable=True),
        sa.Column("baseline_total", sa.Integer(), nullable=True),
        sa.Column("baseline_period", sa.String(), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("baseline_note", sa.String(), nullable=False),
        sa.Column("figure", sa.JSON(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'qualitative') = (counted_in = 'words')", name=op.f("ck_indicator_words_are_qualitative")
        ),
        sa.CheckConstraint("counted_in in ('percent', 'count', 'words')", name=op.f("ck_indicator_counted_in")),
        sa.CheckConstraint("kind in ('live', 'entered', 'imported', 'qualitative')", name=op.f("ck_indicator_kind")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_indicator_plan_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_indicator_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_indicator_plan_id_ref")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("lead_words", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_precision", sa.String(), nullable=False),
        sa.Column("due_words", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(due_precision = 'words') = (due_on is null)", name=op.f("ck_plan_action_due_on")),
        sa.CheckConstraint("due_precision in ('day', 'month', 'words')", name=op.f("ck_plan_action_due_precision")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_plan_action_lead_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_action_plan_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendation.id"], name=op.f("fk_plan_action_recommendation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
        sa.UniqueConstraint("plan_id", "ref", name=op.f("uq_plan_action_plan_id_ref")),
    )
    with op.batch_alter_table("plan_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_action_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_action_recommendation_id"), ["recommendation_id"], unique=False)

    op.create_table(
        "action_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_action_update_action_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_action_update_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_update")),
    )
    with op.batch_alter_table("action_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_update_action_id"), ["action_id"], unique=False)

    op.create_table(
        "board_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["plan_action.id"], name=op.f("fk_board_decision_action_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_board_decision_made_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_board_decision_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_decision")),
    )
    with op.batch_alter_table("board_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_decision_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_precision", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "operator in ('at_least', 'over', 'at_most', 'by_count')", name=op.f("ck_milestone_operator")
        ),
        sa.CheckConstraint("amount is not null or length(words) > 0", name=op.f("ck_milestone_says_something")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_milestone_indicator_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_milestone_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("judged", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("figure", sa.JSON(), nullable=False),
        sa.Column("audits", sa.JSON(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "judged in ('', 'below', 'on_track', 'achieved', 'achieved_all')", name=op.f("ck_reading_judged")
        ),
        sa.CheckConstraint(
            "total is null or (count is not null and total > 0 and count <= total)", name=op.f("ck_reading_of_a_total")
        ),
        sa.ForeignKeyConstraint(["corrects_id"], ["reading.id"], name=op.f("fk_reading_corrects_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_reading_indicator_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_reading_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "breakdown_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_breakdown_row_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breakdown_row")),
    )
    with op.batch_alter_table("breakdown_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breakdown_row_reading_id"), ["reading_id"], unique=False)

    op.create_table(
        "position_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("milestone_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_position_override_reasoned")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_position_override_made_by")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_position_override_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_override")),
    )
    with op.batch_alter_table("position_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_override_reading_id"), ["reading_id"], unique=False)

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
    with op.batch_alter_table("position_override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_override_reading_id"))

    op.drop_table("position_override")
    with op.batch_alter_table("breakdown_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breakdown_row_reading_id"))

    op.drop_table("breakdown_row")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_indicator_id"))

    op.drop_table("reading")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_indicator_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("board_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_decision_meeting_id"))

    op.drop_table("board_decision")
    with op.batch_alter_table("action_update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_update_action_id"))

    op.drop_table("action_update")
    with op.batch_alter_table("plan_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_action_recommendation_id"))
        batch_op.drop_index(batch_op.f("ix_plan_action_lead_id"))

    op.drop_table("plan_action")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_recommendation_id"))

    op.drop_table("indicator")
    op.drop_table("recommendation")
    op.drop_table("reading_columns")
    with op.batch_alter_table("plan_former", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_former_plan_id"))

    op.drop_table("plan_former")
    with op.batch_alter_table("plan_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_file_sent_by"))

    op.drop_table("plan_file")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_unit_id"))
        batch_op.drop_index(batch_op.f("ix_plan_board_id"))

    op.drop_table("plan")
    op.drop_table("meeting")
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_unit_id"))

    op.drop_table("board")
