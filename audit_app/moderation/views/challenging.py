"""Challenging an outcome: the auditor's form and withdrawal, late challenges, the list, and naming a resolver."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.visibility import Sight
from audit_app.clock import day_of, today
from audit_app.identity.model import Person
from audit_app.moderation import operations, queries
from audit_app.moderation.challenge import (
    NAMERS,
    OUTCOME,
    refusal_to_allow_late,
    refusal_to_challenge,
    refusal_to_withdraw_challenge,
)
from audit_app.moderation.forms.challenging import (
    AllowLateForm,
    ChallengeForm,
    NameForm,
    WithdrawChallengeForm,
    challenge_form,
)
from audit_app.moderation.model import Challenge, Moderation
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.moderating import rows_of
from audit_app.programmes.working_days import working_days_after, working_days_between
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

TIERS = ("senior", "external")
USUAL_LEAVE = 5  # working days
OUTCOME_ADDRESS = "/audits/<int(max=2147483647):audit_id>/moderation/<tier>"
ADDRESS = "/challenges/<int(max=2147483647):challenge_id>"
names_resolvers = requires(*NAMERS)


def _outcome(audit_id: int, tier: str, *, to_write: bool = False) -> tuple[Audit, Moderation]:
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=to_write)
    moderation = queries.find_moderation(audit, tier) if tier in TIERS else None
    if moderation is None:
        abort(404)
    return audit, moderation


@blueprint.get(f"{OUTCOME_ADDRESS}/challenge")
@requires(Permission.AUDIT)
def challenging(audit_id: int, tier: str) -> ResponseReturnValue:
    """The form that challenges an outcome."""
    _, moderation = _outcome(audit_id, tier)
    return _challenging(moderation)


def _challenging(moderation: Moderation, form: ChallengeForm | None = None, code: int = 200) -> ResponseReturnValue:
    outcome, sections = queries.outcome_of(moderation), queries.sections_to_challenge(moderation)
    refused = refusal_to_challenge(moderation.audit.facts, actor(), outcome, today())
    # What was typed is shown again even where nothing can be challenged any more.
    offered = {section.key for section in sections}
    page = render_template(
        "moderation/challenging.html",
        audit=moderation.audit,
        moderation=moderation,
        outcome=outcome,
        sections=sections,
        rows={row.section.key: row for row in rows_of(moderation) if row.section.key in offered},
        form=form or challenge_form(sections)(formdata=None),
        refused=refused,
        what=OUTCOME[moderation.tier],
    )
    return page, code


@blueprint.post(f"{OUTCOME_ADDRESS}/challenge")
@requires(Permission.AUDIT)
def challenge(audit_id: int, tier: str) -> ResponseReturnValue:
    """Challenge an outcome."""
    _, moderation = _outcome(audit_id, tier, to_write=True)
    # Every section that could ever be offered is known, so that nothing typed is lost when the outcome changed.
    form = challenge_form(queries.sections_to_challenge(moderation) or queries.sections_of(moderation.audit))()
    if not form.validate():
        return _challenging(moderation, form, 422)
    try:
        made = operations.challenge(moderation, form.reasons, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _challenging(moderation, form, 422)
    flash("Your challenge is sent. The audit officer names somebody to resolve it who had no part in this audit.")
    return redirect(url_for("moderation.challenge_show", challenge_id=made.id))


@blueprint.get(f"{ADDRESS}/withdraw")
@requires(Permission.AUDIT)
def challenge_withdrawing(challenge_id: int) -> ResponseReturnValue:
    """The form that withdraws one's challenge."""
    found = queries.challenge_or_404(challenge_id, actor())
    return _withdrawing(found, WithdrawChallengeForm(formdata=None, version=found.version_id))


def _withdrawing(found: Challenge, form: WithdrawChallengeForm, code: int = 200) -> ResponseReturnValue:
    refused = refusal_to_withdraw_challenge(found.audit.facts, found.at, actor())
    return render_template("moderation/challenge_withdraw.html", challenge=found, form=form, refused=refused), code


