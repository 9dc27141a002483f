"""Two worlds that differ only in what is hidden look the same to whoever judges blind (T12)."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.actions import operations as actions
from audit_app.actions.rules import Wanted
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit
from audit_app.auditing.operations import contributions
from audit_app.clock import today
from audit_app.db import db
from audit_app.evaluation.said import Kind as Cited
from audit_app.feedback import operations as feedback
from audit_app.identity.model import Person
from audit_app.improvement import operations as improvement
from audit_app.improvement.model import Plan
from audit_app.moderation import operations as moderation
from audit_app.moderation.challenge import Ruling
from audit_app.moderation.model import Route
from audit_app.moderation.queries import find_moderation
from audit_app.moderation.rules import Decision
from audit_app.notices.kinds import Kind
from audit_app.notices.model import Mail
from audit_app.notices.operations import Telling, tell
from audit_app.notices.operations.sending import written
from audit_app.programmes.months import month_after
from tests import make
from tests.evaluation import doing as evaluating
from tests.improvement import doing as planning
from tests.learning import briefing
from tests.notices.make import with_post
from tests.packs import doing as packing
from tests.reporting import committee
from tests.serving import serve
from tests.sweep.addresses import addresses
from tests.sweep.questions import queries_on
from tests.sweep.seeing import seen

MOMENT = "2026-06-15T10:00:00+00:00"


class World:
    """One of the two: what is hidden is said by words and grade."""

    def __init__(self, words: str, grade: str, who: str) -> None:
        self.words, self.grade = words, grade
        make._numbers = count(1)
        self.made = make.authority()
        # The nearest head of service, who never judges here, signs off what cannot wait.
        self.made.people["near_head"] = make.person("Head Two", Role.HEAD_OF_SERVICE, self.made.services[0])
        self.common()
        person = self.made.people[who]
        tier = "external" if who == "external" else "senior"
        self.exercise = moderation.make_exercise(self.made.root.id, "Validation", by=self.made.officer.id)
        self.hidden = [self.blind_for(person, tier), self.blind_of_agencies(person, tier)]
        if who == "external":
            self.hidden.append(self.blind_after_moderation(person))
            self.validated(person)
        self.planned()
        self.packed(person)
        self.come_again(self.hidden[0])
        self.tell(person)
        db.session.commit()

    def common(self) -> None:
        """What is equal in both: figures must count these, and only these."""
        for grade in ("good", "outstanding", "requires_improvement"):
            self.moderated(make.handed_in(self.made, grade=grade))
        self.moderated(make.handed_in(self.made), "requires_improvement", "It was seen, and nothing came of it.")
        briefing.published(self.made)

    def planned(self) -> None:
        """A plan whose live reading counts what is hidden, taken by somebody who may see it, and reports of it."""
        plan = planning.plan(self.made)
        improvement.read_figure(planning.live(self.made, plan), by=make.actor(self.made.officer))
        planning.frozen(self.made, plan)
        committee.final(self.made, plan, background=self.words)
        committee.draft(self.made, planning.meeting(self.made, plan, in_days=20), background=self.words)
        self.evaluated(plan)

    def evaluated(self, plan: Plan) -> None:
        """Self-evaluations: one that rests on what is hidden, published, and a statement that rests on an action."""
        edition = evaluating.edition(self.made)
        evaluating.action(self.made, evaluating.statement(self.made, edition), plan)
        resting = evaluating.statement(self.made, edition, self.words, question="difference")
        reading = {"plan": plan.id, "indicator": planning.indicator(plan, "1.1").id}
        evaluating.figure(self.made, resting, "good_as_audited")
        evaluating.cited(self.made, resting, Cited.READING, reading)
        evaluating.cited(self.made, resting, Cited.ROUND, {"round": self.made.round.id})
        theme = {"theme": "being_heard", "unit": self.made.root.id, "months": 1}
        evaluating.cited(self.made, resting, Cited.THEME, theme)
        evaluating.publish(self.made, edition)

    def packed(self, who: Person) -> None:
        """A pack that somebody made before they were given its audit blind: closed to them now, and equal in both."""
        if who.id == self.made.head.id:
            packing.kept(f"round:{self.made.round.id}", who)
            packing.kept(f"round:{self.made.round.id}", who, (self.hidden[0].id,))

    def come_again(self, earlier: Audit) -> None:
        """The case of a hidden audit is audited again, in the month for which one world planned it."""
        month = month_after(self.made.round.month, 3)
        later = make.open_round(self.made.round.programme, self.made.tool, month)
        auditor = self.made.people["far_manager"]
        audit = auditing.allocate(
            later, earlier.case_id, earlier.unit, earlier.category, auditor, inclusion_probability=None, by=None
        )
        for section in audit.tool.sections_for(audit.category):
            auditing.save(audit, section.key, make.draft(section), 0, by=make.actor(auditor))
        auditing.hand_in(audit, audit.version_id, by=make.actor(auditor))

    def tell(self, who: Person) -> None:
        """Tell somebody of an audit that they may see, and, differently in each world, of those that they may not."""
        seen = make.audit(self.made)
        kinds = [Kind.ESCALATED] if self.grade == "good" else [Kind.ESCALATED, Kind.CHASED, Kind.SENT_BACK]
        news = [(Kind.OVERDUE, seen), *((kind, audit) for kind in kinds for audit in self.hidden)]
        tell(Telling(who.id, kind, f"{kind}:{audit.id}", audit_id=audit.id) for kind, audit in news)

    def moderated(self, audit: Audit, grade: str | None = None, words: str = "") -> None:
        """Moderate an audit by another senior, agreeing or overriding throughout."""
        senior = self.made.other_senior
        one = moderation.give(
            audit,
            senior,
            "senior",
            route=Route.RANDOM,
            blind=False,
            due_on=today(),
            by=self.made.officer.id,
            inclusion_probability=0.5,
        )
        who, reason = make.actor(senior), audit.tool.reasons[0].key
        for section in moderation.sections_of(audit):
            decision = Decision("agree", evidence_supports=True)
            if grade is not None:
                decision = Decision(
                    "override", grade, reason_code=reason, reason=words or self.words, evidence_supports=False
                )
            moderation.decide(one, section.key, decision, 0, by=who)
        if grade is not None and not words:
            self.act(audit, senior)
        ratings = {c.key: audit.tool.quality.scale.keys[0] for c in audit.tool.quality.criteria}
        moderation.rate(one, ratings, words or (self.words if grade else ""), False, one.version_id, by=who)
        moderation.finish(one, one.version_id, by=who)
        db.session.commit()

    def secret(self, audit: Audit | None = None) -> Audit:
        """An audit in which everything that an auditor enters differs between the worlds."""
        audit = audit or make.audit(self.made)
        for section in audit.tool.sections_for(audit.category):
            draft = make.draft(section, self.grade)
            differing = {"evidence": self.words, "strengths": self.words, "improvements": self.words}
            columns = draft.columns | differing
            columns["questions"] = dict.fromkeys(columns["questions"], "no" if self.grade == "good" else "yes")
            auditing.save(audit, section.key, type(draft)(**columns), 0, by=make.actor(audit.auditor))
        self.act(audit, audit.auditor)
        by, why = make.actor(audit.auditor), self.words if self.grade == "good" else None
        auditing.hand_in(audit, audit.version_id, by=by, without_because=self.words, moderate_because=why)
        self.released(audit)
        db.session.commit()
        return audit

    def released(self, audit: Audit) -> None:
        """Its outcome is released, replied to and coded, differently in each world."""
        out = feedback.release(audit, None, by=make.actor(self.made.officer))
        feedback.reply(out, self.words, by=make.actor(self.made.other_manager))
        codes = {"family": ["drift"] if self.grade == "good" else ["being_heard"], "practitioner": [], "audit": []}
        feedback.code(audit, codes, 0, by=make.actor(audit.auditor))

    def act(self, audit: Audit, by: Person) -> None:
        """Write an action for the child that differs between the worlds in all but whose it is."""
        kind, days = ("plan", 10) if self.grade == "good" else ("learning", 20)
        due_on = today() + dt.timedelta(days=days)
        said = Wanted(kind, self.words, self.words, self.words, due_on)
        actions.write(audit, said, self.made.people["other_manager"], by=make.actor(by))

    def blind_for(self, who: Person, tier: str) -> Audit:
        """Such an audit, given blind."""
        audit = self.secret()
        self.give_blind(audit, who, tier)
        return audit

    def blind_of_agencies(self, who: Person, tier: str) -> Audit:
        """Such an audit of several agencies, whose people wrote and answered differently, given blind."""
        audit = make.agencies_audit(self.made)
        nurse = make.person("Nurse One", Role.CONTRIBUTOR, self.made.root)
        one = contributions.ask(audit, nurse, "health", today(), self.words, by=make.actor(audit.auditor))
        answers = dict.fromkeys((q.key for q in one.sections[0].questions), "no" if self.grade == "good" else "yes")
        draft = Draft(evidence=self.words, strengths=self.words, improvements=self.words, questions=answers)
        contributions.contribute(one, "health", draft, 0, by=make.actor(nurse))
        contributions.finish(one, one.version_id, by=make.actor(nurse))
        self.give_blind(self.secret(audit), who, tier)
        return audit

    def give_blind(self, audit: Audit, who: Person, tier: str) -> None:
        """Give an audit blind, drawn at random."""
        moderation.give(
            audit,
            who,
            tier,
            route=Route.RANDOM,
            blind=True,
            due_on=today(),
            by=self.made.officer.id,
            exercise=self.exercise if tier == "external" else None,
            inclusion_probability=0.5,
        )
        db.session.commit()

    def validated(self, who: Person) -> None:
        """What an external auditor has finished in the same exercise: equal in both, so their findings are too."""
        audit = make.handed_in(self.made)
        given = {"route": Route.BY_HAND, "blind": False, "due_on": today(), "exercise": self.exercise}
        one = moderation.give(audit, who, "external", by=self.made.officer.id, **given)  # type: ignore[arg-type]
        for section in moderation.sections_of(audit):
            moderation.decide(one, section.key, Decision("agree", evidence_supports=True), 0, by=make.actor(who))
        ratings = {c.key: audit.tool.quality.scale.keys[0] for c in audit.tool.quality.criteria}
        moderation.rate(one, ratings, "", False, one.version_id, by=make.actor(who))
        moderation.finish(one, one.version_id, by=make.actor(who))
        db.session.commit()

    def challenged(self, audit: Audit) -> None:
        """Challenge its moderation, and resolve the challenge differently in each world."""
        about, head = find_moderation(audit, "senior"), make.actor(self.made.head)
        assert about is not None
        auditor = make.actor(audit.auditor)
        one = moderation.challenge(about, {"overall": self.words}, by=auditor)
        moderation.name_resolver(one, self.made.head, "", one.version_id, by=make.actor(self.made.officer))
        # As many messages in both worlds: the numbers of later ones would tell.
        moderation.rule(one, one.points[0], Ruling(self.grade, reason=self.words), 1, by=head)
        moderation.resolve(one, one.edition, by=head)
        db.session.commit()

    def blind_after_moderation(self, who: Person) -> Audit:
        """Such an audit, moderated differently in each world, then given blind to an external auditor."""
        audit = self.secret()
        self.moderated(audit, "inadequate" if self.grade == "good" else "outstanding")
        self.challenged(audit)
        self.give_blind(audit, who, "external")
        return audit


@contextmanager
def world(folder: Path, migrated: Path, words: str, grade: str, who: str) -> Iterator[tuple[Flask, World]]:
    """An application on a world of its own."""
    folder.mkdir()
    file = folder / "audits.sqlite3"
    shutil.copy(migrated, file)
    with serve(folder, f"sqlite:///{file}") as app:
        with_post(app)
        yield app, World(words, grade, who)


WORDS = ("zephyrquartz", "The record of visits was thin, and the plan did not change when the risk did: a long text.")


def everything_seen(app: Flask, made: World, who: Person) -> dict[str, tuple[int, list[tuple[str, str]], bytes]]:
    """Every answer that somebody gets to every GET."""
    sections = [section.key for section in made.made.tool.tool.sections]
    client = make.client_of(app, who)
    found = {url: seen(client.get(url)) for url in addresses(app, sections)}
    further = {query for url, answer in found.items() if is_page(answer) for query in queries_on(url, answer[2])}
    found |= {url: seen(client.get(url)) for url in sorted(further - found.keys())}
    return found | {"letters": (200, [], letters_to(who))}


def is_page(answer: tuple[int, list[tuple[str, str]], bytes]) -> bool:
    """Whether an answer is a page that somebody may read."""
    return answer[0] == 200 and any(k == "Content-Type" and v.startswith("text/html") for k, v in answer[1])


def test_every_page_and_paper_is_asked_for(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    asked = {adapter.match(urlsplit(url).path)[0] for url in addresses(app, ["overall"])}
    rules = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert rules - asked == {"static"}


def test_a_page_leads_to_each_choice_of_its_forms_and_each_of_its_queries() -> None:
    page = b"""<a href="?after=3#end">Next</a><a href="/elsewhere">No</a><a href="//stranger/?q=1">No</a>
    <form method="get" action="/found"><select name="stage"><option value="sent">Sent</option></select>
    <input name="whose" type="radio" value="mine"><input name="q"></form>
    <form method="post"><input name="words"></form>"""
    assert queries_on("/list?q=1", page) == {
        "/list?after=3", "/found?stage=sent", "/found?whose=mine", "/found?q=0", "/found?q=e",
    }  # fmt: skip


def letters_to(who: Person) -> bytes:
    """The letters that would go to somebody now, without the name that is made up for each."""
    mails = db.session.execute(select(Mail).where(Mail.person_id == who.id)).scalars()
    found = [one.letter for one in map(written, mails) if one is not None]
    return "".join(
        f"{one.to} {one.name} {one.letter.subject} {one.made_at} {one.letter.body}" for one in found
    ).encode()


@pytest.mark.parametrize("who", ["senior", "head", "external"])
def test_whoever_judges_blind_sees_the_same_whatever_is_hidden(who: str, tmp_path: Path, migrated_file: Path) -> None:
    found = []
    with time_machine.travel(MOMENT, tick=False):
        for number, (words, grade) in enumerate(zip(WORDS, ("good", "inadequate"), strict=True)):
            with world(tmp_path / str(number), migrated_file, words, grade, who) as (app, made):
                found.append(everything_seen(app, made, made.made.people[who]))
    assert found[0].keys() == found[1].keys()
    differing = [url for url in found[0] if found[0][url] != found[1][url]]
    assert not differing, differing[:20]
    canary = WORDS[0].encode()
    assert not [url for url, answer in found[0].items() if canary in answer[2]]
    assert b"An audit of yours in the June 2026 round" in found[0]["letters"][2]
    assert sum(answer[0] == 200 for answer in found[0].values()) > 10


def test_the_test_itself_tells_two_worlds_apart(tmp_path: Path, migrated_file: Path) -> None:
    found = []
    with time_machine.travel(MOMENT, tick=False):
        for number, (words, grade) in enumerate(zip(WORDS, ("good", "inadequate"), strict=True)):
            with world(tmp_path / str(number), migrated_file, words, grade, "senior") as (app, made):
                officer = made.made.people["officer"]
                client = make.client_of(app, officer)
                found.append([seen(client.get(url)) for url in (f"/audits/{made.hidden[0].id}", "/measures")])
    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]
