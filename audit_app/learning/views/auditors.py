"""What moderators said to one auditor: for the auditor, for their line and for quality assurance, never for peers."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.identity.model import Person
from audit_app.learning import queries, sentences
from audit_app.learning.lessons import by_reason, by_section
from audit_app.learning.thresholds import thresholds
from audit_app.learning.views import blueprint
from audit_app.web.guard import actor, requires


def _shown(person_id: int, person: Person | None) -> ResponseReturnValue:
    """What became of somebody's last moderated audits; person is None for oneself."""
    lessons = queries.lessons_of(person_id, actor())
    opinions = [opinion for lesson in lessons for opinion in lesson.opinions]
    return render_template(
        "learning/auditor.html",
        person_shown=person,
        lessons=lessons,
        asked=thresholds(),
        summary=sentences.last_sentence(opinions, "your" if person is None else "their"),
        pattern=sentences.pattern_sentence(opinions),
        reasons=by_reason(opinions),
        sections=[row for row in by_section(opinions) if row.changed],
    )


@blueprint.get("/learning/yours")
@requires(Permission.AUDIT)
def yours() -> ResponseReturnValue:
    """What one's own moderators said."""
    return _shown(actor().id, None)


@blueprint.get("/learning/auditors")
@requires(Permission.SEE_LEARNING)
def auditors() -> ResponseReturnValue:
    """The auditors whose moderated audits somebody may read."""
    return render_template("learning/auditors.html", people=queries.auditors_of(actor()))


@blueprint.get("/learning/auditors/<int(max=2147483647):person_id>")
@requires(Permission.SEE_LEARNING)
def auditor(person_id: int) -> ResponseReturnValue:
    """What moderators said to an auditor of one's line."""
    person = queries.auditor_or_404(person_id, actor())
    return _shown(person.id, None if person.id == actor().id else person)
