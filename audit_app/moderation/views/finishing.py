"""The last page of a moderation, with both columns whole, and finishing it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.moderation import operations, queries
from audit_app.moderation.forms.judging import FinalForm
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.rules import missing_quality
from audit_app.moderation.views import blueprint, judging
from audit_app.moderation.views.moderating import (
    is_with_moderator,
    judges,
    moderation_of,
    note_opening,
    progress_of,
    rows_of,
)
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, records_reading


@blueprint.get("/moderations/<int(max=2147483647):moderation_id>/check")
@judges
@records_reading
def check(moderation_id: int) -> ResponseReturnValue:
    """Everything once more, before blind grades are committed or the moderation is finished."""
    moderation = moderation_of(moderation_id)
    if not is_with_moderator(moderation):
        return redirect(url_for("moderation.show", moderation_id=moderation.id))
    if moderation.at is Phase.JUDGING_BLIND:
        return judging.checked(moderation)
    note_opening(moderation)
    return _checked(moderation)


def _checked(moderation: Moderation, form: FinalForm | None = None, code: int = 200) -> ResponseReturnValue:
    progress, tool = progress_of(moderation), moderation.audit.tool
    missing = missing_quality(tool, moderation.quality, moderation.with_auditor, lacks_day=moderation.lacks_day)
    decisions = queries.decisions_of(moderation)
    complete = [one.section for one in progress.sections if one.done]
    page = render_template(
        "moderation/check.html",
        moderation=moderation,
        rows=rows_of(moderation),
        decisions=decisions,
        agreed=sum(decisions[section.key].decision == "agree" for section in complete),
        overridden=[section for section in complete if decisions[section.key].decision == "override"],
        blind=queries.blind_grades_of(moderation) if moderation.committed_at else {},
        blind_by=queries.judged_blind_by(moderation),
        left=progress.left,
        missing=missing,
        incomplete=queries.incomplete(moderation),
        form=form or FinalForm(formdata=None, version=moderation.edition),
    )
    return page, code


@blueprint.post("/moderations/<int(max=2147483647):moderation_id>/finish")
@judges
def finish(moderation_id: int) -> ResponseReturnValue:
    """Finish the moderation: the decisions stand, and the auditor sees them."""
    moderation = moderation_of(moderation_id, to_write=True)
    form = FinalForm()
    if not form.validate():
        abort(400)
    operations.working(moderation, Phase.DECIDING, Phase.SETTLING, by=actor())
    if form.version.data != moderation.edition:
        raise Stale("your decisions")
    try:
        operations.finish(moderation, moderation.version_id, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checked(moderation, form, 422)
    reference = moderation.audit.case.reference
    flash(f"Your moderation of case {reference} is finished. The auditor sees what you decided, and why.")
    return redirect(url_for("moderation.show", moderation_id=moderation.id))
