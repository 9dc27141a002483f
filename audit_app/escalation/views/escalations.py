"""The pages of escalations: the list, one of them, signing off, naming who does, closing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import day_of, today
from audit_app.escalation import operations, queries
from audit_app.escalation.forms import CloseForm, NameForm, SignOffForm
from audit_app.escalation.model import Escalation
from audit_app.escalation.rules import State, refusal_to_close, refusal_to_sign_off, sign_off_lacks
from audit_app.escalation.views import blueprint
from audit_app.history.operations import record
from audit_app.identity.queries import names_of
from audit_app.programmes.working_days import working_days_between
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, records_reading, requires

ONE = "/escalations/<int(max=2147483647):escalation_id>"
TONES = {
    State.UNNAMED: "urgent",
    State.WAITING: "attention",
    State.NOT_SAFE: "urgent",
    State.SIGNED_OFF: "good",
    State.CLOSED: "quiet",
}
CHANGED = "Something changed after you opened this page. It stands now as this page says. What you wrote is below."
sees = requires(Permission.SEE_ESCALATIONS)
signs = requires(Permission.SIGN_OFF)
runs = requires(Permission.RUN_ROUNDS)


def _age(one: Escalation) -> int:
    return working_days_between(day_of(one.raised_at), today())


@blueprint.get("/escalations")
@sees
def index() -> ResponseReturnValue:
    """What is still to be signed off, with its age, and what was."""
    who = actor()
    page = queries.ended_page(who, after=request.args.get("after", ""), before=request.args.get("before", ""))
    return render_template(
        "escalation/index.html",
        open=[(one, _age(one)) for one in queries.open_escalations(who)],
        page=page,
        tones=TONES,
        today=today(),
        runs=who.may(Permission.RUN_ROUNDS),
    )


@blueprint.get(ONE)
@sees
@records_reading
def show(escalation_id: int) -> ResponseReturnValue:
    """One escalation: how the audit was graded, who signs it off by when, and what they said."""
    return _show(queries.escalation_or_404(escalation_id, actor()))


def _show(found: Escalation) -> ResponseReturnValue:
    who, facts, matter = actor(), found.audit.facts, queries.matter_of(found)
    record("audit.opened", subject=found.audit.subject, body={"escalation": found.id}, by=who.id)
    return render_template(
        "escalation/show.html",
        escalation=found,
        age=_age(found),
        tones=TONES,
        today=today(),
        names=names_of({found.closed_by} if found.closed_by else set()),
        again=queries.reaudit_of(found.audit_id),
        may_sign=refusal_to_sign_off(facts, matter, who) is None,
        may_close=refusal_to_close(facts, matter, who, "reason") is None,
        may_name=found.is_open and who.reaches(Permission.RUN_ROUNDS, facts.path),
    )


@blueprint.get(f"{ONE}/sign-off")
@signs
def signing(escalation_id: int) -> ResponseReturnValue:
    """The form that signs an audit off."""
    found = queries.escalation_or_404(escalation_id, actor())
    safe = {True: "yes", False: "no"}.get(found.child_safe) if found.child_safe is not None else None
    form = SignOffForm(formdata=None, version=found.version_id, done=found.done, child_safe=safe, safety=found.safety)
    return _signing(found, form)


def _signing(found: Escalation, form: SignOffForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    refused = refusal_to_sign_off(found.audit.facts, queries.matter_of(found), actor())
    page = render_template(
        "escalation/sign_off.html", escalation=found, form=form, refused=refused, changed=CHANGED if changed else ""
    )
    return page, code


@blueprint.post(f"{ONE}/sign-off")
@signs
def sign_off(escalation_id: int) -> ResponseReturnValue:
    """Sign an audit off, or say what is being done while the child is not safe."""
    found, form = queries.escalation_or_404(escalation_id, actor(), to_write=True), SignOffForm()
    if not form.validate():
        return _signing(found, form, 422)
    words = {"done": form.done.data or "", "safety": form.safety.data or ""}
    try:
        operations.sign_off(
            found,
            has_read=bool(form.has_read.data),
            child_safe=form.is_safe,
            version=form.version.data or 0,
            by=actor(),
            **words,
        )
    except Refused as refused:
        lacks = sign_off_lacks(bool(form.has_read.data), words["done"], form.is_safe, words["safety"])
        form.form_errors.extend(lacks or [refused.refusal.reason])
        return _signing(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _signing(found, form, 409, changed=True)
    flash(
        "You have signed this audit off."
        if form.is_safe
        else "What you wrote is kept. Sign off once the child is safe."
    )
    return redirect(url_for("escalation.show", escalation_id=found.id))


@blueprint.get(f"{ONE}/name")
@runs
def naming(escalation_id: int) -> ResponseReturnValue:
    """The form that names who signs an audit off."""
    found = queries.escalation_or_404(escalation_id, actor())
    return _naming(found, NameForm(formdata=None, version=found.version_id))


def _naming(found: Escalation, form: NameForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    people = queries.could_sign_off(found, actor())
    form.offer(people)
    page = render_template(
        "escalation/name.html", escalation=found, form=form, people=people, changed=CHANGED if changed else ""
    )
    return page, code


@blueprint.post(f"{ONE}/name")
@runs
def name(escalation_id: int) -> ResponseReturnValue:
    """Name who signs an audit off."""
    found, form = queries.escalation_or_404(escalation_id, actor(), to_write=True), NameForm()
    people = {str(one.id): one for one in queries.could_sign_off(found, actor())}
    form.offer(people.values())
    if not form.validate():
        return _naming(found, form, 422)
    chosen = people[form.head.data]
    try:
        operations.name(found, chosen, form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _naming(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _naming(found, form, 409, changed=True)
    flash(f"{chosen.name} is named to sign it off, and is told.")
    return redirect(url_for("escalation.show", escalation_id=found.id))


@blueprint.get(f"{ONE}/close")
@signs
def closing(escalation_id: int) -> ResponseReturnValue:
    """The form that closes what should not have been escalated."""
    found = queries.escalation_or_404(escalation_id, actor())
    return _closing(found, CloseForm(formdata=None, version=found.version_id))


def _closing(found: Escalation, form: CloseForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "escalation/close.html",
        escalation=found,
        form=form,
        refused=refusal_to_close(found.audit.facts, queries.matter_of(found), actor(), "reason"),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/close")
@signs
def close(escalation_id: int) -> ResponseReturnValue:
    """Close what should not have been escalated."""
    found, form = queries.escalation_or_404(escalation_id, actor(), to_write=True), CloseForm()
    if not form.validate():
        return _closing(found, form, 422)
    try:
        operations.close(found, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _closing(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _closing(found, form, 409, changed=True)
    flash("It is closed. The case is not audited again for it.")
    return redirect(url_for("escalation.show", escalation_id=found.id))
