"""What the pages of self-evaluations share: who may come in, and how an area and a statement are found."""

from flask import abort

from audit_app.access.table import Permission
from audit_app.evaluation import queries
from audit_app.evaluation.areas import Area, areas_with
from audit_app.evaluation.model import Edition, Statement
from audit_app.web.guard import actor, requires

reads = requires(Permission.READ_REPORTS)
sees = requires(Permission.SEE_EVALUATIONS)
writes = requires(Permission.WRITE_EVALUATIONS)
ONE = "/self-evaluation/<int(max=2147483647):edition_id>"
PUBLISHED = "/self-evaluation/published/<int(max=2147483647):evaluation_id>"
STATEMENT = ONE + "/statements/<int(max=2147483647):statement_id>"


def edition_to_write(edition_id: int) -> Edition:
    """An edition that the person writes."""
    return queries.edition_or_404(edition_id, actor(), to_write=True)


def statement_to_write(edition_id: int, statement_id: int) -> Statement:
    """A statement of an edition that the person writes."""
    return queries.statement_in(edition_to_write(edition_id), statement_id)


def area_or_404(edition: Edition, key: str) -> Area:
    """An area of an edition."""
    used = {(one.area, one.question) for one in edition.statements}
    return next((one for one in areas_with(used) if one.key == key), None) or abort(404)
