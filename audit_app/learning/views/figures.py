"""What moderators changed and why in the units that somebody leads, and the audits behind every number."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.learning import queries, sentences
from audit_app.learning.forms import LearningForm
from audit_app.learning.lessons import Opinion, by_criterion, by_reason, by_section, share_changed
from audit_app.learning.views import blueprint
from audit_app.measures import queries as measures
from audit_app.measures.queries import Filters
from audit_app.organisation.queries import tree
from audit_app.web.guard import actor, requires

sees = requires(Permission.SEE_LEARNING)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: the form, the filters that it makes, and who asks, as a reader of these figures."""

    form: LearningForm
    filters: Filters
    reader: Actor

    def href(self, endpoint: str = "learning.index", /, **changes: Any) -> str:
        """An address that keeps what was chosen, but for changes (None takes one away)."""
        return url_for(endpoint, **(self.form.chosen | changes))

    @property
    def applied(self) -> list[dict[str, object]]:
        """The chosen filters as tags, each with the address without it."""
        found: list[dict[str, object]] = []
        for field in self.form:
            if field.name in self.form.chosen:
                words = next(choice.label for choice in field.choices if choice.value == field.data).strip()
                tag = {"text": words, "href": self.href(**{field.name: None})}
                found.append({"heading": field.label.text, "items": [tag]})
        return found

    def opinions(self) -> list[Opinion]:
        """The finished opinions that this counts."""
        return queries.opinions_of(queries.moderated(self.filters, self.reader), (self.form.tier.data,))


def _asked() -> Asked:
    reader = queries.reader_of(actor())
    units = tree(reader.paths(Permission.SEE_FIGURES))
    form = LearningForm(request.args)
    form.offer(measures.offered(reader), units, *measures.runs(reader))
    return Asked(form, form.filters(units), reader)


@blueprint.get("/learning")
@sees
def index() -> ResponseReturnValue:
    """What moderators changed: why, in which sections, and how good they found the audits themselves."""
    asked = _asked()
    opinions = asked.opinions()
    every = share_changed((one, one.judged) for one in opinions)
    said = (sentences.changed_sentence(every), sentences.ways_sentence(opinions), sentences.quality_sentence(opinions))
    return render_template(
        "learning/index.html",
        asked=asked,
        form=asked.form,
        held_blind=measures.held_blind(actor()),
        audits=len({one.audit_id for one in opinions}),
        every=every,
        changed=sum(len(one.changed) for one in opinions),
        sentences=[one for one in said if one],
        reasons=by_reason(opinions),
        sections=by_section(opinions),
        quality=by_criterion(opinions),
    )


@blueprint.get("/learning/audits")
@sees
def behind() -> ResponseReturnValue:
    """The audits in which a section was changed, or something for a reason: those that one may open."""
    asked = _asked()
    opinions = asked.opinions()
    section, reason = request.args.get("section", ""), request.args.get("reason", "")
    sections = {row.key: (row.name, row.changed, row.audits) for row in by_section(opinions)}
    reasons = {row.name: (row.name, row.count, row.audits) for row in by_reason(opinions)}
    about = sections.get(section) if section else reasons.get(reason)
    if about is None or not about[2]:
        abort(404)
    name, count, ids = about
    after, before = request.args.get("after", ""), request.args.get("before", "")
    found = measures.behind(ids, asked.filters, asked.reader, after=after, before=before)
    return render_template(
        "learning/behind.html",
        asked=asked,
        name=name,
        count=count,
        audits=len(ids),
        of_section=bool(section),
        found=found,
    )
