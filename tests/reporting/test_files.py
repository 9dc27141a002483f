"""A paper as files: each form is what its name says, and another form is a mistake of the caller."""

import pytest

from audit_app.reporting.files import written
from audit_app.web.files import KINDS
from tests.reporting.papers import PAPER

BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "ods": b"PK"}
WITHIN = {"docx": b"word/document.xml", "xlsx": b"xl/workbook.xml", "ods": b"opendocument.spreadsheet"}


@pytest.mark.parametrize("form", KINDS)
def test_a_paper_is_written_in_every_form_that_the_web_can_send(form: str) -> None:
    content = written(PAPER, form)
    assert content.startswith(BEGINNINGS[form])
    assert WITHIN.get(form, b"%%EOF") in content


def test_a_form_that_papers_do_not_have_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'odt'"):
        written(PAPER, "odt")
