"""How a closed calibration came out: distributions without names, and one's own grades beside them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.calibration import queries
from audit_app.calibration.model import Rater
from audit_app.calibration.results import FEWEST, distance_words, interval_words
from audit_app.calibration.views import blueprint
from audit_app.web.guard import actor, requires


@blueprint.get("/calibrations/<int(max=2147483647):calibration_id>/results")
@requires(Permission.CALIBRATE, Permission.RUN_ROUNDS, Permission.SEE_CALIBRATIONS)
def results(calibration_id: int) -> ResponseReturnValue:
    """How the grades lie about the reference, how far people agree, and one's own grades beside both."""
    who = actor()
    calibration = queries.results_or_404(calibration_id, who)
    people = queries.raters_of(calibration)
    own = next((one for one in people if one.person_id == who.id), None)
    runs = who.reaches(Permission.RUN_ROUNDS, calibration.unit.path)
    return render_template(
        "calibration/results.html",
        calibration=calibration,
        lies=queries.lies_of(calibration),
        reference_of=queries.reference_of,
        agreements=queries.agreements_of(calibration),
        own=own,
        mine=_own_grades(own),
        people=people if runs else [],
        took_part=sum(1 for one in people if one.counted is not None),
        asked=len(people),
        has_finished=queries.has_finished,
        fewest=FEWEST,
        distance_words=distance_words,
        interval_words=interval_words,
    )


def _own_grades(own: Rater | None) -> dict[int, dict[str, str]]:
    """One's own committed grades, by vignette and section."""
    if own is None:
        return {}
    return {
        one.vignette_id: {verdict.section: verdict.grade or "" for verdict in one.verdicts}
        for one in own.gradings
        if one.committed_at is not None
    }
