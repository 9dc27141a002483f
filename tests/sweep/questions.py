"""What else a page asks: the queries to which it leads by its links and by its forms."""

from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit


class Questions(HTMLParser):
    """The queries to which a page leads: links with one, and each choice of each form that only asks."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.url, self.found = url, set[str]()
        self._action = self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            asks = given.get("method", "get").lower() == "get"
            self._action = urljoin(self.url, given.get("action") or urlsplit(self.url).path) if asks else ""
        elif tag == "a" and "?" in (where := given.get("href", "")) and not urlsplit(where).netloc:
            self.found.add(urljoin(self.url, where).partition("#")[0])
        elif self._action:
            self._look(tag, given)

    def _look(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        self._select = name if tag == "select" else self._select if tag == "option" else ""
        if tag == "option" and self._select:
            self._ask(self._select, given.get("value", ""))
        elif tag == "input" and name:
            chosen = given.get("type") in ("radio", "checkbox", "hidden")
            for value in [given.get("value", "y")] if chosen else ["0", "e"]:
                self._ask(name, value)

    def _ask(self, name: str, value: str) -> None:
        self.found.add(f"{self._action}?{urlencode({name: value})}")


def queries_on(url: str, html: bytes) -> set[str]:
    """The addresses with a query to which a page leads."""
    return Questions(url, html.decode()).found
