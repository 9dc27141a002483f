"""The report of a whole validation exercise, as a page and as files."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import now, today
from audit_app.reporting import operations
from audit_app.reporting.contents.audience import audiences_for
from audit_app.reporting.contents.validation import MEANINGS, validation_report
from audit_app.reporting.document import Document
from audit_app.reporting.queries import validations
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import audience_asked, council, paper_file, put_files, receipt
from audit_app.web.guard import actor, requires
from audit_app.web.transaction import keep

ONE = "/reports/exercises/<int(max=2147483647):exercise_id>"
reads_reports = requires(Permission.READ_REPORTS)


def _report(exercise_id: int) -> Document:
    exercise = validations.exercise_or_404(exercise_id, actor())
    material = validations.material_of(exercise, actor())
    paper = validation_report(material, audience_asked(), council=council(), produced_at=now(), receipt=receipt())
    return in_own_colours(paper, exercise.unit_id)


@blueprint.get(ONE)
@reads_reports
def exercise_show(exercise_id: int) -> ResponseReturnValue:
    """The report of an exercise as a page."""
    return render_template(
        "reporting/exercise.html",
        document=_report(exercise_id),
        exercise_id=exercise_id,
        audience=audience_asked(),
        audiences=audiences_for(actor()),
    )


def _taken(exercise_id: int, form: str) -> ResponseReturnValue:
    """The same to take away; that somebody has it is recorded."""
    paper, audience = _report(exercise_id), audience_asked()
    operations.note_exercise_taken(exercise_id, audience.value, by=actor().id)
    keep()
    name = f"external-validation-{exercise_id}-{today():%Y-%m-%d}-{audience.value}"
    return paper_file(paper, form, name, MEANINGS)


put_files(ONE, "exercise", reads_reports, _taken)
