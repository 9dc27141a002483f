"""Laws of security that are about how code is written (T22): each names what may not be called, and where it may."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.rooms import APPLICATION, ROOT, application_files, python_files, shown, template_files
from tests.house.source import calls, functions, parsed

Law = Callable[[ast.Module], list[str]]
REQUEST_BODIES = (
    "request.form",
    "request.values",
    "request.get_json",
    "request.json",
    "request.get_data",
    "request.data",
)
CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "utcnow")
# Where a law does not apply, and why.
ALLOWED: dict[str, tuple[str, ...]] = {
    "SQL is never put together from text": ("audit_app/db.py",),  # PRAGMA takes no parameters; ours are constants
    "no text is declared safe HTML": ("audit_app/web/scene.py",),  # writes SVG: every text is escaped, which tests try
    "the one clock": ("audit_app/clock.py",),  # it is the clock
    "what was posted is read by forms": (
        "audit_app/web/",  # the shell refuses unknown and doubled fields before any form is read
        "/forms",
        "audit_app/identity/views/signing_in.py",  # an expired session keeps the form to send it again
    ),
}


def found(tree: ast.Module, is_breach: Callable[[str, ast.Call], bool]) -> list[str]:
    """The calls of a file that break a law, as people write them."""
    return [f"{call.lineno}: {ast.unparse(call)[:80]}" for name, call in calls(tree) if is_breach(name, call)]


def last(name: str) -> str:
    """The last word of a dotted name."""
    return name.rpartition(".")[2]


def is_put_together(value: ast.expr) -> bool:
    """Whether a text is put together from parts while the program runs."""
    return isinstance(value, ast.JoinedStr | ast.BinOp) or (
        isinstance(value, ast.Call) and last(ast.unparse(value.func)) in ("format", "join", "replace")
    )


def sql_put_together(tree: ast.Module) -> list[str]:
    """SQL text put together from parts; values travel as parameters."""
    callers = ("text", "exec_driver_sql", "execute", "scalar", "scalars")
    return found(tree, lambda name, call: last(name) in callers and any(is_put_together(arg) for arg in call.args[:1]))


def markup_trusted(tree: ast.Module) -> list[str]:
    """Text declared safe HTML that is not written out in the source; `Markup("<b>{}</b>").format(x)` escapes x."""

    def is_breach(name: str, call: ast.Call) -> bool:
        return last(name) == "Markup" and not all(isinstance(given, ast.Constant) for given in call.args)

    return found(tree, is_breach)


def objects_filled_from_forms(tree: ast.Module) -> list[str]:
    """Whole objects filled from what was posted (mass assignment)."""
    return found(tree, lambda name, call: last(name) == "populate_obj")


def redirects_to_what_was_asked(tree: ast.Module) -> list[str]:
    """Redirects to an address that came with the request."""
    return found(tree, lambda name, call: last(name) == "redirect" and any(map(_is_from_request, call.args)))


def _is_from_request(value: ast.AST) -> bool:
    """Whether an address is the request's own; what `url_for` makes stays on this site."""
    if isinstance(value, ast.Call) and last(ast.unparse(value.func)) == "url_for":
        return False
    if isinstance(value, ast.Attribute) and ast.unparse(value).startswith(("request.", "flask.request.")):
        return True
    return any(map(_is_from_request, ast.iter_child_nodes(value)))


def lookups_past_visibility(tree: ast.Module) -> list[str]:
    """Rows fetched by the legacy query property, past every rule of reach."""
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "query"]
    return [f"{node.lineno}: {ast.unparse(node)}" for node in attributes if _is_class(node.value)]


def _is_class(value: ast.expr) -> bool:
    """Whether a value is called as classes are."""
    return isinstance(value, ast.Name) and value.id[:1].isupper()


def raw_paragraphs(tree: ast.Module) -> list[str]:
    """ReportLab paragraphs made anywhere but in `para`, which escapes: their markup can read local files."""
    escaping = {call for one in functions(tree) if one.name == "para" for _, call in calls(one)}
    return found(tree, lambda name, call: last(name).endswith("Paragraph") and call not in escaping)


def clocks_read(tree: ast.Module) -> list[str]:
    """Any clock but the one; elsewhere `today` and the moment are arguments."""
    return found(tree, lambda name, call: name.endswith(CLOCKS))


def bodies_read(tree: ast.Module) -> list[str]:
    """What was posted, read past a form."""
    return sorted({ast.unparse(node) for node in ast.walk(tree) if _is_body(node)})


