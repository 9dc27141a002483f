"""What every paper and every file of reports shares: the council's name, the receipt, how a file is handed over."""

from collections.abc import Sequence

from flask import Response

from audit_app.reporting.document import Document
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries.imprint import council, receipt
from audit_app.reporting.sheet import Fact, ods_bytes, xlsx_bytes
from audit_app.web.files import CSV, DOCX, ODS, PDF, SVG, XLSX, file

__all__ = ["CSV", "DOCX", "ODS", "PDF", "SVG", "XLSX", "council", "file", "paper_file", "receipt"]


def paper_file(paper: Document, form: str, name: str, meanings: Sequence[Fact] = ()) -> Response:
    """A paper as a file of one of its forms: PDF and Word whole, sheets with its tables."""
    tables, about = paper.tables(), paper.about()
    match form:
        case "pdf":
            return file(pdf(paper), PDF, f"{name}.pdf")
        case "docx":
            return file(docx(paper), DOCX, f"{name}.docx")
        case "xlsx":
            book = xlsx_bytes(tables, meanings, about=about, produced_at=paper.produced_at)
            return file(book, XLSX, f"{name}.xlsx")
        case _:
            return file(ods_bytes(tables, meanings, about=about), ODS, f"{name}.ods")
