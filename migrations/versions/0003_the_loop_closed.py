"""The loop closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delta")),
    )
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
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "learning_briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("headline", sa.String(), nullable=False),
        sa.Column("changed", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("differently", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_learning_briefing_months_in_order")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_learning_briefing_made_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_learning_briefing_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_briefing")),
        sa.UniqueConstraint("unit_id", "first", "last", name=op.f("uq_learning_briefing_unit_id_first_last")),
    )
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
        "notice_matter_preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.CheckConstraint("how in ('at_once', 'daily', 'here')", name=op.f("ck_notice_matter_preference_how")),
        sa.CheckConstraint(
            "matter in ('audits', 'contributions', 'actions', 'outcomes', 'plans', 'learning', 'rounds')",
            name=op.f("ck_notice_matter_preference_matter"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_matter_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", "matter", name=op.f("pk_notice_matter_preference")),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("audit_ids", sa.JSON(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_pack_kept_for_a_time")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_pack_whole_hash")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_pack_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
    )
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pack_owner_id"), ["owner_id"], unique=False)

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
        "reading_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("remembered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remembered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["remembered_by"], ["person.id"], name=op.f("fk_reading_columns_remembered_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reading_columns_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_columns")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_reading_columns_unit_id_name")),
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
        "wording_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("piece", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_wording_edition_counted_from_one")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_wording_edition_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_edition")),
        sa.UniqueConstraint("piece", "number", name=op.f("uq_wording_edition_piece_number")),
    )
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

    op.create_table(
        "plan_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
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
        "published_briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("briefing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("audit_ids", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at is null) = (withdrawn_because is null)",
            name=op.f("ck_published_briefing_withdrawn_says_why"),
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_published_briefing_whole_hash")),
        sa.CheckConstraint("number > 0", name=op.f("ck_published_briefing_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["briefing_id"], ["learning_briefing.id"], name=op.f("fk_published_briefing_briefing_id")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_published_briefing_published_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["person.id"], name=op.f("fk_published_briefing_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_briefing")),
        sa.UniqueConstraint("briefing_id", "number", name=op.f("uq_published_briefing_briefing_id_number")),
    )
    op.create_table(
        "readings_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grid", sa.LargeBinary(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("way", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_readings_file_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_readings_file_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings_file")),
    )
    with op.batch_alter_table("readings_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_readings_file_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_readings_file_owner_id"), ["owner_id"], unique=False)

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
        "tally",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tool_version_id", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_tally_programme_id")),
        sa.ForeignKeyConstraint(["tool_version_id"], ["tool_version.id"], name=op.f("fk_tally_tool_version_id")),
        sa.PrimaryKeyConstraint(
            "kind", "section", "of", "month", "programme_id", "tool_version_id", name=op.f("pk_tally")
        ),
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
        "tallied",
        sa.Column("audit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("unit_path", sa.String(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("tool_version_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audit.id"], name=op.f("fk_tallied_audit_id")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_tallied")),
    )
    with op.batch_alter_table("tallied", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tallied_month"), ["month"], unique=False)

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
        "added_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moderation_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(section is null) = (length(heading) > 0)", name=op.f("ck_added_section_of_the_tool_or_own")
        ),
        sa.CheckConstraint(
            "section is not null or grade is null", name=op.f("ck_added_section_own_sections_have_no_grade")
        ),
        sa.ForeignKeyConstraint(["moderation_id"], ["moderation.id"], name=op.f("fk_added_section_moderation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_section")),
        sa.UniqueConstraint("moderation_id", "section", name=op.f("uq_added_section_moderation_id_section")),
    )
    with op.batch_alter_table("added_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_added_section_moderation_id"), ["moderation_id"], unique=False)

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

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("follows_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_audit_follows_id"), ["follows_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_audit_follows_id"), "audit", ["follows_id"], ["id"])

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("action_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("release_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("meeting_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("briefing_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_notice_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_notice_briefing_id"), "published_briefing", ["briefing_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_meeting_id"), "meeting", ["meeting_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_release_id"), "outcome_release", ["release_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_notice_action_id"), "child_action", ["action_id"], ["id"])

    with op.batch_alter_table("re_audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version_id", sa.Integer(), server_default="1", nullable=False))

    kinds_of_things = ("audit_id", "about_id", "meeting_id", "briefing_id")
    one_thing = " + ".join(f"(case when {name} is null then 0 else 1 end)" for name in kinds_of_things) + " = 1"
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint("about_one_thing", type_="check")
        batch_op.create_check_constraint("about_one_thing", one_thing)

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
            "'action_not_accepted', 'action_answered', 'action_moved', 'action_withdrawn', 'leaves', "
            "'outcome_released', 'outcome_replied', 'board_update_due', 'board_update_late', "
            "'briefing_published'"
            ")",
        )
    # Whatever changes what figures count notes its audit, in the same transaction and whoever writes.
    counted = {
        "audit": "stage auditor_id unit_path period tool_version_id due_on first_handed_in_at practitioner_involved"
        " feedback_obtained",
        "moderation": "route inclusion_probability phase",
        "judgement": "evidence_supports",
    }
    of_line = "(SELECT audit_id FROM judgement WHERE id = NEW.judgement_id)"
    notes = [("audit", "INSERT", "NEW.id", ""), ("retraction", "INSERT", of_line, "")]
    notes += [(table, "INSERT", "NEW.audit_id", "") for table in ("judgement", "moderation")]
    notes += [("moderation", "DELETE", "OLD.audit_id", "")]
    notes += [
        (table, "UPDATE", "NEW.id" if table == "audit" else "NEW.audit_id", names) for table, names in counted.items()
    ]
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    differs = "OLD.{0} IS NOT NEW.{0}" if on_sqlite else "OLD.{0} IS DISTINCT FROM NEW.{0}"
    for table, verb, audit, names in notes:
        of = f" OF {', '.join(names.split())}" if names else ""
        when = f" WHEN ({' OR '.join(differs.format(name) for name in names.split())})" if names else ""
        name = f"{table}_counts_{verb.lower()}"
        note = f"INSERT INTO delta (audit_id) VALUES ({audit})"  # noqa: S608 (names of our own)
        if on_sqlite:
            op.execute(f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}{when} BEGIN {note}; END")
        else:
            result = "OLD" if verb == "DELETE" else "NEW"
            body = f"BEGIN {note}; RETURN {result}; END"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
            row = f"FOR EACH ROW{when} EXECUTE FUNCTION {name}()"
            op.execute(f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table} {row}")
    op.execute("INSERT INTO delta (audit_id) SELECT id FROM audit")


def downgrade() -> None:
    for name in (
        *("audit_counts_insert", "audit_counts_update", "retraction_counts_insert", "judgement_counts_insert"),
        *(
            "judgement_counts_update",
            "moderation_counts_insert",
            "moderation_counts_update",
            "moderation_counts_delete",
        ),
    ):
        on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {name.partition('_')[0]}"
        op.execute(f"DROP TRIGGER {name}{on}")
        if on:
            op.execute(f"DROP FUNCTION {name}()")
    told = sa.table("notice", sa.column("audit_id"), sa.column("about_id"))
    op.execute(told.delete().where(told.c.audit_id.is_(None), told.c.about_id.is_(None)))
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint("about_one_thing", type_="check")
        batch_op.create_check_constraint("about_one_thing", "(audit_id is null) <> (about_id is null)")
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

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notice_action_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_notice_release_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_notice_meeting_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_notice_briefing_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_notice_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_notice_action_id"))
        batch_op.drop_column("briefing_id")
        batch_op.drop_column("meeting_id")
        batch_op.drop_column("release_id")
        batch_op.drop_column("action_id")

    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_audit_follows_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_audit_follows_id"))
        batch_op.drop_column("follows_id")

    with op.batch_alter_table("position_override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_override_reading_id"))

    op.drop_table("position_override")
    with op.batch_alter_table("outcome_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_reply_release_id"))

    op.drop_table("outcome_reply")
    with op.batch_alter_table("child_action_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_action_step_action_id"))

    op.drop_table("child_action_step")
    with op.batch_alter_table("breakdown_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breakdown_row_reading_id"))

    op.drop_table("breakdown_row")
    with op.batch_alter_table("added_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_added_section_moderation_id"))

    op.drop_table("added_section")
    op.drop_table("theme_coding")
    with op.batch_alter_table("tallied", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tallied_month"))

    op.drop_table("tallied")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_indicator_id"))

    op.drop_table("reading")
    with op.batch_alter_table("outcome_release", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_outcome_release_running",
            sqlite_where=sa.text("retracted_at is null"),
            postgresql_where=sa.text("retracted_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_outcome_release_practitioner_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_release_audit_id"))

    op.drop_table("outcome_release")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_indicator_id"))

    op.drop_table("milestone")
    with op.batch_alter_table("child_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_action_unit_id"))
        batch_op.drop_index(batch_op.f("ix_child_action_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_child_action_owner_id_state"))
        batch_op.drop_index(batch_op.f("ix_child_action_audit_id"))

    op.drop_table("child_action")
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
    op.drop_table("tally")
    op.drop_table("recommendation")
    with op.batch_alter_table("readings_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_readings_file_owner_id"))
        batch_op.drop_index(batch_op.f("ix_readings_file_expires_at"))

    op.drop_table("readings_file")
    op.drop_table("published_briefing")
    with op.batch_alter_table("plan_former", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_former_plan_id"))

    op.drop_table("plan_former")
    with op.batch_alter_table("plan_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_file_sent_by"))

    op.drop_table("plan_file")
    with op.batch_alter_table("past_audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_audit_reference"))
        batch_op.drop_index(batch_op.f("ix_past_audit_month"))
        batch_op.drop_index(batch_op.f("ix_past_audit_import_id"))

    op.drop_table("past_audit")
    op.drop_table("wording_edition")
    with op.batch_alter_table("staged_past", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_past_owner_id"))
        batch_op.drop_index(batch_op.f("ix_staged_past_expires_at"))

    op.drop_table("staged_past")
    op.drop_table("reading_columns")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_unit_id"))
        batch_op.drop_index(batch_op.f("ix_plan_board_id"))

    op.drop_table("plan")
    with op.batch_alter_table("past_import", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_past_import_standing",
            sqlite_where=sa.text("taken_back_at IS NULL"),
            postgresql_where=sa.text("taken_back_at IS NULL"),
        )

    op.drop_table("past_import")
    op.drop_table("past_columns")
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_owner_id"))
        batch_op.drop_index(batch_op.f("ix_pack_expires_at"))

    op.drop_table("pack")
    op.drop_table("notice_matter_preference")
    op.drop_table("meeting")
    op.drop_table("learning_briefing")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_person_id"))

    op.drop_table("calendar_feed")
    op.drop_table("grade_word")
    with op.batch_alter_table("board", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_board_unit_id"))

    op.drop_table("board")
    op.drop_table("delta")
