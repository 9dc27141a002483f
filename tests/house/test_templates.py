"""Laws about templates: they stand in the same rooms as the code, and their words are plain."""

import ast
import re

import pytest

from tests.house.rooms import APPLICATION, TEMPLATES, application_files, rooms, shown, template_files
from tests.house.source import calls, parsed

SHARED = {"layout", "components", "errors", "pages"}  # what belongs to the service as a whole
REFERENCE = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+['"]([^'"]+)['"]""")
PATH = re.compile(r"[a-z_]+(/[a-z0-9_]+)+\.html")
# Words that the pages do not use, and what they say instead.
UNWELCOME = {
    r"\bplease\b": "ask plainly",
    r"\bclick here\b": "say where the link goes",
    r"\be\.g\.|\bi\.e\.|\betc\b": "for example; that is; and so on",
    r"\busers?\b": "the person by their role",
    r"\binvalid\b": "say what is wrong and what to do",
}


def rendered(tree: ast.Module) -> list[str]:
    """The templates that a file renders, as far as they are written out."""
    callers = {"render_template", "get_template"}
    return [
        str(call.args[0].value)
        for name, call in calls(tree)
        if name.rpartition(".")[2] in callers and call.args and isinstance(call.args[0], ast.Constant)
    ]


def words(markup: str) -> str:
    """What a person would read of a template: no tags, no logic."""
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", markup, flags=re.DOTALL)


def unwelcome(markup: str) -> list[str]:
    """The words of a template that the pages do not use."""
    return [found.group() for word in UNWELCOME if (found := re.search(word, words(markup), re.IGNORECASE))]


def test_every_folder_of_templates_is_shared_or_named_after_a_room() -> None:
    folders = {file.relative_to(TEMPLATES).parts[0] for file in template_files()}
    assert folders <= SHARED | {room.name for room in rooms()}


def test_a_room_renders_its_own_templates() -> None:
    strangers = [
        f"{shown(file)}: {template}"
        for file in application_files()
        for template in rendered(parsed(file))
        if template.split("/")[0] not in {*SHARED, file.relative_to(APPLICATION).parts[0]}
    ]
    assert strangers == []


def test_every_template_that_is_named_exists_and_every_template_is_named() -> None:
    named = {template for file in application_files() for template in rendered(parsed(file))}
    named |= {name for file in template_files() for name in REFERENCE.findall(file.read_text(encoding="utf-8"))}
    named |= {text for file in application_files() for text in _texts(parsed(file)) if PATH.fullmatch(text)}
    present = {file.relative_to(TEMPLATES).as_posix() for file in template_files()}
    by_their_name = {template for template in present if template.startswith(("errors/", "pages/"))}
    from_libraries = {name for name in named if name.startswith("govuk_frontend_jinja/")}
    assert named - present - from_libraries == set()
    assert present - by_their_name - named == set()


def _texts(tree: ast.Module) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_pages_speak_plainly() -> None:
    breaches = {shown(file): found for file in template_files() if (found := unwelcome(file.read_text("utf-8")))}
    assert breaches == {}


@pytest.mark.parametrize("markup", ["<p>Please wait</p>", "<a>Click here</a>", "grades, e.g. good", "Invalid date"])
def test_words_that_the_pages_do_not_use_are_caught(markup: str) -> None:
    assert unwelcome(markup) != []


def test_logic_and_attributes_are_not_read_as_words() -> None:
    assert unwelcome('{% if users %}{{ users }}{# please #}<p class="user">Done</p>{% endif %}') == []
