"""An auditor's own figures: how their grades compare with what moderators found."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.measures import album, queries, sentences
from audit_app.measures.definitions import PAIRING_WORDS, definition
from audit_app.measures.forms import asked_by
from audit_app.measures.from_cells import counts_of
from audit_app.measures.views import blueprint
from audit_app.web.guard import actor, requires

audits_cases = requires(Permission.AUDIT)


@blueprint.get("/measures/mine")
@audits_cases
def mine() -> ResponseReturnValue:
    """One's own audits, once a second opinion is finished: nobody else sees this page."""
    asked = asked_by(actor(), own=True)
    made_from = queries.own_material(asked.filters, asked.who, asked.asked)
    counts = counts_of(made_from.sums.totals, every_section=asked.filters.every_section)
    return render_template(
        "measures/mine.html",
        asked=asked,
        audits=made_from.sums.audits,
        counts=counts,
        shares={figure.key: figure for figure in counts.shares},
        sentences=sentences.own_sentences(counts),
        pairings=list(zip(counts.random, counts.other, PAIRING_WORDS, strict=True))[:2],
        pictures=album.own_pictures(made_from),
        definition=definition,
        said=sentences.said,
        weighing=sentences.weighing_sentence,
        every_section=asked.filters.every_section,
    )
