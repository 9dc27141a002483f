"""The order and meaning of what a PDF shows: the structure that a screen reader follows (PDF/UA-1)."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.rl_accel import escapePDF
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObject, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from audit_app.reporting.pdf import typefaces
from audit_app.reporting.pdf.direction import turned

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Keywords>{keywords}</pdf:Keywords><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class _Written(PDFObject):
    """A part of the file in its own words: a long paper has too many to build of dictionaries."""

    def __init__(self, words: bytes = b"") -> None:
        self.words = words

    def format(self, document: object) -> bytes:
        """The part as it stands in the file."""
        return self.words


class Element(_Written):
    """One element of the structure: a heading, a paragraph, a cell; it holds others, or marks of drawn content.

    A mark is (page, number). A long paper has an element for each cell, so it is made of as few parts as can be.
    """

    def __init__(self, tag: str, alt: str = "", attributes: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.tag, self.alt, self.attributes = tag, alt, attributes
        self.kids: list[Element] | None = None
        self.marks: tuple[tuple[int, int], ...] = ()
        self.place = ""  # in the file, once that is known

    def add(self, tag: str, alt: str = "", **attributes: Any) -> "Element":
        """A new element below this one."""
        kid = Element(tag, alt, attributes or None)
        if self.kids is None:
            self.kids = []
        self.kids.append(kid)
        return kid

    def header(self, scope: str) -> "Element":
        """A header cell below this row, for its column or its row."""
        return self.add("TH", O=PDFName("Table"), Scope=PDFName(scope))


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a PDF says about itself."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    produced_at: dt.datetime


class TaggedCanvas(Canvas):
    """A canvas on which everything drawn belongs to an element of the structure or is an artifact."""

    _code: list[str]
    _fillColorObj: Any  # noqa: N815  the name is ReportLab's
    _doc: Any

    def __init__(
        self,
        target: Any,
        root: Element,
        particulars: Particulars,
        furnish: "Callable[[TaggedCanvas, int, int], None]",
        **options: Any,
    ) -> None:
        typefaces.register()
        options |= {"lang": particulars.language, "pdfVersion": (1, 7), "invariant": 1}
        options |= {"initialFontName": typefaces.PLAIN, "pageCompression": 1}
        super().__init__(target, **options)
        self._root, self._particulars, self._furnish = root, particulars, furnish
        self._marked: list[list[Element]] = [[]]
        self._spelled = lru_cache(4096)(partial(_spelled, self._doc))  # the cells of a table say much twice
        self.setViewerPreference("DisplayDocTitle", "true")
        self._doc._timeStamp = _stamp(particulars.produced_at)

    def ink(self, colour: Color) -> None:
        """Fill what follows with a colour; it is said only where it changes."""
        if self._fillColorObj is not colour:
            self.setFillColor(colour)

    def say(self, line: str, face: str, size: float, x: float, y: float) -> None:
        """Set a line of words at a place."""
        # Most of what a long table costs: the writer's own text object would take three times as long.
        self._code.append(f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm {self._spelled(line, face, size)} ET")

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside is content of the element."""
        here = self._marked[-1]
        number = len(here)
        here.append(element)
        element.marks += ((len(self._marked) - 1, number),)
        self._code.append(f"/{element.tag} <</MCID {number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """What is drawn inside is not content: a rule, a running line, a watermark."""
        more = f" /Subtype /{subtype}" if subtype else ""
        self._code.append(f"/Artifact <</Type /{kind}{more}>> BDC")
        yield
        self._code.append("EMC")

    def showPage(self) -> None:  # noqa: N802  the name is ReportLab's
        """Close the page and say where its content is listed."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._marked) - 1, PDFName("S")
        self._marked.append([])

    def save(self) -> None:
        """Finish: running lines now that the pages are counted, the structure, the description, the file."""
        if self._code:
            self.showPage()
        pages = self._doc.Pages.pages
        for number, page in enumerate(pages, 1):
            self._code = []
            self.init_graphics_state()
            self._furnish(self, number, len(pages))
            page.stream += "\n".join(self._code) + "\n"
            self._doc.updateSignature(page.stream)
        self._code = []
        self._write_structure()
        self._write_description()
        super().save()

    def _write_structure(self) -> None:
        pages = [self._numbered(page) for page in self._doc.Pages.pages]
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root["K"] = self._write_element(self._root, self._numbered(root), pages)
        nums = []
        for number, marked in enumerate(self._marked[:-1]):
            listed = _Written(f"[ {' '.join(element.place for element in marked)} ]".encode())
            nums.append(f"{number} {self._numbered(listed)}")
        root["ParentTree"] = self._numbered(_Written(f"<< /Nums [ {' '.join(nums)} ] >>".encode()))
        root["ParentTreeNextKey"] = len(nums)
        catalog = self._doc.Catalog
        catalog.StructTreeRoot, catalog.MarkInfo = root, PDFDictionary({"Marked": "true"})

    def _write_element(self, element: Element, parent: str, pages: list[str]) -> str:
        element.place = self._numbered(element)
        said = [f"<< /Type /StructElem /S /{element.tag} /P {parent}".encode()]
        first = element.marks[0][0] if element.marks else None
        if first is not None:
            said.append(f"/Pg {pages[first]}".encode())
        if element.alt:
            said += [b"/Alt", PDFString(element.alt).format(self._doc)]
        if element.attributes:
            said += [b"/A", PDFDictionary(element.attributes).format(self._doc)]
        held = [
            str(number) if page == first else f"<< /Type /MCR /Pg {pages[page]} /MCID {number} >>"
            for page, number in element.marks
        ]
        held += [self._write_element(kid, element.place, pages) for kid in element.kids or ()]
        element.words = b" ".join((*said, f"/K [ {' '.join(held)} ] >>".encode()))
        return element.place

    def _numbered(self, part: PDFObject) -> str:
        """A reference to a part of the file, as the file writes it."""
        number, version = self._doc.idToObjectNumberAndVersion[self._doc.Reference(part).name]
        return f"{number} {version} R"

    def _write_description(self) -> None:
        about = self._particulars
        self.setTitle(about.title)
        self.setAuthor(about.author)
        self.setSubject(about.subject)
        self.setKeywords(about.keywords)
        self.setCreator("Case audit")
        words = {name: escape(getattr(about, name)) for name in ("title", "author", "subject", "keywords", "language")}
        words["moment"] = about.produced_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        self._doc.Catalog.Metadata = PDFStream(kind, _XMP.format(**words).encode())


def _spelled(doc: Any, line: str, face: str, size: float) -> str:
    """A line in the codes of the letters that are embedded, with the name of the typeface for each part."""
    font = typefaces.typeface(face)
    return " ".join(
        f"{font.getSubsetInternalName(subset, doc)} {size:g} Tf ({escapePDF(codes)}) Tj"
        for subset, codes in font.splitString(turned(line), doc)
    )


def _stamp(moment: dt.datetime) -> TimeStamp:
    """The writer's time stamp for a given moment, in UTC."""
    utc = moment.astimezone(dt.UTC)
    stamp = TimeStamp(1)
    stamp.t, stamp.lt, stamp.YMDhms = utc.timestamp(), utc.timetuple(), tuple(utc.timetuple())[:6]
    return stamp
