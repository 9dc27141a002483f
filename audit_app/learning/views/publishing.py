"""Looking at a whole briefing before it is published, publishing it, and taking it back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.learning import operations, queries
from audit_app.learning.forms import PublishForm, WithdrawForm
from audit_app.learning.model import Briefing, PublishedBriefing
from audit_app.learning.rules import refusal_to_publish
from audit_app.learning.views import blueprint
from audit_app.learning.views.briefings import ONE, PUBLISHED, runs, told
from audit_app.measures import queries as measures
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor


def _checking(
    briefing: Briefing, form: PublishForm | None = None, code: int = 200, *, changed: bool = False
) -> ResponseReturnValue:
    contents = queries.material_of(briefing, actor()).contents
    if form is None:
        form = PublishForm(formdata=None)
    form.version.data, form.seen.data = briefing.version_id, contents.digest
    page = render_template(
        "learning/publish.html",
        briefing=briefing,
        contents=contents,
        form=form,
        changed=changed,
        refused=refusal_to_publish(briefing.words.missing),
        told=told(briefing.words, briefing.unit),
        held_blind=measures.held_blind(actor()),
    )
    return page, code


@blueprint.get(ONE + "/publish")
@runs
def publishing(briefing_id: int) -> ResponseReturnValue:
    """All of a briefing once more, before it is published."""
    return _checking(queries.briefing_or_404(briefing_id, actor()))


@blueprint.post(ONE + "/publish")
@runs
def publish(briefing_id: int) -> ResponseReturnValue:
    """Publish a briefing as a copy that never changes."""
    briefing = queries.briefing_or_404(briefing_id, actor(), to_write=True)
    form = PublishForm()
    if not form.validate():
        return _checking(briefing, form, 422)
    try:
        copy = operations.publish(briefing, form.seen.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checking(briefing, form, 422)
    except Stale:
        return _checking(briefing, code=409, changed=True)
    flash("The briefing is published. Auditors, leaders and board members of the unit can read it.")
    return redirect(url_for("learning.briefing", published_id=copy.id))


def _withdrawing(published: PublishedBriefing, form: WithdrawForm, code: int = 200) -> ResponseReturnValue:
    return render_template("learning/withdraw.html", published=published, contents=published.contents, form=form), code


def _to_withdraw(published_id: int) -> PublishedBriefing:
    published = queries.published_or_404(published_id, actor())
    queries.briefing_or_404(published.briefing_id, actor(), to_write=True)
    return published


@blueprint.get(PUBLISHED + "/withdraw")
@runs
def withdrawing(published_id: int) -> ResponseReturnValue:
    """What taking a briefing back means, and why it is done."""
    published = queries.published_or_404(published_id, actor())
    queries.briefing_or_404(published.briefing_id, actor())
    return _withdrawing(published, WithdrawForm(formdata=None))


@blueprint.post(PUBLISHED + "/withdraw")
@runs
def withdraw(published_id: int) -> ResponseReturnValue:
    """Take a published briefing back."""
    published = _to_withdraw(published_id)
    form = WithdrawForm()
    if not form.validate():
        return _withdrawing(published, form, 422)
    try:
        operations.withdraw(published, form.reason.data or "", by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _withdrawing(published, form, 422)
    flash("The briefing is taken back. It is kept, and only those who write briefings can open it.")
    return redirect(url_for("learning.briefings"))
