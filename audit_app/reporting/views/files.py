"""What every paper and every file of reports shares: the council's name, the receipt, how a file is handed over."""

from collections.abc import Callable, Iterable, Sequence

from flask import Response, request
from flask.typing import ResponseReturnValue

from audit_app.reporting.contents.audience import Audience, audiences_for
from audit_app.reporting.document import Document
from audit_app.reporting.files import written
from audit_app.reporting.queries.imprint import council, receipt
from audit_app.reporting.sheet import Fact
from audit_app.reporting.views import blueprint
from audit_app.web.files import CSV, DOCX, KINDS, ODS, PDF, SVG, XLSX, ZIP, file
from audit_app.web.guard import actor, records_reading

__all__ = [
    "CSV",
    "DOCX",
    "ODS",
    "PDF",
    "SVG",
    "WHOLE",
    "XLSX",
    "ZIP",
    "audience_asked",
    "council",
    "file",
    "paper_file",
    "put_files",
    "receipt",
]

Taken = Callable[..., ResponseReturnValue]
WHOLE = ("pdf", "docx")  # the forms of a paper whose tables are no figures to reckon with


def audience_asked() -> Audience:
    """Whom a paper is for, of those that this person may have; anything else counts as not asked."""
    offered = audiences_for(actor())
    return next((one for one in offered if one.value == request.args.get("for")), offered[0])


def paper_file(paper: Document, form: str, name: str, meanings: Sequence[Fact] = ()) -> Response:
    """A paper as a file of one of its forms: PDF and Word whole, sheets with its tables."""
    return file(written(paper, form, meanings), KINDS[form], f"{name}.{form}")


def put_files(
    address: str,
    name: str,
    allowed: Callable[[Taken], Taken],
    taken: Taken,
    forms: Iterable[str] = KINDS,
    *,
    recorded: bool = True,
) -> None:
    """Put a paper's files beside its page, a form each: taken is asked with the form and what the address holds.

    That somebody takes one is recorded, unless nothing of a case or a person is in it.
    """
    for form in forms:
        view = allowed(_in(form, taken))
        blueprint.add_url_rule(f"{address}.{form}", f"{name}_{form}", records_reading(view) if recorded else view)


def _in(form: str, taken: Taken) -> Taken:
    def take(**asked: int) -> ResponseReturnValue:
        return taken(form=form, **asked)

    return take
