"""A paper as a Word document (DOCX); its writer is large, and loaded with the first document that is made."""

from audit_app.reporting.document import Document


def docx(document: Document) -> bytes:
    """The paper as a Word document."""
    from audit_app.reporting.docx.press import printed

    return printed(document)
