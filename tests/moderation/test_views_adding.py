"""The pages on which an external auditor adds sections, and where these are read afterwards."""

import pytest
from flask import Flask
from sqlalchemy import Select, select

from audit_app.auditing.ledger import standing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import lines_of
from audit_app.measures.pairings import pair_figures
from audit_app.measures.queries import population_of
from audit_app.moderation import operations
from audit_app.moderation.adding import Addition
from audit_app.moderation.model import Moderation
from audit_app.moderation.queries import sections_of
from tests import make
from tests.moderation.doing import committed, decided, finished, given
from tests.moderation.visiting import Visitor, home

PLACED = "Permanence was never decided, though the child could not go home."
KIN = "Grandparents offered to help, and nobody met them."


@pytest.fixture
def external(app: Flask, world: make.Authority) -> Visitor:
    """The external auditor, signed in."""
    return Visitor(app, world.external)


def validating(world: make.Authority) -> Moderation:
    """A validation in which all that the audit asked is decided."""
    return decided(given(make.handed_in(world), world.external, world.officer, "external"))


def only(audit_id: int) -> Select[int]:
    """The population of one audit."""
    return select(Audit.id).where(Audit.id == audit_id)


def adds(external: Visitor, moderation: Moderation, **chosen: str) -> str:
    """Add a section; the address of its page."""
    page = external.get(home(moderation, "/added"))
    return external.send(page, "/added", chosen).path


def test_a_section_of_the_tool_is_added_graded_and_stands(world: make.Authority, external: Visitor) -> None:
    moderation = validating(world)
    asked = len(sections_of(moderation.audit))
    address = adds(external, moderation, section="permanence")
    page = external.send(external.get(address), "/write", {"words": PLACED})
    assert page.has("This section is saved, but not complete.", "Choose the grade that you give.")
    check = external.get(home(moderation, "/check"))
    assert check.has("Complete Permanence", PLACED)
    page = external.send(external.get(address), "/write", {"words": PLACED, "grade": "inadequate"})
    assert page.path == home(moderation)
    done = external.send(external.get(home(moderation, "/check")), "/finish")
    assert done.has("Added: the audit did not ask this.", PLACED)
    audit = moderation.audit
    assert standing(lines_of(audit))["permanence"].grade == "inadequate"
    (counted,) = population_of(only(audit.id), every_section=True)
    figures = pair_figures([counted], "auditor", "external", every_section=True, random=False)
    assert figures.exact.total == asked
    outcome = external.get(f"/audits/{audit.id}/moderation/external")
    assert outcome.has(f"agreed with {asked} of {asked} sections", "They added 1 section")


def test_a_section_of_ones_own_is_read_with_the_outcome_and_in_the_papers(
    world: make.Authority, external: Visitor
) -> None:
    moderation = validating(world)
    address = adds(external, moderation, section="own", heading="The wider family")
    external.send(external.get(address), "/write", {"words": KIN})
    external.send(external.get(home(moderation, "/check")), "/finish")
    lines = lines_of(moderation.audit)
    assert {line.section for line in lines} == {section.key for section in sections_of(moderation.audit)}
    for path in (f"/audits/{moderation.audit_id}/moderation/external", f"/audits/{moderation.audit_id}/print"):
        assert external.get(path).has("The wider family", KIN, "They carry no grade"), path


def test_what_is_removed_is_not_finished_and_comes_back_as_it_was(world: make.Authority, external: Visitor) -> None:
    moderation = validating(world)
    address = adds(external, moderation, section="permanence")
    external.send(external.get(address), "/write", {"words": PLACED})
    page = external.send(external.get(address), "/remove")
    assert page.has("“Permanence", "is removed")
    external.get(address, 404)
    assert adds(external, moderation, section="permanence") == address
    assert external.get(address).has(PLACED)


def test_the_second_of_two_tabs_in_an_added_section_sees_both(world: make.Authority, external: Visitor) -> None:
    moderation = validating(world)
    address = adds(external, moderation, section="permanence")
    one, other = external.get(address), external.get(address)
    external.send(one, "/write", {"words": PLACED, "grade": "good"})
    page = external.send(other, "/write", {"words": KIN}, code=409)
    assert page.has("What is stored now", PLACED, KIN)
    assert external.autosave(other, "/write", {"words": KIN}).status_code == 409


def test_choosing_nothing_or_no_heading_is_told_at_the_form(world: make.Authority, external: Visitor) -> None:
    moderation = validating(world)
    page = external.get(home(moderation, "/added"))
    assert external.send(page, "/added", code=422).has("Choose a section")
    assert external.send(page, "/added", {"section": "own", "heading": " "}, code=422).has("Give your section a head")


def test_what_was_checked_is_finished_with_what_was_added(world: make.Authority, external: Visitor) -> None:
    moderation = validating(world)
    check = external.get(home(moderation, "/check"))
    adds(external, moderation, section="permanence")
    external.send(check, "/finish", code=409)
    assert moderation.phase == "deciding"


def test_nothing_is_added_while_judging_blind_and_an_addition_is_no_blind_pair(
    world: make.Authority, external: Visitor
) -> None:
    moderation = given(make.handed_in(world), world.external, world.officer, "external", blind=True)
    assert external.get(home(moderation, "/added")).path == home(moderation)
    committed(moderation)
    operations.add_section(moderation, Addition("permanence"), by=make.actor(world.external))
    (one,) = moderation.added
    operations.write_added(one, "good", PLACED, one.version_id, by=make.actor(world.external))
    finished(moderation)
    (counted,) = population_of(only(moderation.audit_id), every_section=True)
    figures = pair_figures([counted], "auditor", "external", every_section=True, random=True)
    assert figures.exact.total == len(sections_of(moderation.audit))


def test_a_senior_moderator_has_no_such_page(world: make.Authority, senior: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    senior.get(home(moderation, "/added"), 403)
    assert not senior.get(home(moderation)).has("Add a section")
