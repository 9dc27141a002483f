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
        "notice_matter_preference",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.CheckConstraint("how in ('at_once', 'daily', 'here')", name=op.f("ck_notice_matter_preference_how")),
        sa.CheckConstraint(
            "matter in ('audits', 'contributions', 'outcomes', 'rounds')",
            name=op.f("ck_notice_matter_preference_matter"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_matter_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", "matter", name=op.f("pk_notice_matter_preference")),
    )
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
            "'action_not_accepted', 'action_answered', 'action_moved', 'action_withdrawn', 'leaves'"
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

    with op.batch_alter_table("added_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_added_section_moderation_id"))

    op.drop_table("added_section")
    with op.batch_alter_table("tallied", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tallied_month"))

    op.drop_table("tallied")
    op.drop_table("tally")
    op.drop_table("published_briefing")
    op.drop_table("notice_matter_preference")
    op.drop_table("learning_briefing")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_person_id"))

    op.drop_table("calendar_feed")
    op.drop_table("delta")
