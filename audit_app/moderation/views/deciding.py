"""Deciding with the earlier work in sight: agree or override, section by section, and the quality of the audit."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.auditing.queries import answers_of
from audit_app.frameworks.content import Section
from audit_app.moderation import operations, queries
from audit_app.moderation.forms.judging import (
    NOT_APPLICABLE,
    DecisionForm,
    FinalForm,
    QualityForm,
    decision_form,
    quality_form,
)
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.rules import Decision, lacking, missing_quality
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.moderating import (
    identifying,
    is_with_moderator,
    judges,
    menu,
    moderation_of,
    progress_of,
    rows_of,
    section_of,
    seen_of,
    standing_of,
)
from audit_app.refusal import Stale
from audit_app.web.errors import wants_json
from audit_app.web.guard import actor, records_reading

OPEN = (Phase.DECIDING, Phase.SETTLING)


def _form(moderation: Moderation, asked: Section) -> type[DecisionForm]:
    return decision_form(moderation.audit.tool, asked.key, standing_of(moderation).get(asked.key))


def shown(
    moderation: Moderation,
    asked: Section,
    form: DecisionForm | None = None,
    code: int = 200,
    *,
    stored: Decision | None = None,
) -> ResponseReturnValue:
    """The page of one section; stored is what was saved elsewhere in the meantime."""
    audit, standing = moderation.audit, standing_of(moderation)
    opinion = next((one for one in moderation.opinions if one.section == asked.key), None)
    decision = queries.decision_of(opinion) if opinion else Decision()
    blind = queries.blind_grade_of(opinion) if opinion and moderation.committed_at else None
    if form is None:
        form = _form(moderation, asked)(formdata=None)
        form.version.data = opinion.version_id if opinion else 0
        form.show(decision)
        if decision == Decision() and blind is not None and seen_of(moderation).differs(asked.key, standing[asked.key]):
            form["grade"].data = NOT_APPLICABLE if blind.not_applicable else blind.grade
    begun = decision != Decision()
    progress = progress_of(moderation)
    answer = answers_of(audit).get(asked.key)
    page = render_template(
        "moderation/section.html",
        moderation=moderation,
        section=asked,
        row=next(row for row in rows_of(moderation) if row.section.key == asked.key),
        blind=blind,
        blind_by=queries.judged_blind_by(moderation) if blind else "",
        standing=standing.get(asked.key),
        answers=answer.questions if answer else {},
        form=form,
        progress=progress,
        menu=menu(moderation, progress, asked.key),
        saved_at=opinion.saved_at if opinion else None,
        missing=lacking(audit.tool, asked, standing.get(asked.key), decision) if begun else (),
        warnings=identifying(decision.reason),
        stored=stored,
    )
    return page, code


@blueprint.post("/moderations/<int(max=2147483647):moderation_id>/sections/<section>/decide")
@judges
def decide(moderation_id: int, section: str) -> ResponseReturnValue:
    """Keep a decision on one section, by button or by itself while somebody writes."""
    moderation = moderation_of(moderation_id, to_write=True)
    asked = section_of(moderation, section)
    # Before the form is built: what stands is not read for whoever still judges blind.
    operations.working(moderation, *OPEN, by=actor())
    form = _form(moderation, asked)()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return shown(moderation, asked, form, 422)
    try:
        opinion = operations.decide(moderation, asked.key, form.given, form.version.data or 0, by=actor())
    except Stale:
        return _conflict(moderation, asked, form)
    if wants_json():
        return {"saved_at": opinion.saved_at.isoformat() if opinion.saved_at else "", "version": opinion.version_id}
    decision = queries.decision_of(opinion)
    missing = lacking(moderation.audit.tool, asked, standing_of(moderation).get(asked.key), decision)
    if missing or identifying(decision.reason):
        anchor = "missing" if missing else "names"
        return redirect(url_for("moderation.section", moderation_id=moderation.id, section=asked.key, _anchor=anchor))
    following = progress_of(moderation).after(asked.key)
    if following is None:
        return redirect(url_for("moderation.show", moderation_id=moderation.id))
    return redirect(url_for("moderation.section", moderation_id=moderation.id, section=following.key))


def _conflict(moderation: Moderation, asked: Section, form: DecisionForm) -> ResponseReturnValue:
    if wants_json():
        return {"reason": "This section was saved in another tab."}, 409
    opinion = next((one for one in moderation.opinions if one.section == asked.key), None)
    # Saving again from this page is a decision, made with both versions in sight.
    form.version.data = opinion.version_id if opinion else 0
    return shown(moderation, asked, form, 409, stored=queries.decision_of(opinion) if opinion else Decision())


@blueprint.post("/moderations/<int(max=2147483647):moderation_id>/agree-with-rest")
@judges
def agree_with_rest(moderation_id: int) -> ResponseReturnValue:
    """Agree with every section that was opened and is not decided."""
    moderation = moderation_of(moderation_id, to_write=True)
    form = FinalForm()
    if not form.validate():
        abort(400)
    count = operations.agree_with_rest(moderation, form.version.data or 0, by=actor())
    noun = "section" if count == 1 else "sections"
    flash(f"You agree with {count} {noun}. You can still change each of them until you finish.")
    return redirect(url_for("moderation.show", moderation_id=moderation.id))


def quality_shown(
    moderation: Moderation, form: QualityForm | None = None, code: int = 200, *, changed: bool = False
) -> ResponseReturnValue:
    """The page on how good the audit itself is; changed means that it was saved elsewhere in the meantime."""
    tool = moderation.audit.tool
    missing = missing_quality(tool, moderation.quality, moderation.with_auditor, lacks_day=moderation.lacks_day)
    begun = bool(moderation.quality or moderation.quality_words or moderation.with_auditor is not None)
    if form is None:
        form = quality_form(tool)(formdata=None, version=moderation.version_id)
        form.show(
            moderation.quality,
            moderation.quality_words,
            moderation.with_auditor,
            moderation.together_on,
            moderation.present,
        )
    progress = progress_of(moderation)
    page = render_template(
        "moderation/quality.html",
        moderation=moderation,
        form=form,
        menu=menu(moderation, progress),
        missing=missing if begun else (),
        warnings=[*identifying(moderation.quality_words), *identifying(moderation.present)],
        changed=changed,
    )
    return page, code


@blueprint.get("/moderations/<int(max=2147483647):moderation_id>/quality")
@judges
@records_reading
def quality(moderation_id: int) -> ResponseReturnValue:
    """How good the audit itself is, apart from the practice that it looked at."""
    moderation = moderation_of(moderation_id)
    if moderation.at not in OPEN or not is_with_moderator(moderation):
        return redirect(url_for("moderation.show", moderation_id=moderation.id))
    return quality_shown(moderation)


@blueprint.post("/moderations/<int(max=2147483647):moderation_id>/quality/rate")
@judges
def rate(moderation_id: int) -> ResponseReturnValue:
    """Keep the view of the audit's quality, by button or by itself while somebody writes."""
    moderation = moderation_of(moderation_id, to_write=True)
    operations.working(moderation, *OPEN, by=actor())
    form = quality_form(moderation.audit.tool)()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return quality_shown(moderation, form, 422)
    words, version = form.words.data or "", form.version.data or 0
    try:
        operations.rate(
            moderation,
            form.ratings,
            words,
            form.together,
            version,
            by=actor(),
            together_on=form.together_on.data,
            present=form.present.data or "",
        )
    except Stale:
        if wants_json():
            return {"reason": "This page was saved in another tab."}, 409
        form.version.data = moderation.version_id
        return quality_shown(moderation, form, 409, changed=True)
    if wants_json():
        return {"version": moderation.version_id}
    missing = missing_quality(
        moderation.audit.tool, moderation.quality, moderation.with_auditor, lacks_day=moderation.lacks_day
    )
    if missing or identifying(words) or identifying(moderation.present):
        return redirect(url_for("moderation.quality", moderation_id=moderation.id, _anchor="missing"))
    return redirect(url_for("moderation.show", moderation_id=moderation.id))