@blueprint.post(f"{ADDRESS}/withdraw")
@requires(Permission.AUDIT)
def challenge_withdraw(challenge_id: int) -> ResponseReturnValue:
    """Withdraw one's challenge."""
    found = queries.challenge_or_404(challenge_id, actor(), to_write=True)
    form = WithdrawChallengeForm()
    if not form.validate():
        return _withdrawing(found, form, 422)
    try:
        operations.withdraw_challenge(found, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _withdrawing(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        form.form_errors.append(f"Something changed meanwhile: {found.at.words.lower()}. Look again, and decide anew.")
        return _withdrawing(found, form, 409)
    flash("Your challenge is withdrawn. What was decided stands.")
    return redirect(url_for("moderation.challenge_show", challenge_id=found.id))


@blueprint.get(f"{OUTCOME_ADDRESS}/allow-challenge")
@requires(Permission.REOPEN)
def challenge_allowing(audit_id: int, tier: str) -> ResponseReturnValue:
    """The form that allows an outcome to be challenged after its time."""
    _, moderation = _outcome(audit_id, tier)
    form = AllowLateForm(formdata=None)
    form.suggest(working_days_after(today(), USUAL_LEAVE))
    return _allowing(moderation, form)


def _allowing(moderation: Moderation, form: AllowLateForm, code: int = 200) -> ResponseReturnValue:
    audit, outcome = moderation.audit, queries.outcome_of(moderation)
    later = working_days_after(max(today(), outcome.last_day), 1)
    refused = refusal_to_allow_late(
        audit.facts, moderation.moderator_id, actor(), outcome, later, "reason", max(today(), outcome.last_day)
    )
    page = render_template(
        "moderation/challenge_allow.html",
        audit=audit,
        moderation=moderation,
        outcome=outcome,
        form=form,
        refused=refused,
        over=today() > outcome.last_day,
        what=OUTCOME[moderation.tier],
    )
    return page, code


@blueprint.post(f"{OUTCOME_ADDRESS}/allow-challenge")
@requires(Permission.REOPEN)
def challenge_allow(audit_id: int, tier: str) -> ResponseReturnValue:
    """Allow an outcome to be challenged after its time."""
    audit, moderation = _outcome(audit_id, tier, to_write=True)
    form = AllowLateForm()
    if not form.validate():
        return _allowing(moderation, form, 422)
    try:
        operations.allow_late(moderation, form.until.data, form.reason.data or "", by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _allowing(moderation, form, 422)
    flash(f"{audit.auditor.name} can challenge this outcome until {form.until.data:%-d %B %Y}.")
    return redirect(url_for("moderation.outcome", audit_id=audit.id, tier=tier))


@blueprint.get("/challenges")
@names_resolvers
def challenges() -> ResponseReturnValue:
    """The challenges in one's units: which wait, with whom, since when, and what became of those that ended."""
    return render_template(
        "moderation/challenges.html",
        open=[(one, working_days_between(day_of(one.raised_at), today())) for one in queries.open_challenges(actor())],
        ended=queries.ended_challenges(actor()),
        what=OUTCOME,
    )


@blueprint.get(f"{ADDRESS}/name")
@names_resolvers
def challenge_naming(challenge_id: int) -> ResponseReturnValue:
    """The form that names who resolves a challenge."""
    found = _nameable(challenge_id)
    return _naming(found, NameForm(formdata=None, version=found.version_id))


def _nameable(challenge_id: int, *, to_write: bool = False) -> Challenge:
    found = queries.challenge_or_404(challenge_id, actor(), to_write=to_write)
    if not queries.may_name(found.audit, actor()):
        abort(404)
    return found


def _naming(found: Challenge, form: NameForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    people = [one for one in queries.could_resolve(found) if one.id != found.resolver_id]
    form.offer((one, _what(one)) for one in people)
    page = render_template("moderation/challenge_name.html", challenge=found, form=form, people=people, changed=changed)
    return page, code


def _what(person: Person) -> str:
    """What somebody is, so that two of one name are told apart."""
    return ", ".join(name.lower() for name in person.actor(today()).role_names)


@blueprint.post(f"{ADDRESS}/name")
@names_resolvers
def challenge_name(challenge_id: int) -> ResponseReturnValue:
    """Name who resolves a challenge."""
    found = _nameable(challenge_id, to_write=True)
    form, people = NameForm(), {str(one.id): one for one in queries.could_resolve(found)}
    form.offer((one, _what(one)) for one in people.values())
    if not form.validate():
        return _naming(found, form, 422)
    try:
        operations.name_resolver(
            found, people[form.resolver.data], form.reason.data or "", form.version.data or 0, by=actor()
        )
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _naming(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _naming(found, form, 409, changed=True)
    flash(f"{people[form.resolver.data].name} is to resolve this challenge, and is told.")
    return redirect(url_for("moderation.challenge_show", challenge_id=found.id))
