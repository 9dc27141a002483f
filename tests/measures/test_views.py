"""The measures pages as people meet them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_app.access.table import Role
from audit_app.db import db
from audit_app.measures import queries
from audit_app.measures.counts import count
from audit_app.measures.queries import Filters
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.organisation import operations as organisation
from audit_app.programmes.months import month_after
from audit_app.web.formats import month
from tests import make
from tests.measures import world

FEWEST = 12  # audits that make a figure more than tentative


@pytest.fixture
def made(app: Flask) -> make.Authority:
    """A small authority with two teams' audits: fourteen moderated, two of them to a lower grade, one validated."""
    made = make.authority()
    for number in range(FEWEST):
        world.moderated(world.handed_in(made), made.senior, "requires_improvement" if number < 2 else None)
    far = [world.handed_in(made, team=made.teams[3]) for _ in range(2)]
    world.finished(world.given(far[0], made.senior, route=Route.BY_HAND))
    world.finished(world.given(far[0], made.external, "external"))
    db.session.commit()
    return made


def words(page: str) -> str:
    """What a page says, without its markup."""
    body = re.sub(r"<(head|script|select)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def links(page: str, start: str) -> list[str]:
    """Where a page leads, to addresses that begin so."""
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', page) if href.startswith(start)]


def client(app: Flask, made: make.Authority, who: str) -> FlaskClient:
    return make.client_of(app, made.people[who])


WORKING = (
    "/measures/audits?figure=coverage",
    "/measures/months",
    "/measures/teams",
    "/measures/sections",
    "/measures/compare",
    "/measures/figures.xlsx",
    "/measures/picture.svg?picture=grades",
)


@pytest.mark.parametrize("address", ["/measures", "/measures/definitions", *WORKING])
def test_figures_are_for_those_who_may_see_them(app: Flask, made: make.Authority, address: str) -> None:
    for who in ("other_manager", "senior", "head", "officer"):
        assert client(app, made, who).get(address).status_code == 200, who
    assert client(app, made, "board").get(address).status_code == (403 if address in WORKING else 200)
    made.people["practitioner"] = make.person("Practitioner One", Role.PRACTITIONER, made.teams[1])
    for who in ("external", "admin", "practitioner"):
        assert client(app, made, who).get(address).status_code == 403, who
    assert make.client_of(app, None).get(address).status_code == 302


def test_the_page_says_the_figures_in_sentences_first(app: Flask, made: make.Authority) -> None:
    said = words(client(app, made, "head").get("/measures").text)
    assert "100% of 14 audits were good or better as audited, and 86% as it stands after moderation" in said
    assert (
        "83% of 12 judgements were agreed by the senior moderator; the true figure is likely between 55% and 95%. "
        "Auditors graded higher than the senior moderator twice and lower never."
    ) in said
    assert "1 of 1 validated judgement was agreed: too few to say more." in said
    assert "13 of 14 audits (93%) have been moderated." in said
    assert "Good or better, as it stands 12 of 14 (85.7%)" in said
    assert "Same grade 10 of 12 (83.3%), likely between 55.2% and 95.3%" in said
    assert "the same grade on 1 of 1 (100.0%) too few to compare" in said
    assert "compared by overall grade" in said


def test_counting_by_section_says_so_and_prints_the_number_of_audits(app: Flask, made: make.Authority) -> None:
    said = words(client(app, made, "head").get("/measures?counting=section").text)
    assert "compared by every graded section" in said
    assert re.search(r"Same grade [\d,]+ of [\d,]+ \([\d.]+%\) in 12 audits, likely between", said)
    assert "so uneven a split" not in said  # no sign test: the sections of one audit go together


def test_teams_stand_in_the_trees_order_and_lead_to_their_own_figures(app: Flask, made: make.Authority) -> None:
    browser = client(app, made, "head")
    page = browser.get("/measures/teams").text
    near, far = made.teams[1], made.teams[3]
    assert page.index(f">{near.name}</a>") < page.index(f">{far.name}</a>")
    assert links(page, "/measures?unit=") == [f"/measures?unit={near.id}", f"/measures?unit={far.id}"]
    said = words(browser.get(f"/measures?unit={far.id}").text)
    assert "over 2 audits" in said
    assert "none yet" in words(browser.get(f"/measures/teams?unit={far.id}").text)


def test_nothing_counted_says_what_will_appear(app: Flask, made: make.Authority) -> None:
    said = words(client(app, made, "manager").get("/measures").text)
    assert "No audit has been handed in for what you chose." in said
    assert "0%" not in said
    assert "100%" not in said


def counted_links(page: str) -> Iterator[str]:
    yield from links(page, "/measures/audits")


@pytest.mark.parametrize("asked", ["", "counting=section"])
def test_every_figure_leads_to_the_very_audits_that_it_counts(app: Flask, made: make.Authority, asked: str) -> None:
    filters = Filters(every_section=bool(asked))
    who = make.actor(made.head)
    audits = queries.population(filters, who)
    became, views = queries.became(filters, who), queries.evidence_views(filters, who)
    counts = count(audits, became, views, every_section=filters.every_section)
    browser = client(app, made, "head")
    hrefs = set(counted_links(browser.get(f"/measures?{asked}").text))
    cells = {href for href in hrefs if re.search("figure=(grid|graded|gap)_|part=hits|first=", href)}
    hrefs -= cells
    keys = {re.search(r"figure=([a-z_]+)", href)[1] for href in hrefs}  # type: ignore[index]
    figures = {f.key: f for f in (*counts.shares, *(f for p in counts.random for f in p.figures)) if f.counted}
    assert keys == set(figures) | {"other_exact_senior"}
    for href in hrefs:
        figure = counts.figure(re.search(r"figure=([a-z_]+)", href)[1])  # type: ignore[index]
        assert figure is not None
        said = words(browser.get(href).text)
        noun = "audit" if len(figure.counted) == 1 else "audits"
        assert f"{len(figure.counted)} {noun} that you may open" in said, href
        assert "more that you may not open" not in said
    assert cells
    for href in cells:
        assert re.search(r"[1-9]\d* audits? that you may open", words(browser.get(href).text)), href


NUMBER = re.compile(r'href="(/measures/audits[^"]+)">([\d,]+)(?: of ([\d,]+))?<')


@pytest.mark.parametrize("address", ["", "/months?share=coverage", "/teams", "/sections"])
def test_every_number_of_a_table_leads_to_as_many_audits(app: Flask, made: make.Authority, address: str) -> None:
    browser = client(app, made, "head")
    numbers = NUMBER.findall(browser.get(f"/measures{address}").text)
    kinds = {
        (re.sub("(first|last|unit|section)=[^&]*", "", href), bool(of)): (unescape(href), int(of or number))
        for href, number, of in numbers
    }
    assert kinds
    for href, number in kinds.values():
        said = words(browser.get(href).text)
        assert f"{number} audit{'' if number == 1 else 's'} that you may open" in said, href


def test_both_sides_of_a_comparison_lead_to_their_audits(app: Flask, made: make.Authority) -> None:
    near, far = made.teams[1].id, made.teams[3].id
    browser = client(app, made, "head")
    page = browser.get(f"/measures/compare?unit={near}&other_unit={far}").text
    hrefs = [href for href in counted_links(page) if "figure=good_as_audited" in href]
    said = [words(browser.get(href).text) for href in hrefs]
    assert [re.search(r"(\d+) audits? that you may open", one)[1] for one in said] == ["12", "2"]  # type: ignore[index]


def test_months_that_are_compared_replace_both_ends_of_the_first_ones(app: Flask, made: make.Authority) -> None:
    earlier, later = made.round.month.isoformat(), month_after(made.round.month, 1).isoformat()
    world.handed_in(made, into=make.open_round(made.round.programme, made.tool, month_after(made.round.month, 1)))
    db.session.commit()
    browser = client(app, made, "head")
    page = browser.get(f"/measures/compare?last={earlier}&other_first={later}").text
    assert f"{month(made.round.month)} beside {month(month_after(made.round.month, 1))}" in words(page)
    second = [href for href in counted_links(page) if f"first={later}" in href]
    assert second
    assert all("last=" not in href for href in second)
    assert "1 audit that you may open" in words(browser.get(second[0]).text)


def test_two_that_share_audits_are_refused_in_words(app: Flask, made: make.Authority) -> None:
    answer = client(app, made, "head").get(f"/measures/compare?other_unit={made.teams[1].id}")
    assert answer.status_code == 422
    assert "12 audits are in both. Choose months or units that do not overlap" in words(answer.text)
    assert "Refusal" not in answer.text


def test_units_that_are_compared_go_by_their_names(app: Flask, made: make.Authority) -> None:
    near, far = made.teams[1], made.teams[3]
    said = words(client(app, made, "head").get(f"/measures/compare?unit={near.id}&other_unit={far.id}").text)
    assert f"First: {near.name}, 12 audits. Second: {far.name}, 2 audits." in said


def test_filters_are_kept_from_page_to_page_and_can_be_shared(app: Flask, made: make.Authority) -> None:
    browser, asked = client(app, made, "head"), f"unit={made.teams[1].id}&tier=senior"
    pages = ("/measures", "/measures/months", "/measures/teams", "/measures/sections", "/measures/compare")
    for page in pages:
        text = browser.get(f"{page}?{asked}").text
        for other in pages:
            assert f"{other}?{asked}" in links(text, other), (page, other)
        assert f"Figures for: unit {made.teams[1].name} ; second opinion Senior moderator ." in words(text)


def test_a_filter_that_finds_nothing_says_what_to_do(app: Flask, made: make.Authority) -> None:
    later = month_after(made.round.month, 1)
    world.handed_in(made, into=make.open_round(made.round.programme, made.tool, later))
    db.session.commit()
    browser = client(app, made, "head")
    for page in ("/measures", "/measures/months", "/measures/teams", "/measures/sections"):
        text = browser.get(f"{page}?first={later.isoformat()}&last={made.round.month.isoformat()}").text
        assert f"{month(later)} is after {month(made.round.month)}. Choose an earlier “From”" in words(text)
        assert page in links(text, page)
    text = browser.get(f"/measures?unit={made.teams[2].id}").text
    assert "Take away one of the choices, or choose a wider period or unit." in words(text)


def test_on_paper_nothing_is_left_that_only_leads_on(app: Flask, made: make.Authority) -> None:
    browser = client(app, made, "head")
    page = browser.get("/measures").text
    outside = re.sub(r'<dd class="govuk-summary-list__actions">.*?</dd>', "", page)  # these are not printed either
    loose = [link for link in re.findall(r"<a [^>]*>See audits", outside) if "no-print" not in link]
    assert loose == []
    assert app.static_folder
    assert ".govuk-summary-list__actions" in (Path(app.static_folder) / "print.css").read_text()


def test_behind_a_figure_one_sees_what_one_may_open_and_how_many_more_there_are(
    app: Flask, made: make.Authority
) -> None:
    behind = "/measures/audits?figure=coverage"
    mine = client(app, made, "other_manager").get(behind).text
    assert "12 audits that you may open" in words(mine)
    assert len(links(mine, "/audits/")) == 12


def test_a_plain_number_says_which_grade_or_cell_it_is_of(app: Flask, made: make.Authority) -> None:
    browser = client(app, made, "head")
    for figure, said in {
        "graded_audited_good": "As audited: good.",
        "graded_stands_requires_improvement": "As it stands: requires improvement",
        "grid_senior_2_1": "Auditor: good. Senior moderator: requires improvement",
        "grid_senior_2_all": "Auditor: good. Senior moderator: any grade.",
        "gap_before": "Good or better as audited.",
    }.items():
        assert said in words(browser.get(f"/measures/audits?figure={figure}").text), figure


def test_the_audits_in_the_count_can_be_shown_alone(app: Flask, made: make.Authority) -> None:
    browser = client(app, made, "head")
    page = browser.get("/measures/audits?figure=exact_senior").text
    assert "12 audits that you may open" in words(page)
    assert "Those in the 10" in words(page)
    only = browser.get(next(href for href in counted_links(page) if "part=hits" in href)).text
    assert "10 audits that you may open" in words(only)
    assert "figure=exact_senior" in next(counted_links(only))


def test_filters_are_kept_on_the_way_to_the_audits_and_back(app: Flask, made: make.Authority) -> None:
    browser = client(app, made, "head")
    unit = made.teams[3].id
    page = browser.get(f"/measures?unit={unit}&counting=section").text
    href = next(href for href in counted_links(page) if "coverage" in href)
    assert f"unit={unit}" in href
    assert "counting=section" in href
    behind = browser.get(href).text
    assert f"Unit: {made.teams[3].name}" in words(behind)
    assert f"/measures?unit={unit}&counting=section" in links(behind, "/measures?")


def test_a_chosen_filter_is_a_tag_that_takes_itself_away(app: Flask, made: make.Authority) -> None:
    exercise = moderation.make_exercise(made.root.id, "Spring validation", by=made.officer.id)
    page = client(app, made, "head").get(f"/measures?exercise={exercise.id}&unit={made.teams[1].id}").text
    tags = re.findall(r'class="moj-filter__tag" href="([^"]+)">.*?</span>([^<]+)<', page)
    assert {(unescape(href), text) for href, text in tags} == {
        (f"/measures?exercise={exercise.id}", made.teams[1].name),
        (f"/measures?unit={made.teams[1].id}", "Spring validation"),
    }


GARBAGE = (
    "first=%00&last=2026-13-45&unit=abc&programme=-1&exercise=%27&counting=zzz",
    "unit=99999999999999999999999&programme=99999999999999999999999&exercise=2147483648",
    "first=0001-01-01&last=9999-12-31&unit=%D9%A3",
    "unit=1&unit=2&first=&first=x",
    "_external=1&_scheme=javascript&_anchor=x&_method=POST&endpoint=home.index&filename=x&figure=coverage",
    "q=%3Cscript%3Ealert(1)%3C/script%3E&counting=%3Cscript%3E",
    "%00=%00&[]=1",
)


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_in_the_address_chooses_nothing_and_leads_nowhere_else(
    app: Flask, made: make.Authority, garbage: str
) -> None:
    browser = client(app, made, "head")
    answer = browser.get(f"/measures?{garbage}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "javascript:" not in answer.text
    for href in links(answer.text, ""):
        assert href.startswith(("/", "#")), href
    if "unit=1&" not in garbage:
        assert "over 14 audits" in words(answer.text)
    garbage = garbage.replace("figure=coverage", "")
    assert browser.get(f"/measures/audits?figure=coverage&{garbage}&after=%00&before=zz").status_code == 200


@pytest.mark.parametrize(
    "figure", ["", "nothing", "exact", "__class__", "shares", "%00", "exact_auditor_external_senior"]
)
def test_a_figure_that_does_not_exist_is_not_found(app: Flask, made: make.Authority, figure: str) -> None:
    assert client(app, made, "head").get(f"/measures/audits?figure={figure}").status_code == 404


def test_a_figure_that_counts_nothing_has_no_audits_behind_it(app: Flask, made: make.Authority) -> None:
    assert client(app, made, "manager").get("/measures/audits?figure=coverage").status_code == 404


def test_somebody_elses_unit_gives_nothing_of_it(app: Flask, made: make.Authority) -> None:
    far, browser = made.teams[3], client(app, made, "other_manager")
    for page in (f"/measures?unit={far.id}", f"/measures/audits?figure=coverage&unit={far.id}"):
        answer = browser.get(page).text
        assert far.name not in answer
        assert "over 12 audits" in words(answer) or "12 audits that you may open" in words(answer)


def test_an_exercise_or_programme_of_another_authority_cannot_be_chosen(app: Flask, made: make.Authority) -> None:
    other = organisation.add("Southmere", "authority", None, by=None)
    exercise = moderation.make_exercise(other.id, "Theirs", by=made.officer.id)
    answer = client(app, made, "head").get(f"/measures?exercise={exercise.id}").text
    assert "over 14 audits" in words(answer)
    assert "Theirs" not in answer


def test_whoever_judges_blind_is_told_what_is_left_out(app: Flask, made: make.Authority) -> None:
    audit = world.handed_in(made)
    held = world.given(audit, made.senior, blind=True)
    db.session.commit()
    page = words(client(app, made, "senior").get("/measures").text)
    assert "1 audit that you judge blind just now is in no figure that you see" in page
    assert "over 14 audits" in page
    assert "over 15 audits" in words(client(app, made, "head").get("/measures").text)
    listed = client(app, made, "senior").get("/measures/audits?figure=good_as_audited").text
    assert f"/audits/{audit.id}" not in links(listed, "/audits/")
    world.committed(held, {})
    db.session.commit()
    page = words(client(app, made, "senior").get("/measures").text)
    assert "judge blind" not in page
    assert "over 15 audits" in page


def test_every_figure_leads_to_its_definition(app: Flask, made: make.Authority) -> None:
    browser = client(app, made, "head")
    anchors = {href.partition("#")[2] for href in links(browser.get("/measures").text, "/measures/definitions#")}
    ids = set(re.findall(r'id="([a-z_]+)"', browser.get("/measures/definitions").text))
    assert anchors
    assert anchors <= ids
