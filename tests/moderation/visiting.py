"""A person who visits pages: reads them, fills in the forms that stand on them, and sends those."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.moderation.model import Moderation
from tests import make
from tests.web import markup

Values = Mapping[str, str | Sequence[str]]


def words_of(part: Element) -> str:
    """What can be read in a part, its pieces set apart."""
    return " ".join(" ".join(part.itertext()).split())


@dataclass(frozen=True)
class Page:
    """What somebody sees."""

    code: int
    path: str
    html: str

    @property
    def tree(self) -> Element:
        """The page as a tree."""
        return markup.read(self.html)

    @property
    def words(self) -> str:
        """Everything that can be read in the main part."""
        return words_of(next(part for part in self.tree.iter("main")))

    @property
    def heading(self) -> str:
        """The page's one heading of the first level."""
        return markup.text(markup.one(self.tree, ".//h1"))

    def has(self, *words: str) -> bool:
        """Whether all these words can be read."""
        return all(one in self.words for one in words)

    def links(self) -> dict[str, str]:
        """Where the links of the main part lead, by their words."""
        main = next(part for part in self.tree.iter("main"))
        return {markup.text(link): link.get("href", "") for link in main.iter("a")}

    def form(self, action: str) -> Element:
        """The form that is sent to an address which ends so."""
        forms = [form for form in self.tree.iter("form") if form.get("action", "").endswith(action)]
        assert len(forms) == 1, f"{len(forms)} forms for {action} on {self.path}"
        return forms[0]

    def filled(self, action: str) -> Iterator[tuple[str, str]]:
        """What a form would send as it stands."""
        for field in self.form(action).iter():
            name, kind = field.get("name", ""), field.get("type", "text")
            if not name:
                continue
            if field.tag == "textarea":
                yield name, "".join(field.itertext()).removeprefix("\n")
            elif field.tag == "select":
                chosen = [option for option in field.iter("option") if "selected" in option.attrib]
                yield name, (chosen or list(field.iter("option")))[0].get("value", "")
            elif field.tag == "input" and (kind not in ("radio", "checkbox") or "checked" in field.attrib):
                yield name, field.get("value", "")

    def choices(self, name: str) -> list[str]:
        """The values that a field offers."""
        return [field.get("value", "") for field in self.tree.iter("input") if field.get("name") == name]


class Visitor:
    """Somebody signed in."""

    def __init__(self, app: Flask, who: Person | None) -> None:
        self.client: FlaskClient = make.client_of(app, who)

    def get(self, path: str, code: int = 200) -> Page:
        """A page, after whatever it redirects to."""
        return self._page(self.client.get(path, follow_redirects=True), code)

    def send(self, page: Page, action: str, values: Values | None = None, code: int = 200) -> Page:
        """Fill in a form of a page and send it; the page that comes of it."""
        given = {name: [value] if isinstance(value, str) else list(value) for name, value in (values or {}).items()}
        pairs = [(name, value) for name, value in page.filled(action) if name not in given]
        pairs += [(name, value) for name, values_ in given.items() for value in values_]
        sent: dict[str, list[str]] = {}
        for name, value in pairs:
            sent.setdefault(name, []).append(value)
        form = page.form(action)
        if form.get("method") == "get":
            return self._page(self.client.get(form.get("action", ""), query_string=sent, follow_redirects=True), code)
        return self._page(self.client.post(form.get("action", ""), data=sent, follow_redirects=True), code)

    def autosave(self, page: Page, action: str, values: Mapping[str, str]) -> TestResponse:
        """Send a form as the page's own script does while somebody writes."""
        data = {**dict(page.filled(action)), **values}
        headers = {"X-Requested-With": "autosave"}
        return self.client.post(page.form(action).get("action", ""), data=data, headers=headers)

    @staticmethod
    def _page(response: TestResponse, code: int) -> Page:
        assert response.status_code == code, f"{response.status_code} {response.request.path}: {response.text[-800:]}"
        return Page(response.status_code, response.request.path, response.text)


def home(moderation: Moderation, more: str = "") -> str:
    """The address of a moderation, or of one of its pages."""
    return f"/moderations/{moderation.id}{more}"


def openings(audit: Audit) -> int:
    """How often an audit was opened."""
    return len(entries_of(audit.subject, kinds=("audit.opened",)))


def rated(page: Page) -> dict[str, str | Sequence[str]]:
    """Every question on the quality of the audit answered."""
    names = {f.get("name", "") for f in page.tree.iter("input") if f.get("name", "").startswith("quality-")}
    day = [str(part) for part in (today().day, today().month, today().year)]
    met = {"with_auditor": "yes", "together_on": day, "present": "the social worker"}
    return {**{name: page.choices(name)[0] for name in names}, **met, "words": "Clear and fair."}
