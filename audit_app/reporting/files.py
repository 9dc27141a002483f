"""A paper as the bytes of one of its forms: PDF and Word whole, sheets with its tables."""

from collections.abc import Sequence

from audit_app.reporting.document import Document
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from audit_app.reporting.sheet import Fact, ods_bytes, xlsx_bytes


def written(paper: Document, form: str, meanings: Sequence[Fact] = ()) -> bytes:
    """A paper in a form, which is named as its files end; meanings: what stands beside tables on a sheet of its own."""
    match form:
        case "pdf":
            return pdf(paper)
        case "docx":
            return docx(paper)
        case "xlsx":
            return xlsx_bytes(paper.tables(), meanings, about=paper.about(), produced_at=paper.produced_at)
        case "ods":
            return ods_bytes(paper.tables(), meanings, about=paper.about())
        case _:
            raise ValueError(f"papers have no form {form!r}")
