"""Each guard of the workflow is needed: with any one switched off, something that must not happen does, and is seen."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest
from flask import Flask

from audit_app.auditing import rules as auditing_rules
from audit_app.auditing import workflow
from audit_app.clock import today
from audit_app.db import db
from audit_app.escalation import rules as escalation_rules
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.moderation import adding as adding_rules
from audit_app.moderation import challenge as challenge_rules
from audit_app.moderation import drawing as drawing_rules
from audit_app.moderation import rules as moderation_rules
from tests.life.deeds import Broken, Deed, Deeds
from tests.life.place import Place
from tests.life.truths import Truths

Script = Callable[[Deeds], None]
WORKFLOW = (
    workflow, auditing_rules, moderation_rules, challenge_rules, adding_rules, drawing_rules, escalation_rules,
)  # fmt: skip
PLANNING = {f"{escalation_rules.__name__}.refusal_to_move"}  # the month of a re-audit is no step of an audit


class Story:
    """Deeds that may be done, as the first part of a script."""

    def __init__(self, deeds: Deeds) -> None:
        self.deeds = deeds
        self.count = len(deeds.place.tool.tool.sections)

    def must(self, deed: Deed) -> None:
        """Do what may be done."""
        if not self.deeds.do(deed):
            raise RuntimeError(f"the story stops at {deed}")

    def handed_in(self) -> "Story":
        """The manager writes and hands in."""
        for number in range(self.count):
            self.must(Deed("save", "manager", choice=number + 6))
        self.must(Deed("hand_in", "manager"))
        return self

    def low(self) -> "Story":
        """The manager finds the lowest grade throughout, and hands in; it is escalated to the head of service."""
        for number in range(self.count):
            self.must(Deed("save", "manager", choice=number))
        self.must(Deed("hand_in", "manager"))
        return self

    def signed_off(self) -> "Story":
        """The head of service signs it off."""
        self.must(Deed("sign_off", "head"))
        return self

    def connected(self, whom: str = "senior") -> "Story":
        """It is told that somebody is connected with the case."""
        self.must(Deed("connect", "officer", whom=whom))
        return self

    def given(self, whom: str = "senior", tier: str = "senior") -> "Story":
        """The officer gives it to somebody, open."""
        self.must(Deed("give", "officer", tier=tier, whom=whom))
        return self

    def blind(self, whom: str = "senior") -> "Story":
        """It is drawn, to be judged blind by somebody."""
        self.must(Deed("draw_blind", "officer", whom=whom))
        return self

    def committed(self, whom: str = "senior") -> "Story":
        """They judge every section blind, and commit."""
        for number in range(self.count):
            self.must(Deed("grade_blind", whom, choice=number + 9))
        self.must(Deed("commit", whom))
        return self

    def finished(self, whom: str = "senior", tier: str = "senior") -> "Story":
        """They agree with every section, say how good the audit is, and finish."""
        for number in range(0, 2 * self.count, 2):
            self.must(Deed("decide", whom, tier=tier, choice=number))
        self.must(Deed("rate", whom, tier=tier))
        self.must(Deed("finish", whom, tier=tier))
        return self

    def challenged(self, named: str = "") -> "Story":
        """The manager challenges the overall judgement; perhaps somebody is named to resolve it."""
        self.must(Deed("challenge", "manager", choice=self.count - 1))
        if named:
            self.must(Deed("name_resolver", "officer", whom=named))
        return self

    def away(self, whom: str) -> "Story":
        """Somebody is away today."""
        place = self.deeds.place
        identity.record_away(place.person(whom), Away(today(), today()), by=place.id_of("officer"))
        db.session.commit()
        return self

    def added(self) -> "Story":
        """The external auditor decides everything, and adds a section without a word in it."""
        for number in range(0, 2 * self.count, 2):
            self.must(Deed("decide", "external", tier="external", choice=number))
        self.must(Deed("rate", "external", tier="external"))
        self.must(Deed("add_section", "external", tier="external"))
        return self

    def sent_back(self) -> "Story":
        """The senior sends it back."""
        self.must(Deed("send_back", "senior"))
        return self


def tried(deed: Deed, told: Callable[[Story], object]) -> Script:
    """A story, and then a deed that must not succeed."""

    def script(deeds: Deeds) -> None:
        told(Story(deeds))
        deeds.do(deed)

    return script


def nothing(story: Story) -> None:
    """Nothing has happened yet."""


OVERALL = 2  # the place of the overall judgement in the short tool
A, M, X = "audit_app.auditing", "audit_app.moderation", "audit_app.escalation"
# Each guard with a deed that only it refuses.
MUTANTS: dict[str, Script] = {
    f"{A}.rules.refusal_to_write": tried(Deed("save", "manager", choice=6), Story.handed_in),
    f"{A}.rules.refusal_to_change_grade": tried(
        Deed("save", "manager", choice=3), lambda s: s.handed_in().given().sent_back()
    ),
    f"{A}.rules.refusal_to_hand_in": tried(
        Deed("hand_in", "manager"), lambda s: s.must(Deed("save", "manager", choice=0))
    ),
    f"{A}.rules.refusal_to_hand_back": tried(
        Deed("hand_back", "manager"), lambda s: s.must(Deed("save", "manager", choice=0))
    ),
    f"{A}.rules.refusal_to_reallocate": tried(
        Deed("reallocate", "officer", whom="far_manager"), lambda s: s.must(Deed("save", "manager", choice=0))
    ),
    f"{A}.rules.refusal_to_reply": tried(Deed("reply", "manager"), Story.handed_in),
    f"{A}.workflow.refusal_to_advance": tried(Deed("withdraw", "officer"), Story.handed_in),
    f"{M}.rules.refusal_to_give": tried(Deed("give", "officer", whom="team_senior"), Story.handed_in),
    f"{M}.rules.is_connected": tried(Deed("give", "officer", whom="senior"), lambda s: s.handed_in().connected()),
    f"{M}.rules.is_of_team": tried(Deed("give", "officer", whom="team_senior"), Story.handed_in),
    f"{M}.rules.has_signed_off": tried(
        Deed("name_resolver", "officer", whom="head"),
        lambda s: s.low().signed_off().given().finished().challenged(),
    ),
    f"{M}.rules.refusal_to_stay": tried(Deed("decide", "senior"), lambda s: s.handed_in().given().connected()),
    f"{X}.rules.refusal_to_sign_off": tried(Deed("sign_off", "head"), lambda s: s.low().signed_off()),
    f"{X}.rules.refusal_to_be_head": tried(Deed("name_head", "officer", whom="senior"), Story.low),
    f"{X}.rules.refusal_to_name": tried(Deed("name_head", "officer", whom="senior"), Story.low),
    f"{X}.rules.refusal_to_close": tried(
        Deed("close_escalation", "head"), lambda s: s.low().must(Deed("close_escalation", "head"))
    ),
    f"{M}.rules.refusal_to_work": tried(Deed("decide", "senior"), lambda s: s.handed_in().blind()),
    f"{M}.rules.refusal_to_go_on": tried(Deed("decide", "senior"), lambda s: s.handed_in().given().sent_back()),
    f"{M}.rules.refusal_to_commit": tried(Deed("commit", "senior"), lambda s: s.handed_in().blind()),
    f"{M}.rules.refusal_to_agree_with_rest": tried(Deed("agree_with_rest", "senior"), lambda s: s.handed_in().given()),
    f"{M}.rules.refusal_to_finish": tried(Deed("finish", "senior"), lambda s: s.handed_in().given()),
    f"{M}.rules.refusal_to_send_back": tried(Deed("send_back", "senior"), lambda s: s.handed_in().blind()),
    f"{M}.challenge.refusal_to_challenge": tried(
        Deed("challenge", "head", choice=OVERALL), lambda s: s.handed_in().given().finished()
    ),
    f"{M}.challenge.refusal_to_step": tried(
        Deed("withdraw_challenge", "manager"),
        lambda s: s.handed_in().given().finished().challenged().must(Deed("withdraw_challenge", "manager")),
    ),
    f"{M}.challenge.refusal_to_resolve": tried(
        Deed("rule_on", "other_senior"), lambda s: s.handed_in().given().finished().challenged("head")
    ),
    f"{M}.challenge.refusal_to_withdraw_challenge": tried(
        Deed("withdraw_challenge", "head"), lambda s: s.handed_in().given().finished().challenged()
    ),
    f"{M}.challenge.refusal_to_close": tried(
        Deed("resolve", "head"), lambda s: s.handed_in().given().finished().challenged("head")
    ),
    f"{M}.adding.refusal_to_add_section": tried(
        Deed("add_section", "external", tier="external"),
        lambda s: s.handed_in().given("external", "external").must(Deed("add_section", "external", tier="external")),
    ),
    f"{M}.adding.refusal_to_finish_additions": tried(
        Deed("finish", "external", tier="external"), lambda s: s.handed_in().given("external", "external").added()
    ),
    f"{M}.drawing.refusal_to_draw": tried(Deed("draw_blind", "officer", whom="senior"), nothing),
    f"{M}.operations.beginning.fresh": tried(Deed("rate", "senior", fresh=False), lambda s: s.handed_in().given()),
    f"{M}.operations.beginning.fresh_section": tried(
        Deed("decide", "senior", fresh=False), lambda s: s.handed_in().given()
    ),
    "audit_app.access.actor.may": tried(Deed("give", "board", whom="senior"), Story.handed_in),
}
# Guards that give the kind words where another wall stands behind them; each with the wall, and a deed both refuse.
SECOND_WALLS: dict[str, tuple[str, Script]] = {
    f"{A}.rules.refusal_to_withdraw": (
        "the table of steps refuses again",
        tried(Deed("withdraw", "officer"), Story.handed_in),
    ),
    f"{A}.rules.refusal_to_void": (
        "the page offers nobody else as the second person, and the table of steps refuses again",
        tried(Deed("void", "head", whom="manager"), Story.handed_in),
    ),
    f"{M}.rules.refusal_to_reopen": (
        "only a finished moderation has the page, and the table of steps refuses again",
        tried(
            Deed("reopen", "head"),
            lambda s: s.handed_in().given().finished().given("external", "external"),
        ),
    ),
    f"{M}.rules.refusal_to_take_back": (
        "what is committed blind has another form there, and the table of steps refuses the rest again",
        tried(Deed("take_back", "officer"), lambda s: s.handed_in().blind().committed().finished()),
    ),
    f"{M}.rules.refusal_to_settle_instead": (
        "the table of steps refuses again",
        tried(
            Deed("settle_instead", "officer", whom="other_senior"),
            lambda s: s.handed_in().blind().committed().finished(),
        ),
    ),
    f"{M}.challenge.refusal_to_name": (
        "the page offers only those who could resolve it, and the database knows both sides",
        tried(Deed("name_resolver", "officer", whom="senior"), lambda s: s.handed_in().given().finished().challenged()),
    ),
    f"{M}.challenge.refusal_to_be_resolver": (
        "the database knows both sides",
        tried(
            Deed("name_resolver", "officer", whom="manager"), lambda s: s.handed_in().given().finished().challenged()
        ),
    ),
    f"{M}.challenge.refusal_to_allow_late": (
        "only a head of service of the unit has the page",
        tried(Deed("challenge", "head", choice=OVERALL), lambda s: s.handed_in().given().finished()),
    ),
    f"{M}.drawing.refusal_to_share": (
        "with nobody left to share among, the draw itself is refused",
        tried(Deed("draw_blind", "officer", whom="senior"), lambda s: s.handed_in().away("senior")),
    ),
    f"{M}.rules.refusal_to_grade": (
        "the form offers the grades of the scale",
        tried(Deed("decide", "senior", choice=0, fresh=False), lambda s: s.handed_in().given()),
    ),
    f"{M}.rules.refusal_to_decide": (
        "what a section lacks is counted apart, and finishing asks for all of it",
        tried(Deed("finish", "senior"), lambda s: s.handed_in().given()),
    ),
}


@contextmanager
def switched_off(name: str) -> Iterator[None]:
    """A guard that refuses nothing, wherever it is used."""
    module_name, _, attribute = name.rpartition(".")
    guard = getattr(sys.modules[module_name], attribute)
    instead = _always if attribute == "may" else _never
    changed: list[ModuleType] = []
    for module in [m for n, m in sys.modules.items() if n.startswith("audit_app") and isinstance(m, ModuleType)]:
        if vars(module).get(attribute) is guard:
            setattr(module, attribute, instead)
            changed.append(module)
    try:
        yield
    finally:
        for module in changed:
            setattr(module, attribute, guard)


def _never(*_: object, **__: object) -> None:
    """Refuse nothing."""


def _always(*_: object, **__: object) -> bool:
    """Allow everything."""
    return True


def begun(app: Flask) -> Deeds:
    """A place with two new audits."""
    place = Place.of(app)
    place.begin(1)
    return Deeds(place)


@pytest.mark.parametrize("guard", MUTANTS)
def test_only_with_its_guard_in_place_a_deed_is_refused(app: Flask, guard: str) -> None:
    deeds = begun(app)
    MUTANTS[guard](deeds)
    Truths(deeds).hold_at_the_end()
    deeds.place.begin(2)
    with switched_off(guard), pytest.raises(Broken):
        MUTANTS[guard](deeds)
        Truths(deeds).hold_at_the_end()


@pytest.mark.parametrize("guard", SECOND_WALLS)
def test_where_a_guard_falls_a_second_wall_stands(app: Flask, guard: str) -> None:
    deeds = begun(app)
    with switched_off(guard):
        SECOND_WALLS[guard][1](deeds)
        Truths(deeds).hold_at_the_end()


def test_every_guard_of_the_workflow_is_listed() -> None:
    guards = {
        f"{module.__name__}.{name}"
        for module in WORKFLOW
        for name, thing in vars(module).items()
        if name.startswith("refusal_to_") and thing.__module__ == module.__name__
    }
    assert guards - PLANNING == {name for name in {*MUTANTS, *SECOND_WALLS} if ".refusal_to_" in name}
