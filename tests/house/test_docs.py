"""The pages of docs/ say what the code says."""

import pytest

from tools.generated_pages import DOCS, pages


@pytest.mark.parametrize("name", list(pages()))
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text() == pages()[name], "run `python -m tools.generated_pages`"


def test_every_link_between_our_pages_leads_somewhere() -> None:
    root = DOCS.parent
    for page in [*root.glob("*.md"), *DOCS.rglob("*.md")]:
        for part in page.read_text().split("](")[1:]:
            target = part.split(")")[0].split("#")[0]
            if target and not target.startswith(("http", "mailto")):
                assert (page.parent / target).exists(), f"{page.relative_to(root)} links to {target}"
