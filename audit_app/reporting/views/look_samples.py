"""An example of a paper in the colour and with the logo that are tried out, before papers carry them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import now
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import latest_look, look_at, unit_or_404
from audit_app.reporting.contents.sample_look import look_sample
from audit_app.reporting.document import Document
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import council, paper_file
from audit_app.web.guard import actor, requires

SAMPLE = "/units/<int(max=2147483647):unit_id>/papers/sample"
manages = requires(Permission.MANAGE_UNITS)


def _sample(unit_id: int) -> tuple[Document, Unit]:
    """The example with the unit's last look, in use or not; with the look of a unit above where it has none."""
    unit = unit_or_404(unit_id, actor().paths(Permission.MANAGE_UNITS))
    last = latest_look(unit)
    look = last.look if last is not None else look_at(unit.path, now())
    return look_sample(look, council=council(), unit=unit.name, produced_at=now()), unit


@blueprint.get(SAMPLE)
@manages
def sample_page(unit_id: int) -> ResponseReturnValue:
    """The example as a page."""
    paper, unit = _sample(unit_id)
    return render_template("reporting/sample.html", document=paper, unit=unit)


@blueprint.get(f"{SAMPLE}.<any(pdf, docx):form>")
@manages
def sample_file(unit_id: int, form: str) -> ResponseReturnValue:
    """The example as a PDF or as a Word document."""
    paper, _ = _sample(unit_id)
    return paper_file(paper, form, "how-papers-look")
