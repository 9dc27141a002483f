"""What every paper and every file of reports shares: the council's name, the receipt, how a file is handed over."""

from collections.abc import Iterable, Sequence

from flask import Response, current_app

from audit_app.history.queries import checkpoint
from audit_app.reporting.document import Document
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from audit_app.reporting.sheet import Fact, ods_bytes, xlsx_bytes

CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SVG = "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def council() -> str:
    """The council whose papers these are."""
    name: str = current_app.extensions["settings"].council_name
    return name


def receipt() -> str:
    """The history as it stands, so that a paper can be held against it later."""
    head = checkpoint()
    return f"{head.size:,} entries, root {head.root}"


def file(body: bytes | Iterable[bytes], kind: str, name: str) -> Response:
    """A file to keep, under a name."""
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


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
