"""Sections that an external auditor adds: choosing one, writing it, and removing it again."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.ledger import EXTERNAL
from audit_app.moderation import operations, queries
from audit_app.moderation.adding import Addition, addition_lacks, can_be_added
from audit_app.moderation.forms.adding import AddedForm, AddForm, add_form, added_form
from audit_app.moderation.forms.judging import FinalForm
from audit_app.moderation.model import AddedSection, Moderation, Phase
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.moderating import identifying, is_with_moderator, menu, moderation_of, progress_of
from audit_app.refusal import Refused, Stale
from audit_app.web.errors import wants_json
from audit_app.web.guard import actor, records_reading, requires

OPEN = (Phase.DECIDING, Phase.SETTLING)
ONE = "/moderations/<int(max=2147483647):moderation_id>/added"
ADDED = f"{ONE}/<int(max=2147483647):added_id>"
validates = requires(Permission.VALIDATE)


def _moderation(moderation_id: int, *, to_write: bool = False) -> Moderation:
    """One's own validation; a senior moderation has no such pages."""
    moderation = moderation_of(moderation_id, to_write=to_write)
    if moderation.tier != EXTERNAL:
        abort(404)
    return moderation


def _added(moderation: Moderation, added_id: int) -> AddedSection:
    found = next((one for one in moderation.added if one.id == added_id), None)
    if found is None:
        abort(404)
    return found


def _is_open(moderation: Moderation) -> bool:
    return moderation.at in OPEN and is_with_moderator(moderation)


def _choosing(moderation: Moderation, form: AddForm, code: int = 200) -> ResponseReturnValue:
    standing = queries.standing_before(moderation.audit, moderation.tier)
    sections = queries.sections_of(moderation.audit)
    page = render_template(
        "moderation/add_section.html",
        moderation=moderation,
        form=form,
        menu=menu(moderation, progress_of(moderation)),
        not_applicable=[one for one in sections if one.key in standing and standing[one.key].grade is None],
    )
    return page, code


def _form(moderation: Moderation) -> type[AddForm]:
    audit = moderation.audit
    return add_form(can_be_added(audit.tool, audit.category, [one.addition for one in moderation.added]))


@blueprint.get(ONE)
@validates
@records_reading
def adding(moderation_id: int) -> ResponseReturnValue:
    """Which section to add."""
    moderation = _moderation(moderation_id)
    if not _is_open(moderation):
        return redirect(url_for("moderation.show", moderation_id=moderation.id))
    return _choosing(moderation, _form(moderation)(formdata=None))


@blueprint.post(ONE)
@validates
def add(moderation_id: int) -> ResponseReturnValue:
    """Add a section, to write in it next."""
    moderation = _moderation(moderation_id, to_write=True)
    operations.working(moderation, *OPEN, by=actor())
    form = _form(moderation)()
    if not form.validate():
        return _choosing(moderation, form, 422)
    try:
        made = operations.add_section(moderation, form.wanted, by=actor())
    except Refused as refused:
        place = form.heading if form.wanted.section is None else form["section"]
        place.errors = [refused.refusal.reason]
        return _choosing(moderation, form, 422)
    return redirect(url_for("moderation.added", moderation_id=moderation.id, added_id=made.id))


def _writing(
    moderation: Moderation,
    one: AddedSection,
    form: AddedForm | None = None,
    code: int = 200,
    *,
    stored: Addition | None = None,
) -> ResponseReturnValue:
    tool = moderation.audit.tool
    if form is None:
        form = added_form(tool, one.section)(formdata=None, version=one.version_id, words=one.words)
        if one.section is not None:
            form["grade"].data = one.grade
    page = render_template(
        "moderation/added_section.html",
        moderation=moderation,
        added=one,
        section=tool.section(one.section) if one.section else None,
        form=form,
        removing=FinalForm(formdata=None, version=one.version_id),
        menu=menu(moderation, progress_of(moderation)),
        missing=addition_lacks(tool, one.addition) if one.saved_at else (),
        warnings=identifying(one.words),
        stored=stored,
    )
    return page, code


@blueprint.get(ADDED)
@validates
@records_reading
def added(moderation_id: int, added_id: int) -> ResponseReturnValue:
    """One section that was added, to write in."""
    moderation = _moderation(moderation_id)
    one = _added(moderation, added_id)
    if not _is_open(moderation):
        return redirect(url_for("moderation.show", moderation_id=moderation.id))
    return _writing(moderation, one)


@blueprint.post(f"{ADDED}/write")
@validates
def write_added(moderation_id: int, added_id: int) -> ResponseReturnValue:
    """Keep what is written in an added section, by button or by itself while somebody writes."""
    moderation = _moderation(moderation_id, to_write=True)
    one = _added(moderation, added_id)
    form = added_form(moderation.audit.tool, one.section)()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return _writing(moderation, one, form, 422)
    try:
        operations.write_added(one, form.chosen, form.words.data or "", form.version.data or 0, by=actor())
    except Stale:
        if wants_json():
            return {"reason": "This section was saved in another tab."}, 409
        # Saving again from this page is a decision, made with both versions in sight.
        form.version.data = one.version_id
        return _writing(moderation, one, form, 409, stored=one.addition)
    if wants_json():
        return {"saved_at": one.saved_at.isoformat() if one.saved_at else "", "version": one.version_id}
    lacks = addition_lacks(moderation.audit.tool, one.addition)
    if lacks or identifying(one.words):
        anchor = "missing" if lacks else "names"
        return redirect(url_for("moderation.added", moderation_id=moderation.id, added_id=one.id, _anchor=anchor))
    return redirect(url_for("moderation.show", moderation_id=moderation.id))


@blueprint.post(f"{ADDED}/remove")
@validates
def remove_added(moderation_id: int, added_id: int) -> ResponseReturnValue:
    """Take an added section out again."""
    moderation = _moderation(moderation_id, to_write=True)
    one = _added(moderation, added_id)
    form = FinalForm()
    if not form.validate():
        abort(400)
    name = one.name
    operations.remove_added(one, form.version.data or 0, by=actor())
    flash(f"“{name}” is removed. What the tool asks is left as it was.")
    return redirect(url_for("moderation.show", moderation_id=moderation.id))
