"""Whatever anybody tries, in whatever order: nothing happens that must not, and everything that may does."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis.strategies as st
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.life.challenging import CHALLENGING, challenges
from tests.life.deeds import Deed, Deeds
from tests.life.independence import BOUNDING
from tests.life.place import PEOPLE, Place
from tests.life.truths import Truths

STEPS, LIVES, LEAST = 25, 18, 500  # deeds tried; ten times as many with the soak
MANY_LIVES, LEAST_OF_MANY = 216, 5_000
ANYBODY = st.sampled_from(PEOPLE)
WHICH = st.integers(0, 1)
TIER = st.sampled_from(("senior", "senior", "external"))
CHOICE = st.integers(0, 23)
FRESH = st.sampled_from((True, True, True, False))
WHOM = st.sampled_from(("senior", "other_senior", "head", "external", "manager", "officer", "team_senior"))
WRITING, JUDGING = (
    ("save", "hand_in", "reply", "hand_back"),
    ("grade_blind", "commit", "decide", "rate", "finish", "send_back"),
)
CHALLENGED = tuple(CHALLENGING)
INDEPENDENT = {"senior": "senior", "external": "external"}
RUNNING = (
    "give", "take_back", "withdraw", "void", "reopen", "draw_blind", "agree_with_rest", "open_section",
    "place_waiting", "add_section", "write_added",
)  # fmt: skip
SIGNING = ("sign_off", "close_escalation")
BOUNDED = tuple(BOUNDING)
SELDOM = ("withdraw", "void", "hand_back", "connect", "close_escalation")  # else most lives would be short
EVERY_DEED = WRITING + JUDGING + RUNNING + CHALLENGED + BOUNDED


class Life(RuleBasedStateMachine):
    """One life: two audits, and what everybody tries with them."""

    place: Place
    lives: Iterator[int]

    def __init__(self) -> None:
        super().__init__()
        self.deeds = Deeds(self.place)
        self.truths = Truths(self.deeds)

    @initialize(choice=CHOICE)
    def begin(self, choice: int) -> None:
        """Give out two new audits; one of them may be handed in already, and drawn as it came."""
        self.place.begin(next(self.lives), as_they_come=choice % 4 > 1)
        if choice % 3:
            self.write_all(which=choice % 2, choice=choice)

    def rightful(self, name: str, which: int, tier: str) -> str:
        """Who would do such a deed by right."""
        if name in WRITING:
            return ("manager", "other_manager")[which]
        if name in ("reopen", "void", *SIGNING):
            return "head"
        if name in ("place_waiting", *BOUNDED):
            return "officer"
        if name in CHALLENGED:
            return self.challenger(name, which, tier)
        one = self.deeds.moderation(Deed(name, "officer", which, tier))
        return self.place.name_of(one.moderator_id) if name not in RUNNING[:3] and one is not None else "officer"

    def challenger(self, name: str, which: int, tier: str) -> str:
        """Who would do such a deed with a challenge by right."""
        if name in ("challenge", "withdraw_challenge"):
            return ("manager", "other_manager")[which]
        one = next(reversed(challenges(self.place.audits[which], tier)), None)
        named = one is not None and one.resolver_id is not None and name != "name_resolver"
        return self.place.name_of(one.resolver_id) if named and one and one.resolver_id else "officer"

    @rule(
        name=st.sampled_from(EVERY_DEED),
        who=ANYBODY,
        which=WHICH,
        tier=TIER,
        choice=CHOICE,
    )
    def by_anybody(self, name: str, who: str, which: int, tier: str, choice: int) -> None:
        """Anybody tries anything."""
        self.deeds.do(Deed(name, who, which, tier, choice))

    @rule(
        name=st.sampled_from(EVERY_DEED),
        which=WHICH,
        tier=TIER,
        choice=CHOICE,
        fresh=FRESH,
        whom=WHOM,
    )
    def by_right(self, name: str, which: int, tier: str, choice: int, fresh: bool, whom: str) -> None:
        """Whoever may, tries: perhaps too early, too late, or from a page that is out of date."""
        who = self.rightful(name, which, tier)
        if name not in SELDOM or choice % 6 == 0:
            self.deeds.do(Deed(name, who, which, tier, choice, fresh, whom))

    @rule(which=WHICH, choice=CHOICE)
    def write_all(self, which: int, choice: int) -> None:
        """The auditor writes every section, and hands in."""
        who = ("manager", "other_manager")[which]
        if not self.deeds.writes(self.place.audit(which), Deed("save", who, which)):
            return
        for number, _ in enumerate(self.place.tool.tool.sections):
            self.deeds.do(Deed("save", who, which, choice=number + 3 * (choice % 4)))
        self.deeds.do(Deed("hand_in", who, which, choice=choice % 2))

    @rule(which=WHICH, tier=TIER, whom=WHOM, choice=CHOICE)
    def give_out(self, which: int, tier: str, whom: str, choice: int) -> None:
        """The officer gives an audit to somebody, by hand or drawn to be judged blind."""
        name = "draw_blind" if tier == "senior" and choice % 2 else "give"
        self.deeds.do(Deed(name, "officer", which, tier, choice, whom=whom))

    @rule(which=WHICH, tier=TIER, choice=CHOICE)
    def judge_all(self, which: int, tier: str, choice: int) -> None:
        """The moderator does what is left, blind or open, to the end."""
        if self.deeds.moderation(Deed("decide", "officer", which, tier)) is None:
            self.give_out(which=which, tier=tier, whom=INDEPENDENT[tier], choice=choice)
        who = self.rightful("decide", which, tier)
        count = len(self.place.tool.tool.sections)
        for number in range(count):
            self.deeds.do(Deed("grade_blind", who, which, tier, number + 3 * ((choice + number) % 4)))
        self.deeds.do(Deed("commit", who, which, tier))
        for number in range(count):
            self.deeds.do(Deed("open_section", who, which, tier, number))
            if not self.deeds.do(Deed("decide", who, which, tier, number + count * (choice % 4))):
                self.deeds.do(Deed("decide", who, which, tier, number + count * (number % 2)))
        self.deeds.do(Deed("rate", who, which, tier, choice))
        self.deeds.do(Deed("finish", who, which, tier))

    @rule(which=WHICH, tier=TIER, choice=CHOICE, whom=st.sampled_from(("head", "other_senior", "head", "officer")))
    def challenge_all(self, which: int, tier: str, choice: int, whom: str) -> None:
        """The auditor challenges the overall judgement, and somebody resolves it."""
        overall = len(self.place.tool.tool.sections) - 1
        for name in ("challenge", "name_resolver", "rule_on", "resolve"):
            who = self.challenger(name, which, tier)
            self.deeds.do(Deed(name, who, which, tier, overall if name == "challenge" else choice, whom=whom))

    @invariant()
    def everything_holds(self) -> None:
        """What is true at every moment."""
        self.truths.hold()

    def teardown(self) -> None:
        """What is true at the end."""
        self.place.tried += self.deeds.tried
        if self.place.audits:
            self.truths.hold_at_the_end()


def machine_of(place: Place) -> type[RuleBasedStateMachine]:
    """The machine that lives lives in a place, one after the other."""
    place.tried = 0
    return type("Lives", (Life,), {"place": place, "lives": iter(range(1, 10_000))})


def live(app: Flask, lives: int, least: int, *, chance: bool = False) -> None:
    """Live so many lives, and count what was tried."""
    chosen: Callable[..., Any] = settings
    profile = chosen(
        max_examples=lives,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not chance,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    place = Place.of(app)
    run_state_machine_as_test(machine_of(place), settings=profile)
    assert place.tried >= least, f"only {place.tried} deeds were tried"


def test_in_no_life_does_anything_happen_that_must_not(either_app: Flask) -> None:
    live(either_app, LIVES, LEAST)


@pytest.mark.soak
def test_in_many_lives_nothing_happens_that_must_not(either_app: Flask) -> None:
    times = int(os.environ.get("LIVES", "1"))
    live(either_app, MANY_LIVES * times, LEAST_OF_MANY * times, chance=True)