def _is_body(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in REQUEST_BODIES


def chance_without_seed(tree: ast.Module) -> list[str]:
    """Draws that cannot be repeated: every draw of the product has a seed that is kept."""

    def is_breach(name: str, call: ast.Call) -> bool:
        unseeded = last(name) in ("Random", "SystemRandom") and not call.args
        return unseeded or (name.startswith("random.") and not name.startswith("random.Random"))

    return found(tree, is_breach)


LAWS: dict[str, Law] = {
    "SQL is never put together from text": sql_put_together,
    "no text is declared safe HTML": markup_trusted,
    "no object is filled from a form wholesale": objects_filled_from_forms,
    "a redirect never goes where the request says": redirects_to_what_was_asked,
    "rows are fetched within somebody's reach": lookups_past_visibility,
    "every paragraph of a PDF is escaped": raw_paragraphs,
    "the one clock": clocks_read,
    "what was posted is read by forms": bodies_read,
    "every draw has a seed": chance_without_seed,
}
PLANTED: dict[str, list[str]] = {
    "SQL is never put together from text": ['text(f"SELECT {x}")', 'sa.text("SELECT " + x)', 'c.execute("%s" % x)'],
    "no text is declared safe HTML": ["Markup(x)", "markupsafe.Markup(f'<b>{x}')", "Markup('<b>' + x)"],
    "no object is filled from a form wholesale": ["form.populate_obj(audit)"],
    "a redirect never goes where the request says": ["redirect(request.args['next'])", "redirect(x or request.url)"],
    "rows are fetched within somebody's reach": ["Audit.query.get(1)", "Audit.query.filter_by(id=1)"],
    "every paragraph of a PDF is escaped": ["Paragraph(x)", "def page():\n    platypus.Paragraph(x, style)"],
    "the one clock": ["dt.datetime.now(dt.UTC)", "date.today()", "time.time()"],
    "what was posted is read by forms": ["request.form['grade']", "flask.g.x = request.get_json()"],
    "every draw has a seed": ["random.choice(x)", "random.shuffle(x)", "random.Random()"],
}  # fmt: skip


def breaches(law: str, files: list[Path]) -> Iterator[str]:
    """Where files break a law, the places where it does not apply left out."""
    for file in files:
        if not any(part in shown(file) for part in ALLOWED.get(law, ())):
            yield from (f"{shown(file)}:{place}" for place in LAWS[law](parsed(file)))


@pytest.mark.parametrize("law", LAWS)
def test_the_application_keeps_the_law(law: str) -> None:
    assert list(breaches(law, application_files())) == []


@pytest.mark.parametrize(("law", "source"), [(law, source) for law, sources in PLANTED.items() for source in sources])
def test_a_planted_breach_is_caught(law: str, source: str) -> None:
    assert LAWS[law](ast.parse(source)) != []


def test_every_law_has_a_planted_breach() -> None:
    assert PLANTED.keys() == LAWS.keys()


@pytest.mark.parametrize(
    ("law", "source"),
    [
        ("SQL is never put together from text", 'text("SELECT 1")'),
        ("no text is declared safe HTML", "Markup('<b>{}</b>').format(words)"),
        ("a redirect never goes where the request says", "redirect(url_for('home.index', next=request.path))"),
        ("every paragraph of a PDF is escaped", "def para(words):\n    return Paragraph(escape(words))"),
        ("every draw has a seed", "random.Random(seed).sample(x, 3)"),
        ("rows are fetched within somebody's reach", "url.query.get('x')"),
    ],
)
def test_what_is_allowed_is_not_caught(law: str, source: str) -> None:
    assert LAWS[law](ast.parse(source)) == []


UNSAFE_IN_TEMPLATES = {
    "text declared safe": r"\|\s*safe\b|\bautoescape\s+false",
    "a script in the page": r"<script(?![^>]*\bsrc=)",
    "a style in the page": r"<style\b|\bstyle\s*=|['\"]style['\"]\s*:",
    "a handler in the page": r"\son[a-z]+\s*=\s*[\"']|['\"]on(click|change|submit|load|input|error)['\"]\s*:",
    "a link that is a script": r"javascript:",
    "a resource from elsewhere": r"(src|srcset)\s*=\s*[\"']?(https?:)?//|<link[^>]*href\s*=\s*[\"']?(https?:)?//",
}


def unsafe(markup: str) -> list[str]:
    """Which laws of safe pages a template breaks."""
    return [law for law, pattern in UNSAFE_IN_TEMPLATES.items() if re.search(pattern, markup, re.IGNORECASE)]


def test_templates_hold_no_script_style_or_trusted_text() -> None:
    assert {shown(file): laws for file in template_files() if (laws := unsafe(file.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "markup",
    [
        "{{ words | safe }}", "{{ words|safe }}", "{% autoescape false %}", "<script>go()</script>", "<style></style>",
        '<p style="color:red">', "{{ govukButton({'attributes': {'style': 'x'}}) }}", '<a onclick="go()">',
        "{'attributes': {'onclick': 'x'}}", '<a href="javascript:go()">', '<img src="https://elsewhere.example/x.png">',
    ],
)  # fmt: skip
def test_an_unsafe_template_is_caught(markup: str) -> None:
    assert unsafe(markup) != []


def test_a_safe_template_is_not_caught() -> None:
    markup = '<script src="{{ asset }}" defer></script><a href="https://www.gov.uk">on one = two</a>'
    assert unsafe(markup) == []


def test_no_script_of_ours_writes_html() -> None:
    scripts = [file for file in (APPLICATION / "static").rglob("*.js") if "vendor" not in file.parts]
    writes = re.compile(r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(")
    assert [shown(file) for file in scripts if writes.search(file.read_text(encoding="utf-8"))] == []


def test_nothing_of_a_machine_or_a_secret_is_in_the_tree() -> None:
    secret = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|(?<![\w.-])/(?:home|Users|root)/[a-z]")
    files = [*python_files(), *template_files(), ROOT / "Makefile", ROOT / "pyproject.toml", *ROOT.glob("*.md")]
    assert [shown(file) for file in files if secret.search(file.read_text(encoding="utf-8"))] == []
