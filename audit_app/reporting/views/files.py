"""What every paper and every file of reports shares: the council's name, the receipt, how a file is handed over."""

from collections.abc import Iterable

from flask import Response, current_app

from audit_app.history.queries import checkpoint

CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SVG = "image/svg+xml"
ZIP = "application/zip"
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
