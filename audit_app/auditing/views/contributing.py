"""The pages of a contributor: what they are asked, the sections of their agency, and saying that they are done."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing import queries
from audit_app.auditing.contributing import contribution_gaps, refusal_to_contribute
from audit_app.auditing.drafts import Draft
from audit_app.auditing.forms import DoneForm, PassageForm, passage_form
from audit_app.auditing.model import Contribution
from audit_app.auditing.operations import contributions as operations
from audit_app.auditing.views import blueprint
from audit_app.auditing.views.asking import states_of
from audit_app.auditing.views.writing import sensitive
from audit_app.frameworks.content import CATEGORIES, Section
from audit_app.refusal import Refused, Stale
from audit_app.web.errors import wants_json
from audit_app.web.guard import actor, records_reading, requires

contributes = requires(Permission.CONTRIBUTE)


def _section(one: Contribution, key: str) -> Section:
    found = next((section for section in one.sections if section.key == key), None)
    if found is None:
        abort(404)
    return found


def _written(one: Contribution, section: Section) -> str:
    draft = one.drafts.get(section.key, Draft())
    if draft == Draft():
        return "Not started"
    return "In progress" if contribution_gaps((section,), one.drafts) else "Complete"


@blueprint.get("/contributions/<int(max=2147483647):contribution_id>")
@contributes
@records_reading
def contribution(contribution_id: int) -> ResponseReturnValue:
    """What a contributor is asked for, and how far they are; that they opened it is recorded."""
    one = queries.contribution_or_404(contribution_id, actor())
    operations.open_contribution(one, by=actor())
    return _frame(one, DoneForm(formdata=None, version=one.version_id))


def _frame(one: Contribution, form: DoneForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "auditing/contribution.html",
        one=one,
        form=form,
        category=CATEGORIES.get(one.audit.category, one.audit.category),
        state=states_of([one])[one.id],
        sections=[(section, _written(one, section)) for section in one.sections],
        missing=contribution_gaps(one.sections, one.drafts),
        warnings=[s for s in one.sections if sensitive(one.drafts.get(s.key, Draft()))],
        fixed=refusal_to_contribute(one.audit.facts, one, actor(), changing=False),
        others=queries.shared_with(one),
    )
    return page, code


@blueprint.get("/contributions/<int(max=2147483647):contribution_id>/sections/<section>")
@contributes
def contribution_section(contribution_id: int, section: str) -> ResponseReturnValue:
    """One section of a contributor's agency."""
    one = queries.contribution_or_404(contribution_id, actor())
    asked = _section(one, section)
    if refusal_to_contribute(one.audit.facts, one, actor()) is not None:
        return redirect(url_for("auditing.contribution", contribution_id=one.id))
    form = passage_form(one.audit.tool, asked.key)(formdata=None)
    passage = next((p for p in one.passages if p.section == asked.key), None)
    if passage is not None:
        form.show(passage.draft)
        form.version.data = passage.version_id
    return _page(one, asked, form)


def _page(
    one: Contribution, asked: Section, form: PassageForm, code: int = 200, theirs: Draft | None = None
) -> ResponseReturnValue:
    passage = next((p for p in one.passages if p.section == asked.key), None)
    page = render_template(
        "auditing/contribution_section.html",
        one=one,
        section=asked,
        form=form,
        theirs=theirs,
        saved_at=passage.saved_at if passage else None,
        warnings=sensitive(passage.draft) if passage else [],
        category=CATEGORIES.get(one.audit.category, one.audit.category),
    )
    return page, code


@blueprint.post("/contributions/<int(max=2147483647):contribution_id>/sections/<section>")
@contributes
def contribution_save(contribution_id: int, section: str) -> ResponseReturnValue:
    """Save what a contributor wrote in a section, by button or by itself while they write."""
    one = queries.contribution_or_404(contribution_id, actor(), to_write=True)
    asked = _section(one, section)
    form = passage_form(one.audit.tool, asked.key)()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return _page(one, asked, form, 422)
    draft = form.draft(asked)
    try:
        passage = operations.contribute(one, asked.key, draft, form.version.data or 0, by=actor())
    except Stale:
        return _conflict(one, asked, form)
    except Refused as refused:
        if wants_json():
            return {"reason": refused.refusal.reason}, 422
        form.form_errors.append(refused.refusal.reason)
        return _page(one, asked, form, 422)
    if wants_json():
        return {"saved_at": passage.saved_at.isoformat(), "version": passage.version_id}
    if sensitive(draft):
        here = url_for("auditing.contribution_section", contribution_id=one.id, section=asked.key, _anchor="names")
        return redirect(here)
    keys = [s.key for s in one.sections]
    after = keys[keys.index(asked.key) + 1 :]
    if after:
        return redirect(url_for("auditing.contribution_section", contribution_id=one.id, section=after[0]))
    return redirect(url_for("auditing.contribution", contribution_id=one.id))


def _conflict(one: Contribution, asked: Section, form: PassageForm) -> ResponseReturnValue:
    """They saved in another tab first: both versions are shown, neither is lost."""
    if wants_json():
        return {"reason": "This section was saved in another tab."}, 409
    passage = next((p for p in one.passages if p.section == asked.key), None)
    # Saving again from this page is a decision, made with both versions in sight.
    form.version.data = passage.version_id if passage else 0
    return _page(one, asked, form, 409, passage.draft if passage else Draft())


@blueprint.post("/contributions/<int(max=2147483647):contribution_id>/finish")
@contributes
def contribution_finish(contribution_id: int) -> ResponseReturnValue:
    """Say that one's contribution is done."""
    one = queries.contribution_or_404(contribution_id, actor(), to_write=True)
    form = DoneForm()
    if not form.validate():
        abort(400)
    try:
        operations.finish(one, form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _frame(one, form, 422)
    flash(f"Your contribution for {one.agency_name} is done. The lead auditor reads it beside the section.")
    return redirect(url_for("auditing.contribution", contribution_id=one.id))


@blueprint.post("/contributions/<int(max=2147483647):contribution_id>/reopen")
@contributes
def contribution_reopen(contribution_id: int) -> ResponseReturnValue:
    """Open one's finished contribution again."""
    one = queries.contribution_or_404(contribution_id, actor(), to_write=True)
    form = DoneForm()
    if not form.validate():
        abort(400)
    try:
        operations.reopen(one, form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _frame(one, form, 422)
    flash("You can change your contribution again. Say that it is done when you are.")
    return redirect(url_for("auditing.contribution", contribution_id=one.id))
