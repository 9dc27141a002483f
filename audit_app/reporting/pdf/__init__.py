"""A paper as a PDF that everybody can read; its writer is large, and loaded with the first paper that is printed."""

from audit_app.reporting.document import Document


def pdf(document: Document) -> bytes:
    """The paper as a tagged PDF (PDF/UA-1)."""
    from audit_app.reporting.pdf.press import printed

    return printed(document)
