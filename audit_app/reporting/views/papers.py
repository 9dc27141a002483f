"""The pages and files of reports: a round's report, a sample, pairs of judgements."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.measures import queries as measures
from audit_app.measures.definitions import DEFINITIONS
from audit_app.measures.forms import asked_by
from audit_app.refusal import Refusal, Refused
from audit_app.reporting import operations
from audit_app.reporting.contents.audience import Audience, audiences_for
from audit_app.reporting.contents.measures import MEANINGS as DEFINED
from audit_app.reporting.contents.pairs import HEADER, MEANINGS, about_pairs, pairs_table
from audit_app.reporting.contents.round import round_report
from audit_app.reporting.contents.sample import sample_paper
from audit_app.reporting.document import Document
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries import committee, pairs, rounds, samples, validations
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.sheet import ROW_LIMIT, csv_lines, ods_bytes, xlsx_bytes
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import (
    CSV,
    ODS,
    PDF,
    XLSX,
    audience_asked,
    council,
    file,
    paper_file,
    put_files,
    receipt,
)
from audit_app.reporting.words import Cell
from audit_app.sampling.queries.samples import sample_or_404
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

ROUND = "/reports/rounds/<int(max=2147483647):round_id>"
reads_reports = requires(Permission.READ_REPORTS)
runs_rounds = requires(Permission.RUN_ROUNDS)
takes_pairs = requires(Permission.EXPORT_PAIRS)


@blueprint.get("/reports")
@reads_reports
def index() -> ResponseReturnValue:
    """The rounds that have a report."""
    page = rounds.rounds_with_reports(
        actor(), after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return render_template(
        "reporting/index.html",
        page=page,
        lines=rounds.lines_of(page.items, actor()),
        counts=Audience.COLLEAGUES in audiences_for(actor()),  # else every number is small or tells of one that is
        findings=actor().may(Permission.EXPORT_PAIRS),
        exercises=validations.exercises_with_reports(actor()),
        committee=committee.reports_open_to(actor()),
    )


def _report(round_id: int, audience: Audience) -> Document:
    found = rounds.round_or_404(round_id, actor())
    material = rounds.material_of(found, actor(), published=audience.published)
    paper = round_report(material, audience, council=council(), produced_at=now(), receipt=receipt())
    return in_own_colours(paper, found.programme.unit_id)


@blueprint.get(ROUND)
@reads_reports
def round_show(round_id: int) -> ResponseReturnValue:
    """A round's report as a page."""
    audience = audience_asked()
    return render_template(
        "reporting/round.html",
        document=_report(round_id, audience),
        round_id=round_id,
        audience=audience,
        audiences=audiences_for(actor()),
    )


def _round_taken(round_id: int, form: str) -> ResponseReturnValue:
    """A round's report to take away; that somebody has it is recorded."""
    audience, found = audience_asked(), rounds.round_or_404(round_id, actor())
    paper = _report(round_id, audience)
    name = f"moderation-report-{round_id}-{found.month:%Y-%m}-{audience.value}"
    operations.note_report_taken(found, audience.value, by=actor().id)
    keep()
    return paper_file(paper, form, name, DEFINED)


put_files(ROUND, "round", reads_reports, _round_taken)


@blueprint.get("/samples/<int(max=2147483647):sample_id>.pdf")
@runs_rounds
@records_reading
def sample_pdf(sample_id: int) -> ResponseReturnValue:
    """A sample as a PDF: with its cases for colleagues, without small numbers for a board or to publish."""
    sample = sample_or_404(sample_id, actor())
    audience = next((one for one in Audience if one.value == request.args.get("for")), Audience.COLLEAGUES)
    material, as_of = samples.material_of(sample, actor()), receipt()
    name = f"sample-{sample_id}-{material.facts.month:%Y-%m}-{audience.value}.pdf"
    operations.note_sample_taken(sample, audience.value, by=actor().id)
    keep()
    paper = sample_paper(material, audience, council=council(), produced_at=now(), receipt=as_of)
    paper = in_own_colours(paper, sample.round.programme.unit_id)
    return file(pdf(paper), PDF, name)


def _pairs(form: str) -> tuple[tuple[tuple[Cell, ...], ...], tuple[tuple[str, Cell], ...]]:
    """The pairs that the address asks for, and what was asked; that somebody has them is recorded."""
    asked = asked_by(pairs.taker_of(actor()))
    rows = pairs.pairs(asked.filters, actor())
    if form != "csv" and len(rows) > ROW_LIMIT:
        raise Refused(Refusal("There are more pairs than a workbook can hold. Take them as CSV, or choose fewer."))
    operations.note_pairs_taken(form, len(rows), asked.form.chosen, by=actor().id)
    held_blind = measures.held_blind(actor())
    keep()
    return rows, about_pairs(asked.said, council=council(), produced_at=now(), count=len(rows), held_blind=held_blind)


@blueprint.get("/reports/pairs.csv")
@takes_pairs
@records_reading
def pairs_csv() -> ResponseReturnValue:
    """Pairs of judgements as a CSV file, with the filters of the measures page."""
    rows, _ = _pairs("csv")
    return file(csv_lines(HEADER, rows), CSV, f"pairs-{today():%Y-%m-%d}.csv")


@blueprint.get("/reports/pairs.xlsx")
@takes_pairs
@records_reading
def pairs_xlsx() -> ResponseReturnValue:
    """The same pairs as an Excel workbook, with what its columns and the figures mean."""
    rows, about = _pairs("xlsx")
    book = xlsx_bytes([pairs_table(rows)], _meanings(), about=about, produced_at=now())
    return file(book, XLSX, f"pairs-{today():%Y-%m-%d}.xlsx")


@blueprint.get("/reports/pairs.ods")
@takes_pairs
@records_reading
def pairs_ods() -> ResponseReturnValue:
    """The same pairs as an OpenDocument sheet."""
    rows, about = _pairs("ods")
    return file(ods_bytes([pairs_table(rows)], _meanings(), about=about), ODS, f"pairs-{today():%Y-%m-%d}.ods")


def _meanings() -> tuple[tuple[str, str], ...]:
    """What the columns and the figures mean."""
    return (*MEANINGS, *((one.name, f"{one.counts} {one.mind}".strip()) for one in DEFINITIONS))
