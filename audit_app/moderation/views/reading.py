"""Where a moderation stands and what comes next, and its sections."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.moderation import operations, queries
from audit_app.moderation.forms.judging import FinalForm
from audit_app.moderation.model import Phase
from audit_app.moderation.rules import missing_quality, refusal_to_agree_with_rest
from audit_app.moderation.views import blueprint, deciding, judging
from audit_app.moderation.views.moderating import (
    is_with_moderator,
    judges,
    menu,
    moderation_of,
    note_opening,
    own_alerts,
    progress_of,
    rows_of,
    section_of,
    stopped,
)
from audit_app.web.guard import actor, records_reading


@blueprint.get("/moderations/<int(max=2147483647):moderation_id>")
@judges
@records_reading
def show(moderation_id: int) -> ResponseReturnValue:
    """Where a moderation stands and what comes next."""
    moderation = moderation_of(moderation_id)
    if moderation.at is Phase.DONE:
        note_opening(moderation)
        return render_template("moderation/done.html", moderation=moderation, rows=rows_of(moderation))
    if not is_with_moderator(moderation):
        return render_template("moderation/waiting.html", moderation=moderation, stopped=stopped(moderation))
    progress = progress_of(moderation)
    sections = menu(moderation, progress)
    if moderation.at is Phase.JUDGING_BLIND:
        return render_template(
            "moderation/blind.html",
            moderation=moderation,
            progress=progress,
            menu=sections,
            alerts=own_alerts(moderation),
        )
    note_opening(moderation)
    tool, unopened = moderation.audit.tool, queries.unopened(moderation)
    return render_template(
        "moderation/show.html",
        moderation=moderation,
        progress=progress,
        menu=sections,
        missing=missing_quality(tool, moderation.quality, moderation.with_auditor, lacks_day=moderation.lacks_day),
        blank=queries.blank(moderation),
        incomplete=queries.incomplete(moderation),
        not_yet=refusal_to_agree_with_rest(len(unopened)),
        unopened=unopened,
        alerts=own_alerts(moderation),
        blind_by=queries.judged_blind_by(moderation),
        reopened=queries.reopened_because(moderation),
        form=FinalForm(formdata=None, version=moderation.version_id),
    )


@blueprint.get("/moderations/<int(max=2147483647):moderation_id>/sections/<section>")
@judges
@records_reading
def section(moderation_id: int, section: str) -> ResponseReturnValue:
    """One section: judged blind, or decided with what was judged before beside it."""
    moderation = moderation_of(moderation_id, to_write=True)
    asked = section_of(moderation, section)
    if not is_with_moderator(moderation):
        return redirect(url_for("moderation.show", moderation_id=moderation.id))
    if moderation.at is Phase.JUDGING_BLIND:
        return judging.shown(moderation, asked)
    note_opening(moderation)
    operations.open_section(moderation, asked.key, by=actor())
    return deciding.shown(moderation, asked)
