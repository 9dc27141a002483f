"""A round's moderations, for whoever gives them: coverage, what stands where, and taking one back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.moderation import operations
from audit_app.moderation.forms.giving import TakeBackForm
from audit_app.moderation.queries import arrivals
from audit_app.moderation.queries import coverage as covering
from audit_app.moderation.queries import rounds as queries
from audit_app.moderation.rules import refusal_to_take_back
from audit_app.moderation.views import blueprint
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
        can_be_taken={
            one.id
            for row in page.items
            for one in (row.senior, row.external)
            if one and refusal_to_take_back(row.audit.at, one.tier, one.phase, bool(one.committed_at), "reason") is None
        },
    )


ADDRESS = "/rounds/<int(max=2147483647):round_id>/moderation/<int(max=2147483647):moderation_id>/take-back"


@blueprint.get(ADDRESS)
@runs
def taking_back(round_id: int, moderation_id: int) -> ResponseReturnValue:
    """The form that takes a moderation from its moderator."""
    found = round_or_404(round_id, actor())
    moderation = queries.moderation_of_round_or_404(found, moderation_id)
    return render_template(
        "moderation/take_back.html", round=found, moderation=moderation, form=TakeBackForm(formdata=None)
    )


@blueprint.post(ADDRESS)
@runs
def take_back(round_id: int, moderation_id: int) -> ResponseReturnValue:
    """Take an unfinished moderation from its moderator."""
    found = round_or_404(round_id, actor())
    moderation = queries.moderation_of_round_or_404(found, moderation_id, to_write=True)
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
