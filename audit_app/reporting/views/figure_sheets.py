"""Every table of the measures pages as files to reckon with: Excel, OpenDocument and CSV."""

import datetime as dt
from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.measures import album
from audit_app.measures import queries as measures
from audit_app.measures.album import MONTHS, SHORT, TEAMS, Material
from audit_app.measures.forms import Asked, asked_by
from audit_app.measures.forms.comparing import OtherForm, comparison
from audit_app.measures.from_cells import counts_of
from audit_app.measures.shares import rows_by_month, rows_by_team
from audit_app.refusal import Refused
from audit_app.reporting import operations
from audit_app.reporting.contents.figure_sheets import (
    MEANINGS,
    about_figures,
    compared_sheet,
    counts_sheets,
    picture_sheet,
    rows_sheet,
)
from audit_app.reporting.contents.measures import TITLES
from audit_app.reporting.document import Table
from audit_app.reporting.sheet import csv_archive, ods_bytes, xlsx_bytes
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.figures import asked_of_units, page_asked, takes_figures
from audit_app.reporting.views.files import ODS, XLSX, ZIP, council, file, receipt
from audit_app.web.formats import Month
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

audits_cases = requires(Permission.AUDIT)
COMPARED, MINE = "Measures compared", "My figures"


def _of_page(form: str) -> Response:
    """Every table of one page; that somebody took them is recorded."""
    page, asked = page_asked(), asked_of_units()
    made_from = measures.material(page, asked.filters, asked.who, asked.asked)
    tables = [picture_sheet(one) for one in album.pictures(page, made_from)]
    if page == SHORT and made_from.sums.audits:
        counts = counts_of(made_from.sums.totals, every_section=made_from.every_section)
        tables = [*counts_sheets(counts), *tables]
    if page in (MONTHS, TEAMS) and made_from.sums.audits:
        tables.insert(0, _rows(page, made_from))
    return _file(form, TITLES[page], page, asked, tables)


def _rows(page: str, made_from: Material) -> Table:
    every = made_from.every_section
    if page == MONTHS:
        months = rows_by_month(made_from.sums, every_section=every)
        named = [(Month.of(dt.date.fromisoformat(one.key)), one) for one in months]
        return rows_sheet("Month by month", "Month", named)
    teams = rows_by_team(made_from.sums, made_from.teams or {}, made_from.order, every_section=every)
    return rows_sheet("Team by team", "Team", [(one.name, one) for one in teams])


def _of_comparison(form: str) -> Response:
    """Two periods or two units side by side; that somebody took them is recorded."""
    asked, other = asked_of_units(), OtherForm(request.args)
    other.offer(asked.form)
    if not other.chosen:
        return _file(form, COMPARED, "compared", asked, [])
    found = comparison(asked, other)
    if found.refused is not None:
        raise Refused(found.refused)
    tables = [compared_sheet(found.rows, found.names)]
    return _file(form, COMPARED, "compared", asked, tables, other.chosen)


def _of_own(form: str) -> Response:
    """An auditor's own figures; that they took them is recorded."""
    asked = asked_by(actor(), own=True)
    made_from = measures.own_material(asked.filters, asked.who, asked.asked)
    counts = counts_of(made_from.sums.totals, every_section=asked.filters.every_section)
    return _file(form, MINE, "own", asked, [*counts_sheets(counts), *map(picture_sheet, album.own_pictures(made_from))])


def _file(
    form: str, title: str, what: str, asked: Asked, tables: Sequence[Table], more: dict[str, str] | None = None
) -> Response:
    held, as_of, moment = measures.held_blind(actor()), receipt(), now()
    operations.note_figures_taken(form, what, asked.form.chosen | (more or {}), by=actor().id)
    keep()
    about = about_figures(title, asked.said, council=council(), produced_at=moment, receipt=as_of, left_out=held)
    name = f"{title.lower().replace(' ', '-')}-{today():%Y-%m-%d}.{form}"
    if form == "xlsx":
        return file(xlsx_bytes(tables, MEANINGS, about=about, produced_at=moment), XLSX, name)
    if form == "ods":
        return file(ods_bytes(tables, MEANINGS, about=about), ODS, name)
    return file(csv_archive(tables, MEANINGS, about=about), ZIP, name)


@blueprint.get("/measures/figures.xlsx")
@takes_figures
@records_reading
def figures_xlsx() -> ResponseReturnValue:
    """Every table of one page as an Excel workbook, with what the figures mean."""
    return _of_page("xlsx")


@blueprint.get("/measures/figures.ods")
@takes_figures
@records_reading
def figures_ods() -> ResponseReturnValue:
    """The same tables as an OpenDocument spreadsheet."""
    return _of_page("ods")


@blueprint.get("/measures/figures.zip")
@takes_figures
@records_reading
def figures_zip() -> ResponseReturnValue:
    """The same tables as CSV files in one archive."""
    return _of_page("zip")


@blueprint.get("/measures/compared.xlsx")
@takes_figures
@records_reading
def compared_xlsx() -> ResponseReturnValue:
    """A comparison as an Excel workbook."""
    return _of_comparison("xlsx")


@blueprint.get("/measures/compared.ods")
@takes_figures
@records_reading
def compared_ods() -> ResponseReturnValue:
    """A comparison as an OpenDocument spreadsheet."""
    return _of_comparison("ods")


@blueprint.get("/measures/compared.zip")
@takes_figures
@records_reading
def compared_zip() -> ResponseReturnValue:
    """A comparison as CSV files in one archive."""
    return _of_comparison("zip")


@blueprint.get("/measures/mine.xlsx")
@audits_cases
@records_reading
def own_xlsx() -> ResponseReturnValue:
    """One's own figures as an Excel workbook."""
    return _of_own("xlsx")


@blueprint.get("/measures/mine.ods")
@audits_cases
@records_reading
def own_ods() -> ResponseReturnValue:
    """One's own figures as an OpenDocument spreadsheet."""
    return _of_own("ods")


@blueprint.get("/measures/mine.zip")
@audits_cases
@records_reading
def own_zip() -> ResponseReturnValue:
    """One's own figures as CSV files in one archive."""
    return _of_own("zip")
