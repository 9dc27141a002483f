"""Two periods or two units side by side."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from audit_app.measures.comparing import verdict
from audit_app.measures.definitions import definition
from audit_app.measures.forms import Asked
from audit_app.measures.forms.comparing import OtherForm, comparison
from audit_app.measures.views import blueprint
from audit_app.measures.views.figures import asked_of_units, works_with


@blueprint.get("/measures/compare")
@works_with
def compare() -> ResponseReturnValue:
    """Every share of what the filters choose beside the same of other months or another unit."""
    asked = asked_of_units()
    form = OtherForm(request.args)
    form.offer(asked.form)
    if not form.chosen:
        return _page(asked, form)
    found = comparison(asked, form)
    if found.refused is not None:
        return _page(asked, form, refused=found.refused.reason), 422
    said = verdict(found.rows, *found.names)
    return _page(asked, form, rows=found.rows, names=found.names, verdict=said, counts=found.counts)


def _page(asked: Asked, form: OtherForm, **more: object) -> str:
    return render_template(
        "measures/compare.html",
        asked=asked,
        other=form,
        held_blind=asked.held,
        definition=definition,
        every_section=asked.filters.every_section,
        **more,
    )
