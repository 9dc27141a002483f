"""The pages of those to whom outcomes are released: the list, one outcome, and replying to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.queries import stands_in
from audit_app.cases.sensitive import warnings_in
from audit_app.feedback import operations, queries
from audit_app.feedback.forms import OutcomeReplyForm
from audit_app.feedback.model import Release
from audit_app.feedback.rules import SETTLED, refusal_to_reply, refusal_to_retract
from audit_app.feedback.views import blueprint
from audit_app.history.operations import record
from audit_app.identity.queries import names_of
from audit_app.refusal import Refused
from audit_app.web.guard import actor, records_reading, requires

ONE = "/outcomes/<int(max=2147483647):release_id>"


@blueprint.get("/outcomes")
@requires(Permission.READ_OUTCOMES, Permission.RELEASE)
def index() -> ResponseReturnValue:
    """The outcomes that are released to somebody, or in the units where they release."""
    who = actor()
    page = queries.released_page(who, after=request.args.get("after", ""), before=request.args.get("before", ""))
    return render_template("feedback/index.html", page=page, releases=who.may(Permission.RELEASE), settled=SETTLED)


@blueprint.get(ONE)
@requires(Permission.READ_OUTCOMES, Permission.RELEASE, Permission.AUDIT)
@records_reading
def show(release_id: int) -> ResponseReturnValue:
    """One released outcome: what stands, what works well, what needs to improve, and what was replied."""
    found = queries.release_or_404(release_id, actor())
    return _show(found, OutcomeReplyForm(formdata=None))


def _show(found: Release, form: OutcomeReplyForm, code: int = 200) -> ResponseReturnValue:
    who, audit = actor(), found.audit
    if code == 200:
        record("audit.opened", subject=audit.subject, body={"outcome": found.id}, by=who.id)
    settled, words = audit.at in SETTLED, form.words.data or ""
    page = render_template(
        "feedback/show.html",
        release=found,
        form=form,
        settled=settled,
        stands=stands_in(audit) if settled else (),
        actions=queries.actions_in(audit),
        may_reply=refusal_to_reply(audit.facts, found.practitioner_id, found.retracted, who, "words") is None,
        may_retract=refusal_to_retract(audit.facts, found.retracted, who, "reason") is None,
        opens_audit=who.may(Permission.READ_AUDITS) or audit.auditor_id == who.id,
        warnings=[(words[one.start : one.end], one.words) for one in warnings_in(words)],
        names=names_of({one for one in (found.released_by, found.retracted_by) if one}),
    )
    return page, code


@blueprint.post(f"{ONE}/reply")
@requires(Permission.READ_OUTCOMES)
def reply(release_id: int) -> ResponseReturnValue:
    """Record a reply to a released outcome."""
    found, form = queries.release_or_404(release_id, actor(), to_write=True), OutcomeReplyForm()
    if not form.validate():
        return _show(found, form, 422)
    if warnings_in(form.words.data or "") and not form.checked.data:
        form.words.errors = ["Take out what tells who somebody is, or say below that it does not"]
        return _show(found, form, 422)
    try:
        operations.reply(found, form.words.data or "", by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _show(found, form, 422)
    flash("Your reply is sent. The auditor and the audit officer read it.")
    return redirect(url_for("feedback.show", release_id=found.id))
