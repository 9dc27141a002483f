"""First schema."""

import sqlalchemy as sa
from alembic import op

from audit_app.history import triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LEDGER_COLUMNS = (
    "audit_id", "section", "overall", "tier", "phase", "grade", "not_applicable", "decision", "reason_code",
    "by_id", "at",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("idx", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("prev", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("idx >= 0", name=op.f("ck_entry_idx")),
        sa.CheckConstraint("length(commitment) = 64", name=op.f("ck_entry_commitment")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_entry_hash")),
        sa.CheckConstraint("length(prev) = case when idx = 0 then 0 else 64 end", name=op.f("ck_entry_prev")),
        sa.PrimaryKeyConstraint("idx", name=op.f("pk_entry")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_subject_idx"), ["subject", "idx"], unique=False)

    op.create_table(
        "framework_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_version")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_framework_version_key_version")),
    )
    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_history_head_one")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_history_head_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_address_at"), ["address", "at"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('region', 'authority', 'service', 'team')", name=op.f("ck_unit_kind")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_unit_named")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_path"), ["path"], unique=True)

    op.create_table(
        "payload",
        sa.Column("idx", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.CheckConstraint("length(salt) = 64", name=op.f("ck_payload_salt")),
        sa.ForeignKeyConstraint(["idx"], ["entry.idx"], name=op.f("fk_payload_idx")),
        sa.PrimaryKeyConstraint("idx", name=op.f("pk_payload")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tool_key", sa.String(), nullable=False),
        sa.Column("due_working_days", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("moderation_percent", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("due_working_days between 1 and 120", name=op.f("ck_programme_due")),
        sa.CheckConstraint("moderation_percent between 0 and 100", name=op.f("ck_programme_share")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_programme_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_programme_unit_id_name")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "team_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_team_name_authority_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_team_name_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_name")),
        sa.UniqueConstraint("authority_id", "label", name=op.f("uq_team_name_authority_id_label")),
    )
    op.create_table(
        "case_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Integer(), nullable=True),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_case_list_authority_id")),
        sa.ForeignKeyConstraint(["loaded_by"], ["person.id"], name=op.f("fk_case_list_loaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_list")),
        sa.UniqueConstraint("authority_id", "file_hash", name=op.f("uq_case_list_authority_id_file_hash")),
    )
    with op.batch_alter_table("case_list", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_list_authority_id"), ["authority_id"], unique=False)

    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose in ('invitation', 'reset')", name=op.f("ck_one_time_link_purpose")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_one_time_link_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_time_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
    )
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role <> 'external_auditor' or until is not null", name=op.f("ck_role_grant_externals_end")),
        sa.CheckConstraint(
            "role in ('team_manager', 'senior_manager', 'head_of_service', 'external_auditor', 'audit_officer', 'practitioner', 'board_member', 'administrator')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_role_grant_given_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "tool_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_tool_version_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_version")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_tool_version_key_version")),
    )
    op.create_table(
        "validation_exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_validation_exercise_made_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_validation_exercise_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validation_exercise")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_validation_exercise_unit_id_name")),
    )
    op.create_table(
        "case_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("last_list_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reference) > 0", name=op.f("ck_case_record_referenced")),
        sa.ForeignKeyConstraint(["authority_id"], ["unit.id"], name=op.f("fk_case_record_authority_id")),
        sa.ForeignKeyConstraint(["last_list_id"], ["case_list.id"], name=op.f("fk_case_record_last_list_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_record_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_record")),
        sa.UniqueConstraint("authority_id", "reference", name=op.f("uq_case_record_authority_id_reference")),
    )
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_record_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "problem_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("expected", sa.String(), nullable=False),
        sa.Column("team_label", sa.String(), nullable=True),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("outcome in ('held', 'refused')", name=op.f("ck_problem_row_outcome")),
        sa.ForeignKeyConstraint(["list_id"], ["case_list.id"], name=op.f("fk_problem_row_list_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_row")),
    )
    with op.batch_alter_table("problem_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_problem_row_list_id_outcome_id"), ["list_id", "outcome", "id"], unique=False
        )

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tool_version_id", sa.Integer(), nullable=False),
        sa.Column("case_list_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_list_id"], ["case_list.id"], name=op.f("fk_round_case_list_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_round_programme_id")),
        sa.ForeignKeyConstraint(["tool_version_id"], ["tool_version.id"], name=op.f("fk_round_tool_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("programme_id", "month", name=op.f("uq_round_programme_id_month")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("tool_version_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("inclusion_probability", sa.Double(), nullable=True),
        sa.Column("allocated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_back_because", sa.String(), nullable=True),
        sa.Column("practitioner_involved", sa.Boolean(), nullable=True),
        sa.Column("feedback_obtained", sa.Boolean(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(first_handed_in_at is null) = (stage in ('allocated', 'in_progress', 'withdrawn'))",
            name=op.f("ck_audit_handed_in"),
        ),
        sa.CheckConstraint(
            "stage in ('allocated', 'in_progress', 'submitted', 'with_senior', 'moderated', 'with_external', 'validated', 'sent_back', 'withdrawn', 'void')",
            name=op.f("ck_audit_stage"),
        ),
        sa.ForeignKeyConstraint(["auditor_id"], ["person.id"], name=op.f("fk_audit_auditor_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_audit_case_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_audit_round_id")),
        sa.ForeignKeyConstraint(["tool_version_id"], ["tool_version.id"], name=op.f("fk_audit_tool_version_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_audit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("id", "auditor_id", name=op.f("uq_audit_id_auditor_id")),
        sa.UniqueConstraint("round_id", "case_id", name=op.f("uq_audit_round_id_case_id")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_auditor_id_stage"), ["auditor_id", "stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_period"), ["period"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_period_id"), ["period", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_unit_path"), ["unit_path"], unique=False)

    op.create_table(
        "case_list_entry",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("team_label", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_list_entry_case_id")),
        sa.ForeignKeyConstraint(["list_id"], ["case_list.id"], name=op.f("fk_case_list_entry_list_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_list_entry_unit_id")),
        sa.PrimaryKeyConstraint("list_id", "case_id", name=op.f("pk_case_list_entry")),
    )
    with op.batch_alter_table("case_list_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_list_entry_case_id"), ["case_id"], unique=False)

    op.create_table(
        "moderation_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("frame", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["drawn_by"], ["person.id"], name=op.f("fk_moderation_draw_drawn_by")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_moderation_draw_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_draw")),
    )
    with op.batch_alter_table("moderation_draw", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_draw_round_id"), ["round_id"], unique=False)

    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("case_list_id", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("frame", sa.LargeBinary(), nullable=False),
        sa.Column("frame_hash", sa.String(), nullable=False),
        sa.Column("frame_size", sa.Integer(), nullable=False),
        sa.Column("strata", sa.JSON(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_list_id"], ["case_list.id"], name=op.f("fk_sample_case_list_id")),
        sa.ForeignKeyConstraint(["drawn_by"], ["person.id"], name=op.f("fk_sample_drawn_by")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_sample_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("round_id", "fingerprint", name=op.f("uq_sample_round_id_fingerprint")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("not_applicable_because", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("strengths", sa.String(), nullable=False),
        sa.Column("improvements", sa.String(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_answer_audit_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_answer_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("audit_id", "section", name=op.f("uq_answer_audit_id_section")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("tier in ('senior', 'external')", name=op.f("ck_assignment_tier")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_assignment_audit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_audit_id"), ["audit_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assignment_person_id_hidden_audit_id"), ["person_id", "hidden", "audit_id"], unique=False
        )

    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("overall", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("strengths", sa.String(), nullable=False),
        sa.Column("improvements", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("evidence_supports", sa.Boolean(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(phase = 'submitted') = (tier = 'auditor') or phase = 'resolved'", name=op.f("ck_judgement_phase_of_tier")
        ),
        sa.CheckConstraint(
            "decision is null or decision <> 'override' or length(reason) > 0",
            name=op.f("ck_judgement_override_says_why"),
        ),
        sa.CheckConstraint("decision is null or decision in ('agree', 'override')", name=op.f("ck_judgement_decision")),
        sa.CheckConstraint("phase in ('submitted', 'blind', 'settled', 'resolved')", name=op.f("ck_judgement_phase")),
        sa.CheckConstraint("tier in ('auditor', 'senior', 'external')", name=op.f("ck_judgement_tier")),
        sa.CheckConstraint("(grade is null) = not_applicable", name=op.f("ck_judgement_graded_or_not_applicable")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_judgement_audit_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_judgement_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_judgement_audit_id_section_tier_id"), ["audit_id", "section", "tier", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_judgement_overall_audit_id"), ["overall", "audit_id"], unique=False)

    op.create_table(
        "moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=True),
        sa.Column("exercise_id", sa.Integer(), nullable=True),
        sa.Column("inclusion_probability", sa.Double(), nullable=True),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("with_auditor", sa.Boolean(), nullable=True),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("quality_words", sa.String(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(phase = 'done') = (done_at is not null)", name=op.f("ck_moderation_done_when")),
        sa.CheckConstraint(
            "blind or phase in ('deciding', 'done')", name=op.f("ck_moderation_only_blind_ones_are_settled")
        ),
        sa.CheckConstraint(
            "exercise_id is null or tier = 'external'", name=op.f("ck_moderation_exercises_are_external")
        ),
        sa.CheckConstraint("not blind or route = 'random'", name=op.f("ck_moderation_only_random_draws_are_blind")),
        sa.CheckConstraint(
            "phase <> 'judging_blind' or committed_at is null", name=op.f("ck_moderation_committed_once_judged")
        ),
        sa.CheckConstraint(
            "phase <> 'settling' or committed_at is not null", name=op.f("ck_moderation_settled_once_committed")
        ),
        sa.CheckConstraint(
            "phase in ('deciding', 'judging_blind', 'settling', 'done')", name=op.f("ck_moderation_phase")
        ),
        sa.CheckConstraint(
            "route <> 'random' or (inclusion_probability is not null and inclusion_probability > 0 and inclusion_probability <= 1)",
            name=op.f("ck_moderation_random_draws_know_their_chance"),
        ),
        sa.CheckConstraint(
            "route in ('random', 'grade', 'flagged', 'new_auditor', 'by_hand')", name=op.f("ck_moderation_route")
        ),
        sa.CheckConstraint("tier in ('senior', 'external')", name=op.f("ck_moderation_tier")),
        sa.CheckConstraint("blind or committed_at is null", name=op.f("ck_moderation_only_blind_ones_are_committed")),
        sa.CheckConstraint("moderator_id <> auditor_id", name=op.f("ck_moderation_nobody_moderates_their_own")),
        sa.ForeignKeyConstraint(
            ["audit_id", "auditor_id"],
            ["audit.id", "audit.auditor_id"],
            name=op.f("fk_moderation_audit_id_auditor_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["draw_id"], ["moderation_draw.id"], name=op.f("fk_moderation_draw_id")),
        sa.ForeignKeyConstraint(["exercise_id"], ["validation_exercise.id"], name=op.f("fk_moderation_exercise_id")),
        sa.ForeignKeyConstraint(["moderator_id"], ["person.id"], name=op.f("fk_moderation_moderator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
        sa.UniqueConstraint("audit_id", "tier", name=op.f("uq_moderation_audit_id_tier")),
    )
    with op.batch_alter_table("moderation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_exercise_id"), ["exercise_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_moderator_id"), ["moderator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_phase_moderator_id"), ["phase", "moderator_id"], unique=False)

    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_reply_says_something")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_reply_audit_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_reply_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_audit_id"), ["audit_id"], unique=False)

    op.create_table(
        "risk_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concern", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(told_at is null) = (told = '')", name=op.f("ck_risk_alert_told_whom_and_when")),
        sa.CheckConstraint("length(concern) > 0", name=op.f("ck_risk_alert_says_what")),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_risk_alert_audit_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name=op.f("fk_risk_alert_closed_by")),
        sa.ForeignKeyConstraint(["raised_by"], ["person.id"], name=op.f("fk_risk_alert_raised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_alert")),
    )
    with op.batch_alter_table("risk_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_alert_audit_id"), ["audit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_alert_closed_at"), ["closed_at"], unique=False)

    op.create_table(
        "sampled_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stratum", sa.String(), nullable=False),
        sa.Column("inclusion_probability", sa.Double(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "inclusion_probability > 0 and inclusion_probability <= 1", name=op.f("ck_sampled_case_chance")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_sampled_case_case_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_sampled_case_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_case")),
        sa.UniqueConstraint("sample_id", "case_id", name=op.f("uq_sampled_case_sample_id_case_id")),
        sa.UniqueConstraint("sample_id", "position", name=op.f("uq_sampled_case_sample_id_position")),
    )
    with op.batch_alter_table("sampled_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sampled_case_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("removed_id", sa.Integer(), nullable=False),
        sa.Column("added_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_case_replacement_says_why")),
        sa.ForeignKeyConstraint(["added_id"], ["sampled_case.id"], name=op.f("fk_case_replacement_added_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_case_replacement_by_id")),
        sa.ForeignKeyConstraint(["removed_id"], ["sampled_case.id"], name=op.f("fk_case_replacement_removed_id")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_case_replacement_sample_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_replacement")),
        sa.UniqueConstraint("added_id", name=op.f("uq_case_replacement_added_id")),
        sa.UniqueConstraint("removed_id", name=op.f("uq_case_replacement_removed_id")),
        sa.UniqueConstraint("sample_id", "number", name=op.f("uq_case_replacement_sample_id_number")),
    )
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moderation_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("blind_grade", sa.String(), nullable=True),
        sa.Column("blind_not_applicable", sa.Boolean(), nullable=False),
        sa.Column("blind_reason", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("reason_code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("evidence_supports", sa.Boolean(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("decision is null or decision in ('agree', 'override')", name=op.f("ck_opinion_decision")),
        sa.ForeignKeyConstraint(["moderation_id"], ["moderation.id"], name=op.f("fk_opinion_moderation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("moderation_id", "section", name=op.f("uq_opinion_moderation_id_section")),
    )
    op.create_table(
        "retraction",
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_retraction_by_id")),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name=op.f("fk_retraction_judgement_id")),
        sa.PrimaryKeyConstraint("judgement_id", name=op.f("pk_retraction")),
    )
    dialect = op.get_bind().dialect.name
    for statement in [*triggers.up(dialect), *_walls(dialect)]:
        op.execute(statement)


def _walls(dialect: str) -> list[str]:
    # The ledger only grows. Under retention the words of a judgement may be erased, never its grade.
    return [
        *triggers.append_only("judgement", dialect, LEDGER_COLUMNS),
        *triggers.append_only("retraction", dialect),
    ]


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    walls = [triggers.not_append_only(table, dialect) for table in ("retraction", "judgement")]
    for statement in [*(one for wall in walls for one in wall), *triggers.down(dialect)]:
        op.execute(statement)
    op.drop_table("retraction")
    op.drop_table("opinion")
    op.drop_table("case_replacement")
    with op.batch_alter_table("sampled_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sampled_case_case_id"))

    op.drop_table("sampled_case")
    with op.batch_alter_table("risk_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_alert_closed_at"))
        batch_op.drop_index(batch_op.f("ix_risk_alert_audit_id"))

    op.drop_table("risk_alert")
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_audit_id"))

    op.drop_table("reply")
    with op.batch_alter_table("moderation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_phase_moderator_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_moderator_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_exercise_id"))

    op.drop_table("moderation")
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgement_overall_audit_id"))
        batch_op.drop_index(batch_op.f("ix_judgement_audit_id_section_tier_id"))

    op.drop_table("judgement")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_person_id_hidden_audit_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_audit_id"))

    op.drop_table("assignment")
    op.drop_table("answer")
    op.drop_table("sample")
    with op.batch_alter_table("moderation_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_draw_round_id"))

    op.drop_table("moderation_draw")
    with op.batch_alter_table("case_list_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_list_entry_case_id"))

    op.drop_table("case_list_entry")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_unit_path"))
        batch_op.drop_index(batch_op.f("ix_audit_unit_id"))
        batch_op.drop_index(batch_op.f("ix_audit_period_id"))
        batch_op.drop_index(batch_op.f("ix_audit_period"))
        batch_op.drop_index(batch_op.f("ix_audit_case_id"))
        batch_op.drop_index(batch_op.f("ix_audit_auditor_id_stage"))

    op.drop_table("audit")
    op.drop_table("round")
    with op.batch_alter_table("problem_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_row_list_id_outcome_id"))

    op.drop_table("problem_row")
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_record_unit_id"))

    op.drop_table("case_record")
    op.drop_table("validation_exercise")
    op.drop_table("tool_version")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_unit_id"))
        batch_op.drop_index(batch_op.f("ix_role_grant_person_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_link_person_id"))

    op.drop_table("one_time_link")
    with op.batch_alter_table("case_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_list_authority_id"))

    op.drop_table("case_list")
    op.drop_table("team_name")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_unit_id"))

    op.drop_table("programme")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_unit_id"))

    op.drop_table("person")
    op.drop_table("payload")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_path"))

    op.drop_table("unit")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempt_address_at"))

    op.drop_table("sign_in_attempt")
    op.drop_table("history_head")
    op.drop_table("framework_version")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_subject_idx"))

    op.drop_table("entry")
