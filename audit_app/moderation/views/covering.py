"""Coverage while a quarter runs, and what the officer does about it: give what waits, complete the quarter."""

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import today
from audit_app.moderation import operations
from audit_app.moderation.forms.giving import QuarterForm
from audit_app.moderation.queries import arrivals, coverage
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.rounds import runs
from audit_app.programmes.model import Programme
from audit_app.programmes.months import month_after
from audit_app.programmes.queries import programme_or_404, round_or_404
from audit_app.web.formats import plural
from audit_app.web.guard import actor

BACK = 7  # quarters that can be looked at, with this one
GIVE = "/rounds/<int(max=2147483647):round_id>/moderation/give-waiting"
ADDRESS = "/programmes/<int(max=2147483647):programme_id>/moderation"


@blueprint.post(GIVE)
@runs
def give_waiting(round_id: int) -> ResponseReturnValue:
    """Try once more to give what waits for a senior moderator."""
    found = round_or_404(round_id, actor())
    given, waiting = operations.place_waiting(found, by=actor().id)
    flash(_said(given, waiting))
    return redirect(url_for("moderation.round", round_id=found.id))


def _said(given: int, waiting: int) -> str:
    said = [f"{plural(given, 'audit')} given to senior moderators." if given else "No audit could be given."]
    if waiting:
        still = "still waits" if waiting == 1 else "still wait"
        said.append(f"{plural(waiting, 'audit')} {still}: the list says why.")
    return " ".join(said) if given or waiting else "No audit waits for a senior moderator."


def _quarters() -> list[dt.date]:
    """The first months of the quarters that can be looked at, the newest first."""
    first = arrivals.quarter_of(today())[0]
    return [month_after(first, -3 * number) for number in range(BACK)]


def _quarter(asked: str) -> dt.date:
    """The quarter that is asked for; this one where it cannot be looked at."""
    return next((one for one in _quarters() if one.strftime("%Y-%m") == asked), _quarters()[0])


def _may_complete(programme: Programme, quarter: dt.date) -> bool:
    """Whether a quarter may be completed: by turns, and once its last month has begun."""
    policies = programme.policy
    by_turns = policies.as_they_come and policies.share_of == "each_auditor" and policies.shares["senior"] > 0
    return by_turns and today() >= month_after(quarter, 2)


@blueprint.get(ADDRESS)
@runs
def programme(programme_id: int) -> ResponseReturnValue:
    """How far a programme's moderation of a quarter is: by tier, route and auditor."""
    found = programme_or_404(programme_id, actor())
    quarter = _quarter(request.args.get("quarter", ""))
    which = coverage.of_quarter(found, quarter)
    return render_template(
        "moderation/programme.html",
        programme=found,
        quarter=quarter,
        last=month_after(quarter, 2),
        quarters=[
            {
                "text": f"{one:%B} to {month_after(one, 2):%B %Y}",
                "href": url_for("moderation.programme", programme_id=found.id, quarter=one.strftime("%Y-%m")),
                "current": one == quarter,
            }
            for one in _quarters()[:4]
        ],
        policies=found.policy,
        standings=coverage.standings(found, which, actor()),
        auditors=coverage.auditors(found, quarter, actor()),
        may_complete=_may_complete(found, quarter),
    )


@blueprint.post(f"{ADDRESS}/complete")
@runs
def complete(programme_id: int) -> ResponseReturnValue:
    """Draw one audit of each auditor who is not covered yet."""
    found = programme_or_404(programme_id, actor())
    form = QuarterForm()
    quarter = _quarter(form.quarter.data or "")
    back = redirect(url_for("moderation.programme", programme_id=found.id, quarter=quarter.strftime("%Y-%m")))
    if not _may_complete(found, quarter):
        flash(
            "This quarter cannot be completed: its last month has not begun, or the programme does not draw by turns."
        )
        return back
    given, waiting = operations.complete_quarter(found, quarter, by=actor().id)
    flash(_drawn(given, waiting))
    return back


def _drawn(given: int, waiting: int) -> str:
    if not given + waiting:
        return "Nothing was left to draw."
    waits = f" {waiting} of them {'waits' if waiting == 1 else 'wait'} for a moderator." if waiting else ""
    return f"{plural(given + waiting, 'audit')} drawn, one of each auditor who was not covered.{waits}"
