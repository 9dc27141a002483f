"""The evidence of an audit and of a round: as a page, PDF and Word document, and its tables as sheets."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.visibility import Sight
from audit_app.clock import now
from audit_app.packs import operations, queries
from audit_app.packs.evidence import audit_evidence, round_evidence
from audit_app.packs.queries.evidence import evidence_of, evidence_of_round
from audit_app.packs.views import blueprint
from audit_app.packs.views.keeping import takes_packs
from audit_app.reporting.document import Document
from audit_app.reporting.files import written
from audit_app.reporting.queries.imprint import council, receipt
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.queries.standing import in_own_words
from audit_app.web.files import KINDS, file
from audit_app.web.guard import actor, records_reading
from audit_app.web.transaction import keep

AUDIT = "/evidence/audits/<int(max=2147483647):audit_id>"
ROUND = "/evidence/rounds/<int(max=2147483647):round_id>"


def _of_audit(audit_id: int, form: str) -> Document:
    """The evidence of an audit that one may take away; that one has it is recorded."""
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL)
    if not queries.takes(audit, actor()):
        abort(404)
    found, as_of = evidence_of(audit, actor()), receipt()
    operations.note_evidence_taken(audit, form, by=actor().id)
    keep()
    paper = audit_evidence(found, council=council(), produced_at=now(), receipt=as_of)
    return in_own_colours(in_own_words(paper, "evidence"), audit.unit_id)


@blueprint.get(AUDIT)
@takes_packs
@records_reading
def audit_evidence_page(audit_id: int) -> ResponseReturnValue:
    """The evidence of an audit as a page to print."""
    return render_template("packs/audit_evidence.html", document=_of_audit(audit_id, "page"), audit_id=audit_id)


def _of_round(round_id: int, form: str) -> Document:
    """The evidence of a round; that one has it is recorded, with each audit in it too."""
    holding = queries.holding_of(queries.round_or_404(round_id, actor()), actor())
    found, as_of = evidence_of_round(holding, actor()), receipt()
    ids = [audit.id for audit in holding.audits]
    operations.note_round_evidence_taken(round_id, ids, form, by=actor().id)
    keep()
    paper = round_evidence(found, council=council(), produced_at=now(), receipt=as_of)
    return in_own_colours(in_own_words(paper, "evidence"), holding.round.programme.unit_id)


@blueprint.get(ROUND)
@takes_packs
@records_reading
def round_evidence_page(round_id: int) -> ResponseReturnValue:
    """The evidence of a round as a page to print."""
    return render_template("packs/round_evidence.html", document=_of_round(round_id, "page"), round_id=round_id)


def _file(paper: Document, form: str, name: str) -> Response:
    return file(written(paper, form), KINDS[form], f"{name}.{form}")


def _put(form: str) -> None:
    """The evidence in one more form, each a page of its own."""

    @takes_packs
    @records_reading
    def of_audit(audit_id: int) -> ResponseReturnValue:
        return _file(_of_audit(audit_id, form), form, f"evidence-audit-{audit_id}")

    @takes_packs
    @records_reading
    def of_round(round_id: int) -> ResponseReturnValue:
        return _file(_of_round(round_id, form), form, f"evidence-round-{round_id}")

    blueprint.add_url_rule(f"{AUDIT}.{form}", f"audit_evidence_{form}", of_audit, methods=["GET"])
    blueprint.add_url_rule(f"{ROUND}.{form}", f"round_evidence_{form}", of_round, methods=["GET"])


for _form in KINDS:
    _put(_form)
