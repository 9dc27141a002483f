"""A page as a tree, so that tests ask about its parts and not about its letters."""

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def read(html: str) -> Element:
    """The tree of a piece of HTML; a tag that is not closed, or closed twice, fails the test."""
    reader = _Reader()
    reader.builder.start("root", {})
    reader.feed(html.replace("<!DOCTYPE html>", ""))
    reader.close()
    assert not reader.open, f"not closed: {reader.open}"
    reader.builder.end("root")
    return reader.builder.close()


def text(element: Element | None) -> str:
    """The words of a part, with single spaces."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def one(tree: Element, path: str) -> Element:
    """The one part at a path."""
    found = tree.findall(path)
    assert len(found) == 1, f"{len(found)} of {path}"
    return found[0]


def with_class(tree: Element, name: str) -> list[Element]:
    """The parts of a class."""
    return [element for element in tree.iter() if name in element.get("class", "").split()]
