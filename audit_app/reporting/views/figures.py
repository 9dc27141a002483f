"""Pictures of the measures pages as files, and a page of measures as a PDF."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.measures import album
from audit_app.measures import queries as measures
from audit_app.measures.album import MONTHS, PAGES, SHORT
from audit_app.measures.forms import Asked, asked_by
from audit_app.measures.from_cells import counts_of
from audit_app.measures.pictures.picture import Picture
from audit_app.measures.sentences import headlines
from audit_app.reporting import operations
from audit_app.reporting.contents.figure_sheets import picture_sheet
from audit_app.reporting.contents.measures import TITLES, measures_paper
from audit_app.reporting.document import Document
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries.looks import in_colours_of
from audit_app.reporting.sheet import csv_bytes
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import CSV, PDF, SVG, council, file, receipt
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

takes_figures = requires(Permission.READ_AUDITS)  # working figures, with small numbers in them; boards have papers


def page_asked() -> str:
    """The page of measures that the address asks for."""
    page = request.args.get("page", SHORT)
    if page not in PAGES:
        abort(404)
    return page


def asked_of_units() -> Asked:
    """What the address asks for, as somebody who works with the audits of their units."""
    return asked_by(actor().limited_to(Permission.READ_AUDITS))


def _picture(form: str) -> tuple[Picture, str]:
    """The picture that the address asks for; that somebody took it is recorded."""
    page, asked = page_asked(), asked_of_units()
    made_from = measures.material(page, asked.filters, asked.who, asked.asked)
    wanted = request.args.get("picture", "")
    found = next((one for one in album.pictures(page, made_from) if one.key == wanted), None)
    if found is None:
        abort(404)
    operations.note_figures_taken(form, found.key, asked.form.chosen, by=actor().id)
    return found, f"{found.key.replace('_', '-')}-{today():%Y-%m-%d}.{form}"


@blueprint.get("/measures/picture.svg")
@takes_figures
@records_reading
def picture_svg() -> ResponseReturnValue:
    """One picture, as it is drawn on the page."""
    picture, name = _picture("svg")
    return file(picture.wide.svg(picture.key).encode(), SVG, name)


@blueprint.get("/measures/picture.csv")
@takes_figures
@records_reading
def picture_csv() -> ResponseReturnValue:
    """The numbers of one picture."""
    picture, name = _picture("csv")
    return file(csv_bytes(picture_sheet(picture)), CSV, name)


def _paper(form: str) -> tuple[Document, str]:
    """A page of measures as a paper; that somebody took it is recorded."""
    page, asked = page_asked(), asked_of_units()
    made_from = measures.material(page, asked.filters, asked.who, asked.asked)
    counts, said = None, list[str]()
    if page == SHORT and made_from.sums.audits:
        counts = counts_of(made_from.sums.totals, every_section=asked.filters.every_section)
        said = [*headlines(counts, asked.filters.tier), album.had_all_been_moderated(made_from.sums)]
    if page == MONTHS:
        said = [album.trend(made_from)]
    pictures = album.pictures(page, made_from)
    held, as_of = measures.held_blind(actor()), receipt()
    operations.note_figures_taken(form, page, asked.form.chosen, by=actor().id)
    keep()
    paper = measures_paper(
        page,
        pictures,
        [one for one in said if one],
        counts,
        asked.said,
        council=council(),
        produced_at=now(),
        receipt=as_of,
        held_blind=held,
        about=asked.caption,
    )
    return in_colours_of(paper, actor()), f"{TITLES[page].lower().replace(' ', '-')}-{today():%Y-%m-%d}.{form}"


@blueprint.get("/measures/figures.pdf")
@takes_figures
@records_reading
def figures_pdf() -> ResponseReturnValue:
    """One page of measures as a PDF, with the same pictures."""
    paper, name = _paper("pdf")
    return file(pdf(paper), PDF, name)
