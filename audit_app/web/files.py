"""How a file is handed over to be kept, under a name."""

from collections.abc import Iterable

from flask import Response

CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SVG = "image/svg+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
KINDS = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "ods": ODS}  # of papers, as their files end


def file(body: bytes | Iterable[bytes], kind: str, name: str) -> Response:
    """A file to keep, under a name."""
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
