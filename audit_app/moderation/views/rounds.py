"""A round's moderations, for whoever gives them: coverage, what stands where, and taking one back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.moderation import operations
from audit_app.moderation.forms.giving import SettleForm, TakeBackForm
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.queries import arrivals
from audit_app.moderation.queries import coverage as covering
from audit_app.moderation.queries import rounds as queries
from audit_app.moderation.rules import refusal_to_settle_instead, refusal_to_take_back
from audit_app.moderation.views import blueprint
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.refusal import Refused
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
STATES = {"": "All", "none": "Not moderated", "under_way": "Being moderated", "done": "Moderated"}


@blueprint.get("/rounds/<int(max=2147483647):round_id>/moderation", endpoint="round")
@runs
def show(round_id: int) -> ResponseReturnValue:
    """The handed-in audits of a round: moderated, being moderated or not, by whom and how they were drawn."""
    found = round_or_404(round_id, actor())
    asked = request.args.get("state", "")
    state = asked if asked in STATES else ""
    after, before = request.args.get("after", ""), request.args.get("before", "")
    page = queries.page_of(found, actor(), state, after=after, before=before)
    counts = queries.counts(found, actor())
    in_hand = [one for row in page.items for one in (row.senior, row.external) if one and one.at is not Phase.DONE]
    return render_template(
        "moderation/round.html",
        round=found,
        state=state,
        tabs=[
            {
                "text": f"{words} ({counts[key]})",
                "href": url_for("moderation.round", round_id=found.id, state=key or None),
                "current": key == state,
            }
            for key, words in STATES.items()
        ],
        page=page,
        coverage=queries.coverage(found, actor()),
        hidden=queries.hidden_count(found, actor()),
        draws=queries.draws_of(found),
        as_they_come=found.programme.policy.as_they_come,
        standings=covering.standings(found.programme, covering.of_round(found), actor()),
        lots=arrivals.waiting_of(found, actor()),
        lotteries=arrivals.lotteries_of(found),
        queues=covering.queues(queries.moderators(found, "senior")),
        can_be_taken={one.id for one in in_hand if _can_be_taken(one)},
        stopped=queries.stopped(in_hand),
    )


def _can_be_taken(one: Moderation) -> bool:
    """Whether somebody else can have a moderation, from the beginning or from what was committed."""
    committed = one.committed_at is not None
    rule = refusal_to_settle_instead if committed else refusal_to_take_back
    return rule(one.audit.at, one.tier, one.phase, committed, "reason") is None


ADDRESS = "/rounds/<int(max=2147483647):round_id>/moderation/<int(max=2147483647):moderation_id>/take-back"


@blueprint.get(ADDRESS)
@runs
def taking_back(round_id: int, moderation_id: int) -> ResponseReturnValue:
    """The form that takes a moderation from its moderator, or lets somebody else settle what is committed."""
    found = round_or_404(round_id, actor())
    moderation = queries.moderation_of_round_or_404(found, moderation_id)
    if moderation.committed_at is not None:
        return _settling_instead(found, moderation, SettleForm(formdata=None))
    return render_template(
        "moderation/take_back.html", round=found, moderation=moderation, form=TakeBackForm(formdata=None)
    )


def _settling_instead(round_: Round, moderation: Moderation, form: SettleForm, code: int = 200) -> ResponseReturnValue:
    people = operations.could_settle(moderation)
    form.whom.choices = [SelectChoice(value=one.id, label=one.name) for one in people]
    page = render_template(
        "moderation/settle_instead.html", round=round_, moderation=moderation, form=form, people=people
    )
    return page, code


@blueprint.post(ADDRESS)
@runs
def take_back(round_id: int, moderation_id: int) -> ResponseReturnValue:
    """Take an unfinished moderation from its moderator."""
    found = round_or_404(round_id, actor())
    moderation = queries.moderation_of_round_or_404(found, moderation_id, to_write=True)
    if moderation.committed_at is not None:
        return _settle_instead(found, moderation)
    form = TakeBackForm()
    if form.validate():
        reference, name = moderation.audit.case.reference, moderation.moderator.name
        try:
            operations.take_back(moderation, form.reason.data or "", by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The audit of case {reference} is taken back from {name}. You can give it to somebody else.")
            return redirect(url_for("moderation.round", round_id=found.id))
    return render_template("moderation/take_back.html", round=found, moderation=moderation, form=form), 422


def _settle_instead(round_: Round, moderation: Moderation) -> ResponseReturnValue:
    form = SettleForm()
    people = {one.id: one for one in operations.could_settle(moderation)}
    form.whom.choices = [SelectChoice(value=key, label=one.name) for key, one in people.items()]
    if form.validate():
        try:
            operations.settle_instead(moderation, people[form.whom.data], form.reason.data or "", by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            name = people[form.whom.data].name
            flash(f"{name} settles the moderation of case {moderation.audit.case.reference} now.")
            return redirect(url_for("moderation.round", round_id=round_.id))
    return _settling_instead(round_, moderation, form, 422)
