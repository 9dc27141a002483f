"""Thirty-two who do the same at once, from the same page: one wins, the rest are told, and nothing is doubled (T8)."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.auditing.queries import judgements_of
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.moderation import operations as moderation
from audit_app.moderation.challenge import Ruling
from audit_app.moderation.model import Moderation
from tests import make
from tests.life.challenging import CHALLENGING
from tests.life.deeds import ACCEPTED, Deed, Deeds
from tests.life.place import Place
from tests.moderation.doing import committed, decided, finished, given, graded

AT_ONCE = 32
TURNS, LONG = 5, 50
ONCE = frozenset(
    {"hand back", "withdraw", "take back", "settle", "override"}
)  # like others: one turn is enough each day
LATE = frozenset({404, 409, 422})  # 404: what the winner did took it from their sight


class Runners:
    """A place, and somebody at thirty-two windows of one session."""

    def __init__(self, app: Flask) -> None:
        self.app, self.place = app, Place.of(app)
        self.deeds, self.months = Deeds(self.place), count(1)

    def begin(self) -> None:
        """Two new audits in a round of their own."""
        self.place.begin(next(self.months))

    def write(self) -> None:
        """Write every section of the audit."""
        audit = self.place.audit(0)
        for section in audit.tool.sections:
            auditing.save(audit, section.key, make.draft(section), 0, by=make.actor(audit.auditor))
        db.session.commit()

    def hand_in(self) -> None:
        """Write the audit, and hand it in."""
        self.write()
        audit = self.place.audit(0)
        auditing.hand_in(audit, audit.version_id, by=make.actor(audit.auditor))
        db.session.commit()

    def give(self, *, blind: bool = False) -> Moderation:
        """Hand the audit in, and give it to a senior manager."""
        self.hand_in()
        made = self.place.made
        return given(self.place.audit(0), made.senior, made.officer, blind=blind)

    def challenge(self, *, resolver: bool = False) -> None:
        """Moderate the audit and challenge it; perhaps somebody is named, and has found what stands."""
        made, done = self.place.made, finished(decided(self.give()))
        overall = next(section.key for section in self.place.tool.tool.sections if section.overall)
        one = moderation.challenge(done, {overall: "The record says more."}, by=make.actor(made.manager))
        if resolver:
            moderation.name_resolver(one, made.head, "", one.version_id, by=make.actor(made.officer))
            ruling = Ruling("good", reason="Both sides are in the record.")
            moderation.rule(one, one.points[0], ruling, one.points[0].version_id, by=make.actor(made.head))
        db.session.commit()

    def race(self, deed: Deed) -> list[int]:
        """What each of them is answered who sends the same form at the same moment."""
        method = getattr(self.deeds, deed.name, None)
        ask = method(deed) if method is not None else CHALLENGING[deed.name](self.deeds, deed)
        assert ask is not None
        address, form, _ = ask
        form = {"csrf_token": self.place.tokens[deed.who], **form}
        cookie = self.place.clients[deed.who].get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        windows = [self.app.test_client() for _ in range(AT_ONCE)]
        for window in windows:
            window.set_cookie(cookie.key, cookie.value)
        db.session.remove()
        barrier, answers = threading.Barrier(AT_ONCE), list[int]()

        def press(number: int) -> None:
            with self.app.app_context():
                barrier.wait()
                answers.append(windows[number].post(address, data=form).status_code)
                db.session.remove()

        threads = [threading.Thread(target=press, args=(number,)) for number in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return answers


@dataclass(frozen=True)
class Race:
    """What comes before, what they all do, and how the record calls it."""

    before: Callable[[Runners], object]
    deed: Deed
    told: str
    lines: int  # in the ledger afterwards, for each section
    more: int = 0  # and beside these


def _manager(name: str) -> Deed:
    return Deed(name, "manager", whom="far_manager")


RACES = {
    "hand in": Race(Runners.write, _manager("hand_in"), "audit.submit", 1),
    "hand back": Race(lambda run: None, _manager("hand_back"), "audit.handed_back", 0),
    "withdraw": Race(Runners.write, Deed("withdraw", "officer"), "audit.withdraw", 0),
    "reallocate": Race(lambda run: None, Deed("reallocate", "officer", whom="far_manager"), "audit.reallocated", 0),
    "give": Race(Runners.hand_in, Deed("give", "officer"), "moderation.given", 1),
    "take back": Race(Runners.give, Deed("take_back", "officer"), "moderation.taken_back", 1),
    "commit blind": Race(lambda run: graded(run.give(blind=True)), Deed("commit", "senior"), "moderation.committed", 2),
    "finish": Race(lambda run: decided(run.give()), Deed("finish", "senior"), "moderation.finished", 2),
    "settle": Race(
        lambda run: decided(committed(run.give(blind=True))), Deed("finish", "senior"), "moderation.finished", 3
    ),
    "send back": Race(Runners.give, Deed("send_back", "senior"), "audit.send_back", 1),
    "name a resolver": Race(
        Runners.challenge, Deed("name_resolver", "officer", whom="head"), "challenge.resolver_named", 2
    ),
    "resolve": Race(lambda run: run.challenge(resolver=True), Deed("resolve", "head"), "challenge.resolved", 2, more=1),
    "reopen": Race(lambda run: finished(decided(run.give())), Deed("reopen", "head"), "moderation.reopened", 2),
}
DRAFTS: dict[str, tuple[Callable[[Runners], object], Deed]] = {
    "save": (lambda run: None, _manager("save")),
    "decide": (Runners.give, Deed("decide", "senior")),
    "override": (Runners.give, Deed("decide", "senior", choice=1)),
    "grade blind": (lambda run: run.give(blind=True), Deed("grade_blind", "senior")),
}


@pytest.fixture
def run(either_app: Flask) -> Iterator[Runners]:
    """A place in which people race."""
    yield Runners(either_app)


def one_wins(run: Runners, name: str) -> None:
    """One race: a single winner, one new line in the record, and nothing twice."""
    race = RACES[name]
    run.begin()
    race.before(run)
    subject, sections = run.place.audit(0).subject, len(run.place.tool.tool.sections)
    answers = run.race(race.deed)
    assert len(answers) == AT_ONCE
    assert sum(code in ACCEPTED for code in answers) == 1, sorted(answers)
    assert {code for code in answers if code not in ACCEPTED} <= LATE, sorted(answers)
    told = [entry.kind for entry in entries_of(subject)]
    assert told.count(race.told) == 1, told
    assert len(judgements_of(run.place.audit(0))) == race.lines * sections + race.more


def one_draft_is_kept(run: Runners, name: str) -> None:
    """One race for a draft: a single winner, and one draft of the first edition."""
    before, deed = DRAFTS[name]
    run.begin()
    before(run)
    versions = _versions(run)
    answers = run.race(deed)
    assert len(answers) == AT_ONCE
    assert sum(code in ACCEPTED for code in answers) == 1, sorted(answers)
    assert {code for code in answers if code not in ACCEPTED} <= LATE, sorted(answers)
    assert sum(_versions(run).values()) - sum(versions.values()) in (1, 2)  # the draft, and perhaps what holds it


def _versions(run: Runners) -> dict[str, int]:
    db.session.expire_all()
    found = {f"answer {key}": one.version_id for key, one in run.deeds.answers(run.place.audit(0)).items()}
    if (moderation := run.deeds.moderation(Deed("", ""))) is not None:
        opinions = run.deeds.opinions(moderation)
        found |= {f"opinion {key}": one.version_id for key, one in opinions.items()}
        found["moderation"] = moderation.version_id
    return found


@pytest.mark.parametrize("name", RACES)
def test_of_thirty_two_at_once_one_wins_and_nothing_is_doubled(run: Runners, name: str) -> None:
    for _ in range(1 if name in ONCE else TURNS):
        one_wins(run, name)
    assert verify() == []


@pytest.mark.parametrize("name", DRAFTS)
def test_of_thirty_two_who_save_at_once_one_is_kept_and_the_rest_are_told(run: Runners, name: str) -> None:
    for _ in range(1 if name in ONCE else TURNS):
        one_draft_is_kept(run, name)
    assert verify() == []


@pytest.mark.soak
@pytest.mark.parametrize("name", [*RACES, *DRAFTS])
def test_fifty_of_fifty_races_have_one_winner(run: Runners, name: str) -> None:
    for _ in range(LONG):
        (one_wins if name in RACES else one_draft_is_kept)(run, name)
    assert verify() == []
