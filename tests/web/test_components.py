"""The components: labels, legends, errors that lead somewhere, nothing that people typed read as markup."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from audit_app.frameworks.scale import Level, Scale
from audit_app.web.palette import place
from tests.web.kitchen import OWN, SCALE, Everything, Kitchen
from tests.web.markup import one, read, text, with_class

HOSTILE = '"><script>alert(1)</script>&amp;'


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Kitchen().app
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(autouse=True)
def within_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/audits?stage=a%26b&team=1&team=2&after=9"):
        yield


def shown(source: str, module: str = "forms", **values: Any) -> Element:
    names = source.split("(")[0].strip("{ ")
    return read(render_template_string(f'{{% from "components/{module}.html" import {names} %}}{source}', **values))


def typed(**values: str | list[str]) -> Everything:
    form = Everything(MultiDict(values))
    form.validate()
    return form


def field(form: Everything, name: str, options: str = "", **values: Any) -> Element:
    return shown(f"{{{{ field(form.{name}{', ' + options if options else ''}) }}}}", form=form, **values)


@pytest.mark.parametrize("name", ["reference", "email", "password", "cases", "evidence", "reason", "upload", "ready"])
def test_an_input_has_one_label(name: str) -> None:
    tree = field(Everything(), name)
    inputs = [e for e in tree.iter() if e.tag in ("input", "textarea", "select")]
    assert [e.get("id") for e in inputs] == [name]
    assert one(tree, ".//label").get("for") == name
    assert one(tree, ".//label").text


@pytest.mark.parametrize("name", ["grade", "decision", "on_file", "visited"])
def test_a_group_has_a_legend_and_every_choice_a_label(name: str) -> None:
    form = Everything()
    tree = field(form, name, "size='m'")
    legend = one(tree, "./div/fieldset/legend")
    assert text(legend) == form[name].label.text
    assert "govuk-fieldset__legend--m" in (legend.get("class") or "")
    inputs = tree.findall(".//input")
    assert len(inputs) > 1
    assert {e.get("id") for e in inputs} == {e.get("for") for e in tree.findall(".//label")}
    assert len({e.get("id") for e in inputs}) == len(inputs)


def test_a_label_or_legend_may_be_the_heading_of_the_page() -> None:
    assert text(one(field(Everything(), "reference", "heading=true, size='l'"), "./div/h1/label")) == "Case reference"
    assert text(one(field(Everything(), "visited", "heading=true"), ".//legend/h1")) == "When was the visit?"


def test_hint_and_error_are_read_out_with_the_input() -> None:
    tree = field(typed(reference=""), "reference")
    box = one(tree, ".//input")
    assert (box.get("aria-describedby") or "").split() == ["reference-hint", "reference-error"]
    assert text(one(tree, ".//*[@id='reference-hint']")) == "As on the list"
    assert text(one(tree, ".//*[@id='reference-error']")) == "Error: Enter the case reference"
    assert "govuk-form-group--error" in (tree[0].get("class") or "")


def test_a_group_without_hint_points_at_none() -> None:
    tree = field(Everything(), "decision")
    assert one(tree, ".//fieldset").get("aria-describedby") is None
    assert with_class(tree, "govuk-hint") == []


def test_a_group_points_at_its_error() -> None:
    tree = field(typed(), "grade")
    assert one(tree, ".//fieldset").get("aria-describedby") == "grade-error"


def test_a_choice_has_its_own_hint_from_the_page_or_from_the_form() -> None:
    tree = field(Everything(), "grade", "hints={'4': 'Lasting change'}, swatches=scale", scale=SCALE)
    best = one(tree, ".//input[@value='4']")
    assert text(one(tree, f".//*[@id='{best.get('aria-describedby')}']")) == "Lasting change"
    assert len(tree.findall(".//svg")) == len(SCALE.levels)
    assert "Of six months" in text(field(Everything(), "on_file"))


def test_what_was_chosen_stays_chosen() -> None:
    form = typed(grade="3", on_file=["p", "c"], reason="b", ready="y", cases="no number", evidence="\nfirst line empty")
    assert [e.get("value") for e in field(form, "grade").findall(".//input") if "checked" in e.attrib] == ["3"]
    assert [e.get("value") for e in field(form, "on_file").findall(".//input") if "checked" in e.attrib] == ["p", "c"]
    assert [e.get("value") for e in field(form, "reason").findall(".//option") if "selected" in e.attrib] == ["b"]
    assert one(field(form, "reason"), ".//optgroup").get("label") == "Why"
    assert "checked" in one(field(form, "ready"), ".//input").attrib
    assert one(field(form, "cases"), ".//input").get("value") == "no number"
    # Browsers drop one line break after the opening tag; ours comes first, so that the person's stays.
    assert one(field(form, "evidence"), ".//textarea").text == "\n\nfirst line empty"


def test_a_password_is_never_sent_back() -> None:
    box = one(field(typed(password="correct horse"), "password"), ".//input")
    assert box.get("value") is None
    assert box.get("autocomplete") == "current-password"


def test_whole_numbers_are_typed_as_text_with_a_number_pad() -> None:
    box = one(field(Everything(), "cases"), ".//input")
    assert (box.get("type"), box.get("inputmode")) == ("text", "numeric")


def test_long_words_say_how_many_may_be_written() -> None:
    tree = field(Everything(), "evidence", "count=true, rows=8")
    assert tree[0].get("data-maxlength") == "4000"
    assert text(one(tree, ".//*[@id='evidence-info']")) == "You can enter up to 4,000 characters"
    assert "evidence-info" in (one(tree, ".//textarea").get("aria-describedby") or "")
    assert one(tree, ".//textarea").get("maxlength") is None


def test_a_date_shows_what_was_typed_and_marks_the_box_that_is_wrong() -> None:
    tree = field(typed(visited=["31", "6", "2026"]), "visited")
    assert [e.get("value") for e in tree.findall(".//input")] == ["31", "6", "2026"]
    assert {e.get("name") for e in tree.findall(".//input")} == {"visited"}
    assert [e.get("id") for e in with_class(tree, "govuk-input--error")] == ["visited-day"]
    assert one(tree, ".//fieldset").get("aria-describedby") == "visited-hint visited-error"


def test_a_choice_opens_what_belongs_to_it() -> None:
    more = Markup("<p>Why</p>")
    tree = field(Everything(), "decision", "conditional={'override': more}", more=more)
    radio = one(tree, ".//input[@value='override']")
    opened = one(tree, f".//*[@id='{radio.get('data-reveals')}']")
    assert "govuk-radios__conditional--hidden" in (opened.get("class") or "")
    chosen = field(typed(decision="override"), "decision", "conditional={'override': more}", more=more)
    assert with_class(chosen, "govuk-radios__conditional--hidden") == []


def test_what_people_typed_is_never_markup() -> None:
    form = typed(reference=HOSTILE, email=HOSTILE, evidence=HOSTILE, cases=HOSTILE, visited=[HOSTILE, "1", "2"])
    for name in ("reference", "email", "evidence", "cases", "visited"):
        assert field(form, name).find(".//script") is None
    assert one(field(form, "reference"), ".//input").get("value") == HOSTILE
    tables = render_template_string(
        """{% from "components/tables.html" import table, tag, timeline, summary_list, details, filters %}
        {{ table(x, [{'text': x}], [[x]]) }}{{ tag(x) }}{{ timeline([{'title': x, 'by': x, 'text': x}]) }}
        {{ summary_list([{'key': x, 'value': x}]) }}{{ details(x, x) }}
        {% call filters(applied=[{'heading': x, 'items': [{'text': x, 'href': x}]}], keep={x: x}) %}{{ x }}
        {% endcall %}""",
        x=HOSTILE,
    )
    assert read(tables).find(".//script") is None


def test_the_summary_leads_to_every_mistake() -> None:
    form = typed(visited=["1", "", "2026"], decision="agree", reason="a")
    tree = shown("{{ error_summary(form, ['It was withdrawn.']) }}", form=form)
    page = read("".join(render_template_string(ONE, f=f) for f in form if f.name != "steps"))
    ids = {e.get("id") for e in page.iter()} | {"steps-0-what"}
    links = [e.get("href") or "" for e in tree.findall(".//a")]
    assert links == [
        "#reference", "#cases", "#evidence", "#grade", "#on_file", "#visited-month", "#ready", "#steps-0-what",
    ]  # fmt: skip
    assert {link[1:] for link in links} <= ids
    assert text(tree.findall(".//li")[0]) == "It was withdrawn."
    assert one(tree, "./div/div").get("role") == "alert"


ONE = '{% from "components/forms.html" import field %}{{ field(f) }}'


def test_there_is_no_summary_without_a_mistake() -> None:
    assert list(shown("{{ error_summary(form) }}", form=Everything())) == []


def test_a_button_that_changes_something_is_a_form_with_a_token() -> None:
    tree = shown("{{ post_button('/x', 'Remind', hidden={'who': '7'}, about='Sam') }}")
    assert (one(tree, "./form").get("method"), one(tree, "./form").get("action")) == ("post", "/x")
    assert {e.get("name") for e in tree.findall(".//input")} == {"csrf_token", "who"}
    assert text(one(tree, ".//button")) == "Remind Sam"


def test_a_button_says_its_kind_and_a_link_that_looks_like_one_says_so() -> None:
    assert "govuk-button--warning" in (
        one(shown("{{ button('Void', kind='warning') }}"), "./button").get("class") or ""
    )
    link = one(shown("{{ button('Go on', href='/next') }}"), "./a")
    assert (link.get("href"), link.get("role")) == ("/next", "button")


def test_a_table_keeps_its_meaning_when_it_becomes_cards() -> None:
    columns = [
        {"text": "Case"},
        {"text": "Due", "sort": "?sort=due", "sorted": "descending"},
        {"text": "N", "numeric": True},
    ]
    tree = shown(
        "{{ table('Audits', columns, [['0042', '1 June', 1204]], foot=['All', '', 3]) }}", "tables", columns=columns
    )
    assert text(one(tree, ".//caption")) == "Audits"
    assert [e.get("aria-sort") for e in tree.findall(".//thead/tr/th")] == [None, "descending", None]
    assert one(tree, ".//thead//a").get("href") == "?sort=due"
    assert text(one(tree, ".//tbody/tr/th[@scope='row']")) == "0042"
    cells = tree.findall(".//tbody/tr/td")
    assert [(e.get("data-label"), text(e)) for e in cells] == [("Due", "1 June"), ("N", "1,204")]
    assert {e.get("role") for e in tree.findall(".//tr")} == {"row"}


def test_an_empty_table_says_what_will_appear() -> None:
    tree = shown("{{ table('Audits', [{'text': 'Case'}], [], nothing='No audits yet.') }}", "tables")
    assert tree.find(".//table") is None
    assert text(tree) == "No audits yet."


def test_pages_keep_the_filters_of_the_address() -> None:
    tree = shown("{{ pagination(page) }}", "tables", page=SimpleNamespace(older="2026-06-01~31", newer="12"))
    before, after = (e.get("href") for e in tree.findall(".//a"))
    assert before == "?stage=a%26b&team=1&team=2&before=12"
    assert after == "?stage=a%26b&team=1&team=2&after=2026-06-01~31"
    assert list(shown("{{ pagination(page) }}", "tables", page=SimpleNamespace(older=None, newer=None))) == []


def test_filters_are_a_plain_form_and_each_applied_one_can_be_taken_off() -> None:
    source = """{% from "components/tables.html" import filters %}
    {% call filters(applied=[{'heading': 'Team', 'items': [{'text': 'North', 'href': '/a'}]}], clear_href='/all',
      keep={'sort': 'due'}) %}<p>fields</p>{% endcall %}"""
    tree = read(render_template_string(source))
    assert one(tree, ".//form").get("method") == "get"
    assert one(tree, ".//form/input").attrib == {"type": "hidden", "name": "sort", "value": "due"}
    assert text(with_class(tree, "moj-filter__tag")[0]) == "Remove this filter: North"
    assert tree.find(".//form/p") is not None


@pytest.mark.parametrize("count", range(2, 11))
def test_a_grade_is_a_word_with_the_colour_of_its_place(count: int) -> None:
    scale = Scale("s", "S", tuple(Level(str(i), f"Level {i}", str(i), i > 0, "") for i in range(count)))
    for index, level in enumerate(scale.levels):
        tree = shown("{{ grade(level, scale) }}", "tables", level=level, scale=scale)
        assert text(tree) == level.name
        assert f"grade--{place(index, count)}" in (one(tree, ".//svg").get("class") or "")


def test_a_grade_has_the_colour_that_its_scale_gives() -> None:
    tree = shown("{{ grade(level, scale) }}", "tables", level=OWN.levels[0], scale=OWN)
    assert one(tree, ".//rect").get("fill") == "#7a1f5c"
    assert one(tree, ".//svg").get("aria-hidden") == "true"


def test_a_short_grade_still_has_its_word_and_no_grade_says_so() -> None:
    letter = one(
        shown("{{ grade(level, scale, short=true) }}", "tables", level=SCALE.levels[1], scale=SCALE), ".//abbr"
    )
    assert (text(letter), letter.get("title")) == ("RI", "Requires improvement")
    assert text(shown("{{ grade(none) }}", "tables")) == "Not graded"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"count": 43, "total": 50, "value": 0.86, "low": 0.738, "high": 0.93},
         "43 of 50 (86.0%), likely between 73.8% and 93.0%"),
        ({"count": 4998, "total": 5000, "value": 0.9996}, "4,998 of 5,000 (99.9%)"),
        ({"count": 0, "total": 8, "value": 0.0, "low": 0.0, "high": 0.3},
         "0 of 8 (0.0%), likely between 0.0% and 30.0%"),
        ({"count": 3, "total": 5, "value": 0.6, "tentative": True}, "3 of 5 (60.0%) too few to compare"),
        ({"count": 9, "total": 9, "value": 1.0, "why": "every one was counted"},
         "9 of 9 (100.0%) – every one was counted"),
        ({"count": 0, "total": 0, "value": None, "why": "No moderations yet"}, "No moderations yet"),
        ({}, "Nothing to count yet"),
    ],
)  # fmt: skip
def test_a_share_is_counted_out_or_says_why_not(figure: dict[str, object], words: str) -> None:
    assert text(shown("{{ share(figure) }}", "tables", figure=figure)) == words


def test_history_is_told_in_order_with_moments_for_machines() -> None:
    tree = shown(
        "{{ timeline([{'title': 'Handed in', 'by': 'Sam', 'at': '1 June 2026', 'iso': '2026-06-01'}]) }}", "tables"
    )
    assert text(one(tree, ".//h3")) == "Handed in"
    assert one(tree, ".//time").get("datetime") == "2026-06-01"


def test_progress_is_said_in_words() -> None:
    tree = shown("{{ progress_line(7, 14, 'sections decided') }}", "tables")
    assert text(one(tree, ".//p")) == "7 of 14 sections decided"
    assert one(tree, ".//progress").attrib.items() >= {"value": "7", "max": "14"}.items()


def test_a_row_of_actions_says_what_each_is_about() -> None:
    rows = [
        {"key": "Team", "value": "North", "actions": [{"text": "Change", "href": "#"}]},
        {"key": "Case", "value": "1"},
    ]
    tree = shown("{{ summary_list(rows) }}", "tables", rows=rows)
    assert text(one(tree, ".//a")) == "Change team"
    assert len(with_class(tree, "govuk-summary-list__row--no-actions")) == 1


def test_nothing_carries_a_style_or_a_script_of_its_own(app: Flask) -> None:
    tree = read(app.test_client().get("/everything").text)
    assert [e for e in tree.iter() if "style" in e.attrib or any(name.startswith("on") for name in e.attrib)] == []
    assert all(e.get("src") and not e.text for e in tree.iter("script"))
    assert tree.find(".//style") is None
