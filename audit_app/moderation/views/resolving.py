"""A challenge with both sides side by side, and resolving it: section by section, checked once more, and closed."""

import datetime as dt

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.comparison import Row, comparison
from audit_app.auditing.model import Judgement
from audit_app.auditing.queries import judgements_of, retracted_of
from audit_app.clock import day_of, now, today
from audit_app.frameworks.content import Section
from audit_app.history.operations import record
from audit_app.moderation import operations, queries
from audit_app.moderation.challenge import (
    OUTCOME,
    ChallengeStep,
    refusal_to_resolve,
    refusal_to_withdraw_challenge,
    ruling_lacks,
)
from audit_app.moderation.forms.challenging import DeclineForm, RulingForm, ruling_form
from audit_app.moderation.forms.judging import FinalForm
from audit_app.moderation.model import Challenge, Point
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.challenging import ADDRESS
from audit_app.moderation.views.moderating import identifying
from audit_app.moderation.views.turning import READS
from audit_app.programmes.working_days import working_days_between
from audit_app.refusal import Refused, Stale
from audit_app.web.errors import wants_json
from audit_app.web.guard import actor, records_reading, requires

resolves = requires(Permission.READ_AUDITS)
SITTING = dt.timedelta(hours=1)


def _note_reading(challenge: Challenge) -> None:
    """Record that somebody has the audit's content before them, once a sitting."""
    if not queries.has_opened(challenge.audit, actor().id, since=now() - SITTING):
        record("audit.opened", subject=challenge.audit.subject, body={"challenge": challenge.id}, by=actor().id)


def _is_to_resolve(challenge: Challenge) -> bool:
    facts, parties = challenge.audit.facts, queries.parties_of(challenge)
    return refusal_to_resolve(facts, parties, challenge.tier, challenge.at, challenge.resolver_id, actor()) is None


def sides_of(challenge: Challenge) -> list[tuple[Point, Row, Judgement | None]]:
    """Each challenged judgement with its section, both sides, and the resolution where there is one.

    Both sides are shown as they were when they were challenged, whatever was reopened since.
    """
    audit, sections = challenge.audit, {one.key: one for one in queries.sections_of(challenge.audit)}
    lines, gone = judgements_of(audit), retracted_of(audit)
    challenged = {point.judgement_id for point in challenge.points}
    then = [
        one
        for one in lines
        if one.id in challenged or (one.tier != challenge.tier and one.id not in gone and one.phase != "blind")
    ]
    rows = {row.section.key: row for row in comparison(sections.values(), then, frozenset())}
    found = []
    for point in challenge.points:
        # A resolution is the first one after what was challenged; a later one belongs to a later challenge.
        after = [
            one
            for one in lines
            if one.phase == "resolved"
            and (one.tier, one.section) == (challenge.tier, point.section)
            and one.id > point.judgement_id
        ]
        resolved = after[0] if after and challenge.at.value == "resolved" else None
        found.append((point, rows[point.section], resolved))
    return found


@blueprint.get(ADDRESS)
@requires(*READS)
@records_reading
def challenge_show(challenge_id: int) -> ResponseReturnValue:
    """A challenge: what is challenged and why, both sides, where it stands, and what one can do about it."""
    found = queries.challenge_or_404(challenge_id, actor())
    _note_reading(found)
    return _shown(found)


def _shown(found: Challenge, form: FinalForm | None = None, code: int = 200) -> ResponseReturnValue:
    tool, mine = found.audit.tool, _is_to_resolve(found)
    page = render_template(
        "moderation/challenge.html",
        challenge=found,
        audit=found.audit,
        sides=sides_of(found),
        what=OUTCOME[found.tier],
        age=working_days_between(day_of(found.raised_at), today()),
        is_resolver=mine,
        menu=[
            {
                "text": tool.section(point.section).name,
                "href": url_for("moderation.challenge_section", challenge_id=found.id, section=point.section),
                **_state(found, point),
            }
            for point in found.points
        ],
        unruled=operations.unruled(found),
        may_withdraw=refusal_to_withdraw_challenge(found.audit.facts, found.at, actor()) is None,
        may_name=found.ended_at is None
        and queries.may_name(found.audit, actor())
        and actor().id not in (found.auditor_id, found.moderator_id),
        form=form,
    )
    return page, code


def _state(challenge: Challenge, point: Point) -> dict[str, str]:
    if not ruling_lacks(challenge.audit.tool, challenge.audit.tool.section(point.section), point.ruling):
        return {"state": "Decided", "tone": "good"}
    if point.saved_at is None:
        return {"state": "Not started", "tone": "quiet"}
    return {"state": "Not complete", "tone": "attention"}


def _point_of(challenge: Challenge, key: str) -> tuple[Point, Section]:
    point = next((one for one in challenge.points if one.section == key), None)
    if point is None:
        abort(404)
    return point, challenge.audit.tool.section(key)


@blueprint.get(f"{ADDRESS}/sections/<section>")
@resolves
@records_reading
def challenge_section(challenge_id: int, section: str) -> ResponseReturnValue:
    """One challenged judgement: both sides, and what stands."""
    found = queries.challenge_or_404(challenge_id, actor())
    point, asked = _point_of(found, section)
    if not _is_to_resolve(found):
        return redirect(url_for("moderation.challenge_show", challenge_id=found.id))
    _note_reading(found)
    form = ruling_form(found.audit.tool, asked.key)(formdata=None, version=point.version_id)
    form.show(point.ruling)
    return _section(found, point, asked, form)


