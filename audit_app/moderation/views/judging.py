"""Judging blind: one section at a time with nothing that anybody else entered, then committing for good."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.frameworks.content import Section
from audit_app.moderation import operations, queries
from audit_app.moderation.forms.judging import BlindForm, FinalForm, blind_form
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.progress import blind_progress
from audit_app.moderation.rules import BlindGrade
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.moderating import (
    identifying,
    is_with_moderator,
    judges,
    menu,
    moderation_of,
    progress_of,
    section_of,
)
from audit_app.refusal import Refused, Stale
from audit_app.web.errors import wants_json
from audit_app.web.guard import actor


def shown(
    moderation: Moderation,
    asked: Section,
    form: BlindForm | None = None,
    code: int = 200,
    *,
    stored: BlindGrade | None = None,
) -> ResponseReturnValue:
    """The page of one section; stored is what was saved elsewhere in the meantime."""
    opinion = next((one for one in moderation.opinions if one.section == asked.key), None)
    if form is None:
        form = blind_form(moderation.audit.tool, asked.key)(formdata=None)
        if opinion is not None:
            form.show(queries.blind_grade_of(opinion))
            form.version.data = opinion.version_id
    progress = progress_of(moderation)
    page = render_template(
        "moderation/blind_section.html",
        moderation=moderation,
        section=asked,
        form=form,
        progress=progress,
        menu=menu(moderation, progress, asked.key),
        saved_at=opinion.saved_at if opinion else None,
        warnings=identifying(opinion.blind_reason) if opinion else [],
        stored=stored,
    )
    return page, code


@blueprint.post("/moderations/<int(max=2147483647):moderation_id>/sections/<section>/grade")
@judges
def grade(moderation_id: int, section: str) -> ResponseReturnValue:
    """Keep one's own grade, by button or by itself while somebody writes."""
    moderation = moderation_of(moderation_id, to_write=True)
    asked = section_of(moderation, section)
    form = blind_form(moderation.audit.tool, asked.key)()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return shown(moderation, asked, form, 422)
    try:
        opinion = operations.save_blind(moderation, asked.key, form.given, form.version.data or 0, by=actor())
    except Stale:
        return _conflict(moderation, asked, form)
    if wants_json():
        return {"saved_at": opinion.saved_at.isoformat() if opinion.saved_at else "", "version": opinion.version_id}
    if identifying(opinion.blind_reason):
        here = url_for("moderation.section", moderation_id=moderation.id, section=asked.key, _anchor="names")
        return redirect(here)
    following = blind_progress(queries.sections_of(moderation.audit), queries.blind_grades_of(moderation)).after(
        asked.key
    )
    if following is None:
        return redirect(url_for("moderation.check", moderation_id=moderation.id))
    return redirect(url_for("moderation.section", moderation_id=moderation.id, section=following.key))


def _conflict(moderation: Moderation, asked: Section, form: BlindForm) -> ResponseReturnValue:
    if wants_json():
        return {"reason": "This section was saved in another tab."}, 409
    opinion = next((one for one in moderation.opinions if one.section == asked.key), None)
    # Saving again from this page is a decision, made with both versions in sight.
    form.version.data = opinion.version_id if opinion else 0
    return shown(moderation, asked, form, 409, stored=queries.blind_grade_of(opinion) if opinion else BlindGrade())


def checked(moderation: Moderation, form: FinalForm | None = None, code: int = 200) -> ResponseReturnValue:
    """One's own grades once more, and what committing them means."""
    page = render_template(
        "moderation/commit.html",
        moderation=moderation,
        sections=queries.sections_of(moderation.audit),
        grades=queries.blind_grades_of(moderation),
        progress=progress_of(moderation),
        form=form or FinalForm(formdata=None, version=moderation.edition),
    )
    return page, code


@blueprint.post("/moderations/<int(max=2147483647):moderation_id>/commit")
@judges
def commit(moderation_id: int) -> ResponseReturnValue:
    """Commit one's own grades for good, and see the others."""
    moderation = moderation_of(moderation_id, to_write=True)
    form = FinalForm()
    if not form.validate():
        abort(400)
    if moderation.at is Phase.JUDGING_BLIND and form.version.data != moderation.edition:
        raise Stale("your grades")
    try:
        operations.commit_blind(moderation, moderation.version_id, by=actor())
    except Refused as refused:
        if moderation.at is not Phase.JUDGING_BLIND or not is_with_moderator(moderation):
            raise
        form.form_errors.append(refused.refusal.reason)
        return checked(moderation, form, 422)
    differ = len(progress_of(moderation).left)
    same = progress_of(moderation).total - differ
    flash(f"Your grades are committed. {same} are the same as the grades that stand; {differ} differ.")
    return redirect(url_for("moderation.show", moderation_id=moderation.id))
