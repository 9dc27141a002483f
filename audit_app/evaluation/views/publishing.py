"""Looking at a whole edition before it is published, publishing it for boards, and taking a copy back."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import today
from audit_app.evaluation import operations, queries
from audit_app.evaluation.forms import TakeBackForm
from audit_app.evaluation.model import Edition, PublishedEvaluation
from audit_app.evaluation.queries.contents import contents_of
from audit_app.evaluation.rules import refusal_to_count, refusal_to_publish, refusal_to_take_back, refusal_to_write
from audit_app.evaluation.views import blueprint
from audit_app.evaluation.views.doorway import ONE, PUBLISHED, edition_to_write, writes
from audit_app.improvement.snapshot import frozen, hash_of
from audit_app.learning.forms import PublishForm
from audit_app.learning.identifying import Telling, telling_in
from audit_app.learning.queries import known_in
from audit_app.measures import queries as measures
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor


def _checking(
    edition: Edition, form: PublishForm | None = None, code: int = 200, *, changed: bool = False
) -> ResponseReturnValue:
    held = measures.held_blind(actor())
    refused = (
        refusal_to_write(queries.later_than(edition))
        or refusal_to_count(held)
        or refusal_to_publish(len(edition.statements), operations.to_confirm(edition))
    )
    contents = contents_of(edition, actor(), today()) if refused is None else None
    if form is None:
        form = PublishForm(formdata=None)
    form.version.data = edition.version_id
    form.seen.data = hash_of(frozen(contents)) if contents is not None else ""
    page = render_template(
        "evaluation/publish.html",
        edition=edition,
        contents=contents,
        form=form,
        changed=changed,
        refused=refused,
        told=_told(contents, edition) if contents is not None else [],
    )
    return page, code


def _told(contents: dict[str, Any], edition: Edition) -> list[tuple[str, str, tuple[Telling, ...]]]:
    """What in the words could tell who somebody is: the place, its heading and what stands there."""
    said = [
        (f"{area['name']}: {question['name']}", one["words"])
        for area in contents["areas"]
        for question in area["questions"]
        for one in question["statements"]
    ]
    known = known_in([words for _, words in said], edition.unit)
    found = [("", heading, telling_in(words, known)) for heading, words in said]
    return [one for one in found if one[2]]


@blueprint.get(ONE + "/publish")
@writes
def publishing(edition_id: int) -> ResponseReturnValue:
    """All of an edition once more, before it is published."""
    return _checking(edition_to_write(edition_id))


@blueprint.post(ONE + "/publish")
@writes
def publish(edition_id: int) -> ResponseReturnValue:
    """Publish an edition as a copy that never changes."""
    edition, form = edition_to_write(edition_id), PublishForm()
    if not form.validate():
        return _checking(edition, form, 422)
    try:
        copy = operations.publish(edition, form.seen.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checking(edition, form, 422)
    except Stale:
        return _checking(edition, code=409, changed=True)
    flash("The self-evaluation is published. Board members, leaders and officers of the unit can read it.")
    return redirect(url_for("reporting.evaluation_page", evaluation_id=copy.id))


def _taking_back(published: PublishedEvaluation, form: TakeBackForm, code: int = 200) -> ResponseReturnValue:
    replaced = published.edition.last_copy is not published
    refused = refusal_to_take_back(published.taken_back is not None, replaced, "Why")
    page = render_template("evaluation/take_back.html", published=published, form=form, refused=refused)
    return page, code


@blueprint.get(PUBLISHED + "/take-back")
@writes
def taking_back(evaluation_id: int) -> ResponseReturnValue:
    """What taking a published copy back means, and why it is done."""
    return _taking_back(queries.published_to_write(evaluation_id, actor()), TakeBackForm(formdata=None))


@blueprint.post(PUBLISHED + "/take-back")
@writes
def take_back(evaluation_id: int) -> ResponseReturnValue:
    """Take a published copy back."""
    published, form = queries.published_to_write(evaluation_id, actor()), TakeBackForm()
    if not form.validate():
        return _taking_back(published, form, 422)
    try:
        operations.take_back(published, form.because.data or "", by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _taking_back(published, form, 422)
    flash("The self-evaluation is taken back. It is kept, and only those who write it can open it.")
    return redirect(url_for("reporting.evaluation_page", evaluation_id=published.id))
