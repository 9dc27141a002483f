"""Fair samples."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_unique_constraint(
            batch_op.f("uq_assignment_id_audit_id_tier_person_id"), ["id", "audit_id", "tier", "person_id"]
        )

    op.create_table(
        "timetable",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("done", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_timetable")),
    )
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
        "column_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("remembered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remembered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_column_mapping_authority_id")),
        sa.ForeignKeyConstraint(["remembered_by"], ["person.id"], name=op.f("fk_column_mapping_remembered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_mapping")),
        sa.UniqueConstraint("authority_id", "name", name=op.f("uq_column_mapping_authority_id_name")),
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
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("back", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=True),
        sa.Column("run", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("go_to", sa.String(), nullable=False),
        sa.Column("go_with", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "state <> 'running' or (worker is not null and run is not null)", name=op.f("ck_job_running")
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'refused', 'failed', 'cancelled', 'stopped')",
            name=op.f("ck_job_state"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_job_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_problem", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'waiting') = (ended_at is null)", name=op.f("ck_mail_ended")),
        sa.CheckConstraint(
            "state in ('waiting', 'sent', 'refused', 'given_up', 'not_needed')", name=op.f("ck_mail_state")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_state_next_try_at"), ["state", "next_try_at"], unique=False)

    op.create_table(
        "notice_preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.CheckConstraint("how in ('at_once', 'daily', 'here')", name=op.f("ck_notice_preference_how")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_preference")),
    )
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
    op.create_table(
        "staged_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grid", sa.LargeBinary(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("way", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("preview", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_staged_list_authority_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_staged_list_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_list")),
    )
    with op.batch_alter_table("staged_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_list_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_staged_list_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "worker_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(label) > 0", name=op.f("ck_worker_name_says_who")),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_worker_name_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_worker_name_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_name")),
        sa.UniqueConstraint(
            "authority_id", "label", "person_id", name=op.f("uq_worker_name_authority_id_label_person_id")
        ),
    )
    with op.batch_alter_table("worker_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_worker_name_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calibration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("tool_version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("share_needed", sa.Integer(), nullable=False),
        sa.Column("panel", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_at is null or started_at is not null", name=op.f("ck_calibration_closed_once_started")
        ),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_calibration_in_order")),
        sa.CheckConstraint("share_needed between 0 and 100", name=op.f("ck_calibration_share_needed")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_calibration_made_by")),
        sa.ForeignKeyConstraint(["tool_version_id"], ["tool_version.id"], name=op.f("fk_calibration_tool_version_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_calibration_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
    with op.batch_alter_table("calibration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("strong", sa.String(), nullable=False),
        sa.Column("improve", sa.String(), nullable=False),
        sa.Column("recommend", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["validation_exercise.id"], name=op.f("fk_findings_exercise_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_findings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("exercise_id", "person_id", name=op.f("uq_findings_exercise_id_person_id")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calibration_rater",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calibration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("within_one", sa.Integer(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(counted is null) = (within_one is null)", name=op.f("ck_calibration_rater_counted_together")
        ),
        sa.CheckConstraint(
            "certified_on is null or counted > 0", name=op.f("ck_calibration_rater_certified_for_something")
        ),
        sa.CheckConstraint("within_one is null or within_one <= counted", name=op.f("ck_calibration_rater_within_one")),
        sa.ForeignKeyConstraint(
            ["calibration_id"], ["calibration.id"], name=op.f("fk_calibration_rater_calibration_id")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_calibration_rater_given_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calibration_rater_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_rater")),
        sa.UniqueConstraint("calibration_id", "person_id", name=op.f("uq_calibration_rater_calibration_id_person_id")),
    )
    with op.batch_alter_table("calibration_rater", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_rater_person_id"), ["person_id"], unique=False)

    op.create_table(
        "connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_connection_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_connection_person_id")),
        sa.ForeignKeyConstraint(["told_by"], ["person.id"], name=op.f("fk_connection_told_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection")),
        sa.UniqueConstraint("person_id", "case_id", name=op.f("uq_connection_person_id_case_id")),
    )
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_connection_case_id"), ["case_id"], unique=False)

    op.create_table(
        "findings_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("findings_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("strong", sa.String(), nullable=False),
        sa.Column("improve", sa.String(), nullable=False),
        sa.Column("recommend", sa.String(), nullable=False),
        sa.Column("audit_ids", sa.JSON(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_findings_copy_whole_hash")),
        sa.CheckConstraint("number > 0", name=op.f("ck_findings_copy_counted_from_one")),
        sa.ForeignKeyConstraint(["findings_id"], ["findings.id"], name=op.f("fk_findings_copy_findings_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings_copy")),
        sa.UniqueConstraint("findings_id", "number", name=op.f("uq_findings_copy_findings_id_number")),
    )
    op.create_table(
        "moderation_lottery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tier in ('senior', 'external')", name=op.f("ck_moderation_lottery_tier")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_moderation_lottery_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_lottery")),
        sa.UniqueConstraint("round_id", "tier", name=op.f("uq_moderation_lottery_round_id_tier")),
    )
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("asks", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at is null) = (withdrawn_because is null)", name=op.f("ck_contribution_withdrawn_says_why")
        ),
        sa.CheckConstraint("done_at is null or withdrawn_at is null", name=op.f("ck_contribution_done_stays")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_contribution_asked_by")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_contribution_audit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contribution_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_audit_id"), ["audit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contribution_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_contribution_running",
            ["audit_id", "person_id", "agency"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at is null"),
            postgresql_where=sa.text("withdrawn_at is null"),
        )

    op.create_table(
        "late_challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("allowed_by", sa.Integer(), nullable=False),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tier in ('senior', 'external')", name=op.f("ck_late_challenge_tier")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_late_challenge_says_why")),
        sa.ForeignKeyConstraint(["allowed_by"], ["person.id"], name=op.f("fk_late_challenge_allowed_by")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_late_challenge_audit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_challenge")),
    )
    with op.batch_alter_table("late_challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_challenge_audit_id"), ["audit_id"], unique=False)

    op.create_table(
        "moderation_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("lottery_id", sa.Integer(), nullable=False),
        sa.Column("chance", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("otherwise", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=True),
        sa.Column("chance_in_all", sa.Double(), nullable=True),
        sa.Column("waits_because", sa.String(), nullable=False),
        sa.CheckConstraint(
            "otherwise is null or otherwise in ('grade', 'flagged', 'new_auditor')",
            name=op.f("ck_moderation_lot_otherwise"),
        ),
        sa.CheckConstraint("tier in ('senior', 'external')", name=op.f("ck_moderation_lot_tier")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_moderation_lot_audit_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["moderation_draw.id"], name=op.f("fk_moderation_lot_draw_id")),
        sa.ForeignKeyConstraint(["lottery_id"], ["moderation_lottery.id"], name=op.f("fk_moderation_lot_lottery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_lot")),
        sa.UniqueConstraint("audit_id", "tier", name=op.f("uq_moderation_lot_audit_id_tier")),
    )
    with op.batch_alter_table("moderation_lot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_lot_lottery_id"), ["lottery_id"], unique=False)

    op.create_table(
        "re_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.CheckConstraint("(ended_at is null) = (ended_because = '')", name=op.f("ck_re_audit_ended_says_why")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_re_audit_audit_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_re_audit_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_re_audit")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_re_audit_audit_id")),
    )
    with op.batch_alter_table("re_audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_re_audit_programme_id_month"), ["programme_id", "month"], unique=False)

    op.create_table(
        "vignette",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calibration_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("reference", sa.JSON(), nullable=False),
        sa.Column("copied_from", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["calibration_id"], ["calibration.id"], name=op.f("fk_vignette_calibration_id")),
        sa.ForeignKeyConstraint(["checked_by"], ["person.id"], name=op.f("fk_vignette_checked_by")),
        sa.ForeignKeyConstraint(["copied_from"], ["audit.id"], name=op.f("fk_vignette_copied_from")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vignette")),
        sa.UniqueConstraint("calibration_id", "place", name=op.f("uq_vignette_calibration_id_place")),
    )
    op.create_table(
        "calibration_grading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("vignette_id", sa.Integer(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["rater_id"], ["calibration_rater.id"], name=op.f("fk_calibration_grading_rater_id")),
        sa.ForeignKeyConstraint(["vignette_id"], ["vignette.id"], name=op.f("fk_calibration_grading_vignette_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_grading")),
        sa.UniqueConstraint("rater_id", "vignette_id", name=op.f("uq_calibration_grading_rater_id_vignette_id")),
    )
    with op.batch_alter_table("calibration_grading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_grading_vignette_id"), ["vignette_id"], unique=False)

    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolver_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_at is null) = (phase in ('raised', 'with_resolver'))", name=op.f("ck_challenge_ended")
        ),
        sa.CheckConstraint(
            "(phase <> 'raised' or resolver_id is null) and (phase not in ('with_resolver', 'resolved') or resolver_id is not null)",
            name=op.f("ck_challenge_resolver_of_phase"),
        ),
        sa.CheckConstraint(
            "phase in ('raised', 'with_resolver', 'resolved', 'withdrawn', 'overtaken')",
            name=op.f("ck_challenge_phase"),
        ),
        sa.CheckConstraint("tier in ('senior', 'external')", name=op.f("ck_challenge_tier")),
        sa.CheckConstraint("(resolver_id is null) = (named_at is null)", name=op.f("ck_challenge_named_when")),
        sa.CheckConstraint("moderator_id <> auditor_id", name=op.f("ck_challenge_two_parties")),
        sa.CheckConstraint(
            "resolver_id is null or (resolver_id <> auditor_id and resolver_id <> moderator_id)",
            name=op.f("ck_challenge_resolved_by_neither"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "audit_id", "tier", "moderator_id"],
            ["assignment.id", "assignment.audit_id", "assignment.tier", "assignment.person_id"],
            name=op.f("fk_challenge_assignment_id_audit_id_tier_moderator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_id", "auditor_id"],
            ["audit.id", "audit.auditor_id"],
            name=op.f("fk_challenge_audit_id_auditor_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["resolver_id"], ["person.id"], name=op.f("fk_challenge_resolver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_audit_id_tier"), ["audit_id", "tier"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_resolver_id"), ["resolver_id"], unique=False)
        batch_op.create_index(
            "uq_challenge_open",
            ["audit_id", "tier"],
            unique=True,
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )

    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("grade_now", sa.String(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.String(), nullable=False),
        sa.Column("child_safe", sa.Boolean(), nullable=True),
        sa.Column("safety", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_because", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(closed_at is null) = (closed_because = '')", name=op.f("ck_escalation_closed_says_why")),
        sa.CheckConstraint("(head_id is null) = (named_at is null)", name=op.f("ck_escalation_named_when")),
        sa.CheckConstraint(
            "head_id is null or head_id <> auditor_id", name=op.f("ck_escalation_nobody_signs_their_own")
        ),
        sa.CheckConstraint(
            "signed_at is null or (head_id is not null and child_safe)", name=op.f("ck_escalation_signed_by_somebody")
        ),
        sa.CheckConstraint("signed_at is null or closed_at is null", name=op.f("ck_escalation_signed_stays")),
        sa.CheckConstraint("signed_at is null or length(done) > 0", name=op.f("ck_escalation_signed_says_what")),
        sa.ForeignKeyConstraint(
            ["audit_id", "auditor_id"],
            ["audit.id", "audit.auditor_id"],
            name=op.f("fk_escalation_audit_id_auditor_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_escalation_closed_by")),
        sa.ForeignKeyConstraint(["head_id"], ["person.id"], name=op.f("fk_escalation_head_id")),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name=op.f("fk_escalation_judgement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_escalation_audit_id"), ["audit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_escalation_head_id"), ["head_id"], unique=False)
        batch_op.create_index(
            "uq_escalation_running",
            ["audit_id"],
            unique=True,
            sqlite_where=sa.text("closed_at is null"),
            postgresql_where=sa.text("closed_at is null"),
        )

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('allocated', 'reallocated', 'moved', 'handed_back', 'contribution_asked', 'contribution_due', 'contribution_late', 'contribution_day', 'contribution_withdrawn', 'contribution_done', 'due_soon', 'overdue', 'chased', 'escalated', 'sent_back', 'challenged', 'to_resolve', 'resolved', 'to_sign_off', 'unnamed', 'unreachable')",
            name=op.f("ck_notice_kind"),
        ),
        sa.CheckConstraint("(audit_id is null) <> (about_id is null)", name=op.f("ck_notice_about_one_thing")),
        sa.CheckConstraint(
            "contribution_id is null or audit_id is not null", name=op.f("ck_notice_contributes_to_an_audit")
        ),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name=op.f("fk_notice_about_id")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_notice_audit_id")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_notice_contribution_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_notice_mail_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_notice_person_id_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_audit_id_kind"), ["audit_id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_mail_id"), ["mail_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_person_id_id"), ["person_id", "id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("strengths", sa.String(), nullable=False),
        sa.Column("improvements", sa.String(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_passage_contribution_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("contribution_id", "section", name=op.f("uq_passage_contribution_id_section")),
    )
    op.create_table(
        "calibration_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grading_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grading_id"], ["calibration_grading.id"], name=op.f("fk_calibration_verdict_grading_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_verdict")),
        sa.UniqueConstraint("grading_id", "section", name=op.f("uq_calibration_verdict_grading_id_section")),
    )
    op.create_table(
        "challenged_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade is null or not not_applicable", name=op.f("ck_challenged_judgement_one_grade")),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_challenged_judgement_says_why")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_challenged_judgement_challenge_id")),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name=op.f("fk_challenged_judgement_judgement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenged_judgement")),
        sa.UniqueConstraint("challenge_id", "section", name=op.f("uq_challenged_judgement_challenge_id_section")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handed_back_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("handed_back_because", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("handed_in_without", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("moderation_asked_because", sa.String(), nullable=True))

    with op.batch_alter_table("moderation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("together_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("present", sa.String(), server_default="", nullable=False))

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("frequency", sa.String(), server_default="as_needed", nullable=False))
        batch_op.add_column(sa.Column("first_month", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("opens_itself", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
        batch_op.add_column(sa.Column("policies", sa.JSON(), server_default="{}", nullable=False))

    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.add_column(sa.Column("terms", sa.JSON(), server_default="{}", nullable=False))

    # A role that lets people of other agencies contribute to an audit, and nothing else.
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_constraint("role", type_="check")
        batch_op.drop_constraint("externals_end", type_="check")
        batch_op.create_check_constraint(
            "role",
            "role in ('team_manager', 'senior_manager', 'head_of_service', 'external_auditor', 'contributor', "
            "'audit_officer', 'practitioner', 'board_member', 'administrator')",
        )
        batch_op.create_check_constraint(
            "externals_end", "role not in ('external_auditor', 'contributor') or until is not null"
        )


def downgrade() -> None:
    op.execute("delete from role_grant where role = 'contributor'")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_constraint("role", type_="check")
        batch_op.drop_constraint("externals_end", type_="check")
        batch_op.create_check_constraint(
            "role",
            "role in ('team_manager', 'senior_manager', 'head_of_service', 'external_auditor', "
            "'audit_officer', 'practitioner', 'board_member', 'administrator')",
        )
        batch_op.create_check_constraint("externals_end", "role <> 'external_auditor' or until is not null")
    with op.batch_alter_table("sample", schema=None) as batch_op:
        batch_op.drop_column("terms")

    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_column("policies")
        batch_op.drop_column("opens_itself")
        batch_op.drop_column("first_month")
        batch_op.drop_column("frequency")
        batch_op.drop_column("kind")

    with op.batch_alter_table("moderation", schema=None) as batch_op:
        batch_op.drop_column("present")
        batch_op.drop_column("together_on")

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_column("moderation_asked_because")
        batch_op.drop_column("handed_in_without")
        batch_op.drop_column("handed_back_because")
        batch_op.drop_column("handed_back_at")

    op.drop_table("challenged_judgement")
    op.drop_table("calibration_verdict")
    op.drop_table("passage")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_person_id_id"))
        batch_op.drop_index(batch_op.f("ix_notice_mail_id"))
        batch_op.drop_index(batch_op.f("ix_notice_audit_id_kind"))

    op.drop_table("notice")
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_escalation_running",
            sqlite_where=sa.text("closed_at is null"),
            postgresql_where=sa.text("closed_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_escalation_head_id"))
        batch_op.drop_index(batch_op.f("ix_escalation_audit_id"))

    op.drop_table("escalation")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_challenge_open", sqlite_where=sa.text("ended_at is null"), postgresql_where=sa.text("ended_at is null")
        )
        batch_op.drop_index(batch_op.f("ix_challenge_resolver_id"))
        batch_op.drop_index(batch_op.f("ix_challenge_audit_id_tier"))

    op.drop_table("challenge")
    with op.batch_alter_table("calibration_grading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_grading_vignette_id"))

    op.drop_table("calibration_grading")
    op.drop_table("vignette")
    with op.batch_alter_table("re_audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_re_audit_programme_id_month"))

    op.drop_table("re_audit")
    with op.batch_alter_table("moderation_lot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_lot_lottery_id"))

    op.drop_table("moderation_lot")
    with op.batch_alter_table("late_challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_challenge_audit_id"))

    op.drop_table("late_challenge")
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contribution_running",
            sqlite_where=sa.text("withdrawn_at is null"),
            postgresql_where=sa.text("withdrawn_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_contribution_person_id"))
        batch_op.drop_index(batch_op.f("ix_contribution_audit_id"))

    op.drop_table("contribution")
    op.drop_table("moderation_lottery")
    op.drop_table("findings_copy")
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_connection_case_id"))

    op.drop_table("connection")
    with op.batch_alter_table("calibration_rater", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_rater_person_id"))

    op.drop_table("calibration_rater")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_person_id"))

    op.drop_table("findings")
    with op.batch_alter_table("calibration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_unit_id"))

    op.drop_table("calibration")
    with op.batch_alter_table("worker_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_name_person_id"))

    op.drop_table("worker_name")
    with op.batch_alter_table("staged_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_list_owner_id"))
        batch_op.drop_index(batch_op.f("ix_staged_list_expires_at"))

    op.drop_table("staged_list")
    op.drop_table("skipped_month")
    op.drop_table("notice_preference")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_state_next_try_at"))
        batch_op.drop_index(batch_op.f("ix_mail_person_id"))

    op.drop_table("mail")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_state_id"))
        batch_op.drop_index(batch_op.f("ix_job_owner_id"))

    op.drop_table("job")
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemption_programme_id"))
        batch_op.drop_index(batch_op.f("ix_exemption_person_id"))

    op.drop_table("exemption")
    op.drop_table("column_mapping")
    op.drop_table("capacity")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_person_id_last_day"))

    op.drop_table("absence")
    op.drop_table("timetable")

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_assignment_id_audit_id_tier_person_id"), type_="unique")
