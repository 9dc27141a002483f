"""How tests read a paper's PDF: with readers that are not ours."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pypdf

from audit_app.reporting.document import Document
from audit_app.reporting.pdf import pdf


@cache
def printed(document: Document) -> bytes:
    """The paper as PDF."""
    return pdf(document)


def opened(document: Document) -> pikepdf.Pdf:
    """The paper's PDF, opened by a reader that is not ours."""
    return pikepdf.open(BytesIO(printed(document)))


def said(document: Document) -> str:
    """The words of the paper's PDF, page by page."""
    return "\n".join(each.extract_text() for each in pypdf.PdfReader(BytesIO(printed(document))).pages)


def flat(text: str) -> str:
    """A text without its line ends and doubled spaces."""
    return " ".join(text.split())


def elements(document: Document) -> Iterator[tuple[int, str, Any]]:
    """The structure in reading order: depth, tag, element."""

    def walk(element: Any, depth: int) -> Iterator[tuple[int, str, Any]]:
        yield depth, str(element.S).removeprefix("/"), element
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                yield from walk(kid, depth + 1)

    with opened(document) as file:
        yield from walk(file.Root.StructTreeRoot.K, 0)


def tags(document: Document) -> list[str]:
    """The tags of the structure in reading order."""
    return [tag for _, tag, _ in elements(document)]
