"""The external auditor, open: validating what stood with its auditor present, and taking away their own findings."""

import pytest
from playwright.sync_api import expect

from audit_app.access.table import Role
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person as Account
from tests import make
from tests.calibration.doing import authority_again
from tests.journeys import world
from tests.journeys.person import Cast, Person, Way
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
SECTIONS = (
    "Recognition and first response",
    "Assessment of safety and suitability",
    "Visits and the voice of the child",
    "Identity, parents and belonging",
    "Support and a settled future",
    "Management oversight",
    "Overall judgement",
)
WHY = "The first visit came nine days after the notification."
OTHER = "External Two"
OWN, KIN = "The part of the wider family", "Grandparents offered to help, and nobody met them."
STRONG = "Audits say what changed for the child."
SUPPORTS = "Does the auditor's evidence support the auditor's grade?"
CRITERIA = ("Evidence behind each judgement", "Analysis rather than compliance", "The child's lived experience")
TOGETHER = "Did you go through this audit together with its auditor?"


@pytest.mark.parametrize("way", [Way.KEYBOARD, Way.PLAIN], ids=lambda way: way.value, indirect=True)
def test_an_external_auditor_validates_with_the_auditor_present_and_takes_away_their_own(
    cast: Cast, served: Served
) -> None:
    with served.within():
        _two_are_given(served)
    external = cast.somebody("external")
    _validates(external, served)
    _adds_a_section(external)
    _says_how_good_the_audit_is(external)
    _finishes(external)
    _takes_away_their_own(external, served)


def _two_are_given(served: Served) -> None:
    """One that a senior moderator overrode is given to them; another external auditor has theirs."""
    accounts = {
        who: db.session.scalars(db.select(Account).filter_by(email=email)).one()
        for who, (_, email) in served.world.people.items()
    }
    made = authority_again(accounts)
    world.given(made, db.session.get_one(Audit, served.world.audits["outcome"]), accounts["external"], "external")
    other = make.person(OTHER, Role.EXTERNAL_AUDITOR, made.root)
    audit = db.session.get_one(Audit, served.world.audits["not theirs"])
    world.given(made, audit, other, "external")


def _validates(external: Person, served: Served) -> None:
    external.comes("/")
    external.presses(f"Judge Case {served.world.cases['outcome']}")
    external.reads("0 of 7 sections decided")
    external.presses(f"Go on: {SECTIONS[0]}")
    external.reads("The record shows it, and it made a difference.")
    external.chooses("Override")
    external.chooses("Requires improvement to be good", group="The grade that you give")
    external.chooses("The evidence does not support the grade")
    external.chooses("No", group=SUPPORTS)
    external.writes("Your words to the auditor", WHY)
    external.presses("Save and continue")
    external.heads(SECTIONS[1])
    external.reads(world.REASON)
    for section in SECTIONS[2:]:
        external.follows(section, exact=True)
        external.heads(section)
    external.follows("All sections")
    external.presses("Agree with all remaining")
    external.reads("7 of 7 sections decided")


def _adds_a_section(external: Person) -> None:
    external.follows("Add a section")
    external.presses("Add this section", answer=422)
    external.warned("Choose a section")
    external.chooses("A section of your own")
    external.writes("Heading of your section", OWN)
    external.presses("Add this section")
    external.heads(OWN)
    external.presses("Save and continue")
    external.reads("This section is saved, but not complete.")
    external.writes("What you found", KIN)
    external.presses("Save and continue")
    external.reads(OWN)
    external.reads("Written")


def _says_how_good_the_audit_is(external: Person) -> None:
    external.presses("Say how good the audit is")
    for criterion in (*CRITERIA, "Actions that follow"):
        external.chooses("Sound", group=criterion)
    external.chooses("Yes", group=TOGETHER)
    external.presses("Save and continue")
    external.reads("The day on which you went through it together")
    day = today()
    external.writes_day("On which day?", day.day, day.month, day.year)
    external.writes("Who else was there?", "The social worker")
    external.presses("Save and continue")
    external.reads("Everything is there")


def _finishes(external: Person) -> None:
    external.presses("Check and finish")
    external.reads("6 agreed, 1 overridden")
    external.reads(KIN)
    external.presses("Finish my moderation")
    external.reads("You finished this moderation on")
    external.reads("The social worker")


def _takes_away_their_own(external: Person, served: Served) -> None:
    external.comes("/findings")
    external.does_not_read(OTHER)
    external.follows("Autumn validation")
    external.reads(served.world.cases["outcome"])
    external.does_not_read(served.world.cases["not theirs"])
    own = external.path
    number, mine = own.rsplit("/", 1)
    external.comes(f"{number}/{int(mine) + 1000}", answer=404)
    external.comes(own)
    external.presses("Write your overall observations")
    external.writes("What is strong", STRONG)
    external.presses("Save", exact=True)
    external.told("Your observations are saved.")
    external.presses("Check and finish")
    external.reads("Write your overall observations first.")
    external.presses("Write your overall observations")
    external.writes("What must improve", "Say sooner who acts, and by when.")
    external.writes("Recommendations", "Service managers read three audits a month.")
    external.presses("Save", exact=True)
    external.presses("Check and finish")
    external.reads(STRONG)
    external.presses("Finish this copy")
    external.told("Copy 1 of your findings is finished and kept for good.")
    sheet = external.downloads("CSV of every judgement").path().read_text(encoding="utf-8-sig")
    assert served.world.cases["outcome"] in sheet
    assert WHY in sheet
    assert KIN in sheet
    assert served.world.cases["not theirs"] not in sheet
    assert external.downloads("Copy 1, PDF").path().read_bytes().startswith(b"%PDF-")
    expect(external.page.get_by_role("link", name="Copy 1, PDF")).to_have_count(1)
