"""What boards read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_width", sa.Integer(), nullable=False),
        sa.Column("logo_height", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(logo is null) = (logo_width = 0) and (logo is null) = (logo_height = 0)",
            name=op.f("ck_paper_look_whole_logo"),
        ),
        sa.CheckConstraint("length(colour) in (0, 7)", name=op.f("ck_paper_look_a_colour")),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_look_counted_from_one")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_paper_look_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_look")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_paper_look_unit_id_number")),
    )
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
        "committee_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("report_of", sa.String(), nullable=False),
        sa.Column("wards", sa.String(), nullable=False),
        sa.Column("marking", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("finalised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finalised_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "marking in ('OPEN', 'OFFICIAL', 'OFFICIAL-SENSITIVE')", name=op.f("ck_committee_report_marking")
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_committee_report_titled")),
        sa.ForeignKeyConstraint(["finalised_by"], ["person.id"], name=op.f("fk_committee_report_finalised_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_committee_report_meeting_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_committee_report_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_report")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_committee_report_meeting_id")),
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
        "committee_report_former",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_committee_report_former_changed_by")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["committee_report.id"], name=op.f("fk_committee_report_former_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_report_former")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_committee_report_former_report_id_number")),
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

    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted", sa.JSON(), nullable=True))

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scales_key", sa.String(), nullable=True))

    with op.batch_alter_table("tallied", schema=None) as batch_op:
        batch_op.add_column(sa.Column("category", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("changes_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_tallied_changes_on"), ["changes_on"], unique=False)

    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.add_column(sa.Column("category", sa.String(), server_default="", nullable=False))

    # Sums are kept by category too. What is kept is made from the ledger: note every audit, and it is made anew.
    for made in ("tally", "tallied", "delta"):
        op.execute(f"DELETE FROM {made}")  # noqa: S608 (names of our own)
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_constraint("pk_tally", type_="primary")
        batch_op.create_primary_key(
            "pk_tally", ["kind", "section", "of", "month", "programme_id", "tool_version_id", "category"]
        )
    op.execute("INSERT INTO delta (audit_id) SELECT id FROM audit")
    # What came of an audit counts too: actions, re-audits, and what a later audit says of the earlier one's concerns.
    came = "SELECT one FROM (SELECT {0} AS one) AS noted WHERE one IS NOT NULL"
    both = "SELECT one FROM (SELECT OLD.follows_id AS one UNION SELECT NEW.follows_id) AS noted WHERE one IS NOT NULL"
    came_of = [
        ("audit", "follows_insert", "INSERT", came.format("NEW.follows_id"), ""),
        ("audit", "follows_update", "UPDATE", both, "stage follows_id"),
        ("audit", "category_update", "UPDATE", "SELECT NEW.id", "category"),
        ("judgement", "reason_update", "UPDATE", "SELECT NEW.audit_id", "reason_code"),
        ("child_action", "counts_insert", "INSERT", "SELECT NEW.audit_id", ""),
        ("child_action", "counts_update", "UPDATE", "SELECT NEW.audit_id", "state done_at due_on given_at"),
        ("child_action", "counts_delete", "DELETE", "SELECT OLD.audit_id", ""),
        ("re_audit", "counts_insert", "INSERT", "SELECT NEW.audit_id", ""),
        ("re_audit", "counts_update", "UPDATE", "SELECT NEW.audit_id", "month ended_at"),
        ("re_audit", "counts_delete", "DELETE", "SELECT OLD.audit_id", ""),
    ]
    for table, what, verb, audits, names in came_of:
        sqlite = op.get_bind().dialect.name == "sqlite"
        changed = "OLD.{0} IS NOT NEW.{0}" if sqlite else "OLD.{0} IS DISTINCT FROM NEW.{0}"
        of = f" OF {', '.join(names.split())}" if names else ""
        when = f" WHEN ({' OR '.join(changed.format(name) for name in names.split())})" if names else ""
        name, note = f"{table}_{what}", f"INSERT INTO delta (audit_id) {audits}"
        if sqlite:
            op.execute(f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}{when} BEGIN {note}; END")
        else:
            body = f"BEGIN {note}; RETURN {'OLD' if verb == 'DELETE' else 'NEW'}; END"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
            row = f"FOR EACH ROW{when} EXECUTE FUNCTION {name}()"
            op.execute(f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table} {row}")


def downgrade() -> None:
    for table, whats in (
        ("audit", "follows_insert follows_update category_update"),
        ("judgement", "reason_update"),
        ("child_action", "counts_insert counts_update counts_delete"),
        ("re_audit", "counts_insert counts_update counts_delete"),
    ):
        for what in whats.split():
            on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_{what}{on}")
            if on:
                op.execute(f"DROP FUNCTION {table}_{what}()")
    for made in ("tally", "tallied", "delta"):
        op.execute(f"DELETE FROM {made}")  # noqa: S608 (names of our own)
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_constraint("pk_tally", type_="primary")
        batch_op.create_primary_key("pk_tally", ["kind", "section", "of", "month", "programme_id", "tool_version_id"])
    op.execute("INSERT INTO delta (audit_id) SELECT id FROM audit")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_column("category")

    with op.batch_alter_table("tallied", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tallied_changes_on"))
        batch_op.drop_column("changes_on")
        batch_op.drop_column("category")

    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("scales_key")

    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.drop_column("counted")

    with op.batch_alter_table("evaluation_former", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_former_statement_id"))

    op.drop_table("evaluation_former")
    with op.batch_alter_table("evaluation_citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_citation_statement_id"))

    op.drop_table("evaluation_citation")
    op.drop_table("committee_report_former")
    op.drop_table("published_evaluation")
    with op.batch_alter_table("evaluation_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evaluation_statement_edition_id"))

    op.drop_table("evaluation_statement")
    op.drop_table("committee_report")
    op.drop_table("evaluation_edition")
    op.drop_table("paper_look")
