"""What every paper and every file of reports shares: the council's name, the receipt, how a file is handed over."""

from collections.abc import Sequence

from flask import Response, request

from audit_app.reporting.contents.audience import Audience, audiences_for
from audit_app.reporting.document import Document
from audit_app.reporting.files import written
from audit_app.reporting.queries.imprint import council, receipt
from audit_app.reporting.sheet import Fact
from audit_app.web.files import CSV, DOCX, KINDS, ODS, PDF, SVG, XLSX, ZIP, file
from audit_app.web.guard import actor

__all__ = [
    "CSV",
    "DOCX",
    "ODS",
    "PDF",
    "SVG",
    "XLSX",
    "ZIP",
    "audience_asked",
    "council",
    "file",
    "paper_file",
    "receipt",
]


def audience_asked() -> Audience:
    """Whom a paper is for, of those that this person may have; anything else counts as not asked."""
    offered = audiences_for(actor())
    return next((one for one in offered if one.value == request.args.get("for")), offered[0])


def paper_file(paper: Document, form: str, name: str, meanings: Sequence[Fact] = ()) -> Response:
    """A paper as a file of one of its forms: PDF and Word whole, sheets with its tables."""
    return file(written(paper, form, meanings), KINDS[form], f"{name}.{form}")
