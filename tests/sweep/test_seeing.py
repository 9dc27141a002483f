"""What the comparison of two worlds leaves out of a paper: the root of the record, and nothing else."""

import hashlib
from dataclasses import replace

import pytest

from audit_app.reporting.document import Document
from audit_app.reporting.pdf import pdf
from tests.reporting.test_contents_audit import paper
from tests.sweep.seeing import RANDOM_PARTS, parts_of


def unpacked(document: Document, record: bytes) -> bytes:
    """A paper with the root of some record at its foot, as two worlds are compared."""
    receipt = f"12 entries, root {hashlib.sha256(record).hexdigest()}"
    found = b"\n".join(parts_of(pdf(replace(document, receipt=receipt))))
    for part in RANDOM_PARTS:
        found = part.sub(b"", found)
    return found


def test_a_paper_is_the_same_byte_for_byte_whatever_root_it_carries() -> None:
    document = paper()
    assert unpacked(document, b"one world") == unpacked(document, b"the other")


@pytest.mark.parametrize("more", [".", "ž", " "])
def test_one_letter_more_is_told_apart(more: str) -> None:
    document = paper()
    other = replace(document, title=f"{document.title}{more}x")
    assert unpacked(document, b"one world") != unpacked(other, b"one world")
