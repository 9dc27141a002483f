"""A paper as a Word document (DOCX) that everybody can read and fill in: real headings, repeated table headings."""

import zipfile
from io import BytesIO

import docx
from docx.document import Document as WordDocument

from audit_app.reporting.document import Document
from audit_app.reporting.docx import look
from audit_app.reporting.docx.flow import Script
from audit_app.reporting.words import without_controls

LONGEST_PROPERTY = 255  # what the format allows
THE_SAME_MOMENT = (1980, 1, 1, 0, 0, 0)  # of each file within, so that the same paper is the same bytes


def printed(document: Document) -> bytes:
    """The paper as a Word document."""
    word = docx.Document()
    look.dress(word, document)
    _describe(word, document)
    Script(word, document)
    made = BytesIO()
    word.save(made)
    return _settled(made)


def _describe(word: WordDocument, document: Document) -> None:
    about = word.core_properties
    about.title, about.subject, about.author = map(
        _property, (document.title, document.subtitle, document.council or "Case audit")
    )
    about.keywords, about.language, about.comments = document.marking, document.language, ""
    about.last_modified_by = about.author
    about.created = about.modified = document.produced_at.replace(tzinfo=None, microsecond=0)


def _property(text: str) -> str:
    return " ".join(without_controls(text).split())[:LONGEST_PROPERTY]


def _settled(made: BytesIO) -> bytes:
    """The same document, without the moment at which each file within was written."""
    target = BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, THE_SAME_MOMENT), before.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
