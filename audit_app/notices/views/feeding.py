"""The calendar of one's due days: its private link, and what a calendar reads by it."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.identity import operations as identity
from audit_app.notices import operations
from audit_app.notices.forms import EmptyForm
from audit_app.notices.views import blueprint
from audit_app.refusal import Refused
from audit_app.web.guard import actor, public, signed_in
from audit_app.web.transaction import afterwards

GUESSED = "calendar link"


@blueprint.get("/notices/calendar")
@signed_in
def calendar() -> ResponseReturnValue:
    """Whether a calendar reads one's due days, and what it reads."""
    who = actor()
    return render_template(
        "notices/calendar.html", feed=operations.running_feed(who.id), count=len(operations.due_days_of(who))
    )


@blueprint.post("/notices/calendar/make")
@signed_in
def calendar_make() -> ResponseReturnValue:
    """Make a link, which the next page shows once; the one before works no longer."""
    EmptyForm().validate()
    link = url_for("notices.feed", token=operations.make_feed(by=actor()), _external=True)
    return render_template("notices/calendar_link.html", link=link)


@blueprint.post("/notices/calendar/end")
@signed_in
def calendar_end() -> ResponseReturnValue:
    """Turn one's link off."""
    EmptyForm().validate()
    if operations.end_feed(by=actor()):
        flash("The link is turned off. A calendar that has it finds nothing any more.")
    return redirect(url_for("notices.calendar"))


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """What a calendar reads by a private link; whoever has no running account has none."""
    found = operations.find_feed(token)
    if found is None:
        return _guessed()
    if found.ended_at is not None or not found.person.active:
        abort(404)
    answer = Response(operations.calendar_of(found), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="due-days.ics"'
    answer.add_etag()
    return answer.make_conditional(request)


def _guessed() -> ResponseReturnValue:
    """Nobody was ever given this link: whoever tries many has to wait."""
    place = request.remote_addr or ""
    try:
        identity.refuse_guessing(GUESSED, place)
    except Refused:
        abort(429)
    afterwards(lambda: identity.note_failure(GUESSED, place))
    abort(404)