def _section(
    found: Challenge,
    point: Point,
    asked: Section,
    form: RulingForm,
    code: int = 200,
    *,
    stored: Point | None = None,
    over: str = "",
) -> ResponseReturnValue:
    """The page of one challenged judgement; stored: it was saved elsewhere meanwhile; over: why it cannot be saved."""
    tool = found.audit.tool
    page = render_template(
        "moderation/challenge_section.html",
        challenge=found,
        audit=found.audit,
        point=point,
        section=asked,
        row=next(row for one, row, _ in sides_of(found) if one.id == point.id),
        form=form,
        missing=ruling_lacks(tool, asked, point.ruling) if point.saved_at and not over else (),
        warnings=identifying(point.reason) if not over else [],
        stored=stored,
        over=over,
        what=OUTCOME[found.tier],
    )
    return page, code


@blueprint.post(f"{ADDRESS}/sections/<section>/rule")
@resolves
def challenge_rule(challenge_id: int, section: str) -> ResponseReturnValue:
    """Keep what a resolver finds on one judgement, by button or by itself while they write."""
    found = queries.challenge_or_404(challenge_id, actor(), to_write=True)
    point, asked = _point_of(found, section)
    form = ruling_form(found.audit.tool, asked.key)()
    fine = form.validate()
    try:
        operations.resolving(found, by=actor())
    except Refused as refused:
        # What was typed by whoever was to resolve it until a moment ago is not lost.
        if not queries.was_resolver(found, actor()):
            raise
        reason = _became_of(found, refused.refusal.reason)
        return ({"reason": reason}, 409) if wants_json() else _section(found, point, asked, form, 409, over=reason)
    if not fine:
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return _section(found, point, asked, form, 422)
    try:
        operations.rule(found, point, form.given, form.version.data or 0, by=actor())
    except Stale:
        if wants_json():
            return {"reason": "This judgement was saved in another tab."}, 409
        # Saving again from this page is a decision, made with both versions in sight.
        form.version.data = point.version_id
        return _section(found, point, asked, form, 409, stored=point)
    if wants_json():
        return {"saved_at": point.saved_at.isoformat() if point.saved_at else "", "version": point.version_id}
    if ruling_lacks(found.audit.tool, asked, point.ruling) or identifying(point.reason):
        anchor = "missing" if ruling_lacks(found.audit.tool, asked, point.ruling) else "names"
        return redirect(
            url_for("moderation.challenge_section", challenge_id=found.id, section=asked.key, _anchor=anchor)
        )
    following = next(iter(operations.unruled(found)), None)
    if following is None:
        return redirect(url_for("moderation.challenge_check", challenge_id=found.id))
    return redirect(url_for("moderation.challenge_section", challenge_id=found.id, section=following.section))


def _became_of(found: Challenge, reason: str) -> str:
    if found.ended_at is None and found.resolver is not None and found.resolver_id != actor().id:
        return f"{found.resolver.name} was named to resolve this challenge in your place."
    return reason


@blueprint.get(f"{ADDRESS}/check")
@resolves
@records_reading
def challenge_check(challenge_id: int) -> ResponseReturnValue:
    """Everything once more before a challenge is resolved."""
    found = queries.challenge_or_404(challenge_id, actor())
    if not _is_to_resolve(found):
        return redirect(url_for("moderation.challenge_show", challenge_id=found.id))
    _note_reading(found)
    return _checked(found, FinalForm(formdata=None, version=found.edition))


def _checked(found: Challenge, form: FinalForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "moderation/challenge_check.html",
        challenge=found,
        audit=found.audit,
        sides=sides_of(found),
        unruled=operations.unruled(found),
        form=form,
        what=OUTCOME[found.tier],
    )
    return page, code


@blueprint.post(f"{ADDRESS}/resolve")
@resolves
def challenge_resolve(challenge_id: int) -> ResponseReturnValue:
    """Resolve a challenge: what the resolver found stands."""
    found = queries.challenge_or_404(challenge_id, actor(), to_write=True)
    form = FinalForm()
    if not form.validate():
        abort(400)
    try:
        operations.resolve(found, form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checked(found, form, 422)
    except Stale:
        if not _is_to_resolve(found):
            raise
        form.version.data = found.edition
        form.form_errors.append("Something was saved in another tab. This is how it stands now: check it once more.")
        return _checked(found, form, 409)
    flash("The challenge is resolved. The auditor and the moderator see what stands, and why.")
    return redirect(url_for("moderation.challenge_show", challenge_id=found.id))


@blueprint.get(f"{ADDRESS}/decline")
@resolves
def challenge_declining(challenge_id: int) -> ResponseReturnValue:
    """The form that declines to resolve a challenge."""
    found = queries.challenge_or_404(challenge_id, actor())
    return _declining(found, DeclineForm(formdata=None, version=found.version_id))


def _declining(found: Challenge, form: DeclineForm, code: int = 200) -> ResponseReturnValue:
    facts, parties, step = found.audit.facts, queries.parties_of(found), ChallengeStep.DECLINE
    refused = refusal_to_resolve(facts, parties, found.tier, found.at, found.resolver_id, actor(), step)
    return render_template("moderation/challenge_decline.html", challenge=found, form=form, refused=refused), code


@blueprint.post(f"{ADDRESS}/decline")
@resolves
def challenge_decline(challenge_id: int) -> ResponseReturnValue:
    """Decline to resolve a challenge."""
    found = queries.challenge_or_404(challenge_id, actor(), to_write=True)
    form = DeclineForm()
    if not form.validate():
        return _declining(found, form, 422)
    try:
        operations.decline(found, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _declining(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        form.form_errors.append("Something changed meanwhile. Look again, and decide anew.")
        return _declining(found, form, 409)
    flash("You declined. The audit officer names somebody else.")
    return redirect(url_for("moderation.challenge_show", challenge_id=found.id))
