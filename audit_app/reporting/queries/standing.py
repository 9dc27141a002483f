"""The council's own words in a kind of paper, as they are in use."""

from audit_app.reporting.document import Document
from audit_app.reporting.standing import key_of, with_standing_words
from audit_app.wording.queries import words_of


def in_own_words(document: Document, kind: str) -> Document:
    """A paper with what the council says in papers of its kind."""
    return with_standing_words(document, words_of(key_of(kind)))
