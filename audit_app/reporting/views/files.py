"""What every paper and every file of reports shares: the council's name, the receipt, how a file is handed over."""

from audit_app.reporting.queries.imprint import council, receipt
from audit_app.web.files import CSV, DOCX, ODS, PDF, SVG, XLSX, file

__all__ = ["CSV", "DOCX", "ODS", "PDF", "SVG", "XLSX", "council", "file", "receipt"]
