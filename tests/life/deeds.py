"""What people try to do to an audit, sent as a browser sends it, and what must then be true.

Whether a deed may succeed is said here a second time, in other words than the product's: from the stored rows alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from audit_app.access.table import Permission
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Answer, Assignment, Audit, Judgement, Retraction
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.moderation.model import Moderation, Opinion
from tests.life.beside import BESIDE
from tests.life.challenging import CHALLENGING, is_challenged, resolvers
from tests.life.independence import BOUNDING, is_connected, took_side
from tests.life.place import Place, digest, entries

ACCEPTED = frozenset({302, 303})
REFUSED = frozenset({400, 403, 404, 409, 422})
ROLES = {"senior": Permission.MODERATE, "external": Permission.VALIDATE}
WITH = {"senior": "with_senior", "external": "with_external"}
JUDGED = {"senior": "moderated", "external": "validated"}
OPEN = ("deciding", "settling")


class Broken(AssertionError):
    """Something that must never be true was seen."""


@dataclass(frozen=True)
class Deed:
    """One try: which deed, by whom, to which of the two audits, in which tier, with which choice, fresh or stale."""

    name: str
    who: str
    which: int = 0
    tier: str = "senior"
    choice: int = 0
    fresh: bool = True
    whom: str = "senior"


Ask = tuple[str, dict[str, object], bool | None]  # address, form, and whether it may succeed (None: cannot be told)


class Deeds:
    """Tries deeds in a place, and looks at what became of everything."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.tried = 0
        self.succeeded = 0

    # What is stored

    def moderation(self, deed: Deed) -> Moderation | None:
        """The moderation that a deed is about."""
        rows = select(Moderation).filter_by(audit_id=self.place.audits[deed.which], tier=deed.tier)
        return db.session.execute(rows.execution_options(populate_existing=True)).scalar_one_or_none()

    def opinions(self, moderation: Moderation) -> dict[str, Opinion]:
        """A moderator's drafts by section."""
        rows = select(Opinion).filter_by(moderation_id=moderation.id).execution_options(populate_existing=True)
        return {one.section: one for one in db.session.execute(rows).scalars()}

    def answers(self, audit: Audit) -> dict[str, Answer]:
        """An auditor's drafts by section."""
        rows = select(Answer).filter_by(audit_id=audit.id).execution_options(populate_existing=True)
        return {one.section: one for one in db.session.execute(rows).scalars()}

    def lines(self, audit: Audit) -> list[Judgement]:
        """An audit's lines in the ledger, in order."""
        return list(db.session.execute(select(Judgement).filter_by(audit_id=audit.id).order_by(Judgement.id)).scalars())

    def retracted(self) -> set[int]:
        """The lines that stand no more."""
        return set(db.session.execute(select(Retraction.judgement_id)).scalars())

    def stands(self, audit: Audit, below: str = "") -> dict[str, str | None]:
        """The grade that stands in each section, counted by hand; below: before this tier."""
        rank = {"auditor": 0, "senior": 1, "external": 2, "": 3}
        gone, best = self.retracted(), dict[str, Judgement]()
        for line in self.lines(audit):
            able = line.phase != "blind" and line.id not in gone and rank[line.tier] < rank[below]
            if able and (line.section not in best or rank[line.tier] >= rank[best[line.section].tier]):
                best[line.section] = line
        return {section: line.grade for section, line in best.items()}

    def section(self, deed: Deed) -> Section:
        """The section that a deed is about."""
        sections = self.place.tool.tool.sections
        return sections[deed.choice % len(sections)]

    def grade(self, deed: Deed) -> str:
        """The grade that a deed gives."""
        keys = self.place.tool.tool.scale.keys
        return keys[deed.choice // 3 % len(keys)]

    # Deeds

    def save(self, deed: Deed) -> Ask:
        """Write in a section of an audit."""
        audit, section, grade = self.place.audit(deed.which), self.section(deed), self.grade(deed)
        answer = self.answers(audit).get(section.key)
        version = answer.version_id if answer else 0
        first = next((j.grade for j in self.lines(audit) if j.section == section.key and j.tier == "auditor"), None)
        given = first if first is not None and deed.choice % 2 == 0 else grade
        form = {"grade": given, "evidence": "Seen in the record.", "strengths": "", "improvements": ""}
        may = self.writes(audit, deed) and deed.fresh and first in (None, given)
        if section.may_be_not_applicable:
            form["not_applicable_because"] = ""
        stale = version + 1
        return (
            f"/audits/{audit.id}/sections/{section.key}",
            {**form, "version": version if deed.fresh else stale},
            may,
        )

    def writes(self, audit: Audit, deed: Deed) -> bool:
        """Whether somebody is the auditor of an audit that is being written."""
        mine = audit.auditor_id == self.place.id_of(deed.who)
        return mine and audit.handed_back_at is None and audit.stage in ("allocated", "in_progress", "sent_back")

    def hand_back(self, deed: Deed) -> Ask:
        """Hand an audit back to be given to somebody else, before anything is written."""
        audit = self.place.audit(deed.which)
        form = {
            "because": "other",
            "words": "There is no time.",
            "version": audit.version_id + (0 if deed.fresh else 1),
        }
        may = self.writes(audit, deed) and audit.stage == "allocated" and deed.fresh
        return f"/audits/{audit.id}/hand-back", form, may

    def reallocate(self, deed: Deed) -> Ask:
        """Give an audit to another auditor, without saying that what is written goes with it."""
        audit = self.place.audit(deed.which)
        form = {"auditor": str(self.place.id_of(deed.whom)), "version": audit.version_id + (0 if deed.fresh else 1)}
        may = None if deed.who == "officer" and audit.stage == "allocated" and deed.fresh else False
        return f"/rounds/{self.place.round_id}/audits/{audit.id}/reallocate", form, may

    def hand_in(self, deed: Deed) -> Ask:
        """Hand an audit in."""
        audit = self.place.audit(deed.which)
        answers = {key: Draft.of(answer) for key, answer in self.answers(audit).items()}
        whole = all(
            section.key in answers and answers[section.key].grade and answers[section.key].evidence
            for section in audit.tool.sections
        )
        form: dict[str, object] = {"version": audit.version_id if deed.fresh else audit.version_id + 1}
        asks, says_why = deed.choice % 2 == 1, deed.choice % 4 == 1
        if asks:
            form |= {"moderate": "y", "moderate_because": "I am unsure of the plan." if says_why else " "}
        may = self.writes(audit, deed) and audit.stage != "allocated" and whole and deed.fresh
        return f"/audits/{audit.id}/hand-in", form, may and says_why == asks

    def give(self, deed: Deed) -> Ask:
        """Give an audit to somebody by hand."""
        audit = self.place.audit(deed.which)
        form: dict[str, object] = {
            "whom": f"{deed.tier}:{self.place.id_of(deed.whom)}",
            "audits": [str(audit.id)],
            "route": "by_hand",
            "exercise": "Spring" if deed.tier == "external" else "",
            "due_on": [str(today().day), str(today().month), str(today().year)],
        }
        may = deed.who == "officer" and self.can_be_given(audit, deed)
        return f"/rounds/{self.place.round_id}/moderation/give", form, may

    def can_be_given(self, audit: Audit, deed: Deed) -> bool:
        """Whether somebody is independent of an audit that waits for their tier."""
        waits = audit.stage == "submitted" or (deed.tier == "external" and audit.stage == "moderated")
        held = deed.tier == "external" and is_challenged(audit, "senior")
        return waits and not held and self.moderation(deed) is None and self.is_independent(audit, deed)

    def is_independent(self, audit: Audit, deed: Deed) -> bool:
        """Whether somebody may judge in a tier, and has nothing else to do with the audit or its case."""
        whom = self.place.person(deed.whom).actor(today())
        rows = select(Assignment.person_id, Assignment.tier).filter_by(audit_id=audit.id)
        earlier = {row.person_id for row in db.session.execute(rows) if row.tier != deed.tier}
        earlier |= resolvers(audit, outside=deed.tier)
        of_team = whom.unit_path == audit.unit.path or any(grant.path == audit.unit.path for grant in whom.grants)
        free = whom.id not in {audit.auditor_id, *earlier, *took_side(audit)} and not of_team
        return free and not is_connected(audit, whom.id) and whom.may(ROLES[deed.tier])

    def grade_blind(self, deed: Deed) -> Ask | None:
        """Give one's own grade to a section, blind."""
        if (one := self.moderation(deed)) is None:
            return None
        section = self.section(deed)
        draft = self.opinions(one).get(section.key)
        version = draft.version_id if draft else 0
        form = {"grade": self.grade(deed), "reason": "So I see it.", "version": version if deed.fresh else version + 1}
        may = self.judges(one, deed, "judging_blind") and deed.fresh
        return f"/moderations/{one.id}/sections/{section.key}/grade", form, may

    def judges(self, one: Moderation, deed: Deed, *phases: str) -> bool:
        """Whether somebody is the moderator, in one of these phases, with the audit before them."""
        audit = self.place.audit(deed.which)
        mine = one.moderator_id == self.place.id_of(deed.who) != audit.auditor_id
        mine = mine and not is_connected(audit, one.moderator_id)
        return mine and one.phase in phases and audit.stage == WITH[deed.tier]

    def edition(self, one: Moderation) -> int:
        """What the last page of a moderation says that it was made from."""
        db.session.refresh(one, ["additions"])
        own = sum(opinion.version_id for opinion in self.opinions(one).values())
        return one.version_id + own + sum(added.version_id for added in one.additions)

    def commit(self, deed: Deed) -> Ask | None:
        """Commit one's blind grades."""
        if (one := self.moderation(deed)) is None:
            return None
        drafts = self.opinions(one)
        whole = all(s.key in drafts and drafts[s.key].blind_grade for s in self.place.tool.tool.sections)
        version = self.edition(one) + (0 if deed.fresh else 1)
        may = self.judges(one, deed, "judging_blind") and whole and deed.fresh
        return f"/moderations/{one.id}/commit", {"version": version}, may

    def decide(self, deed: Deed) -> Ask | None:
        """Agree with a section, or override it."""
        if (one := self.moderation(deed)) is None:
            return None
        section, audit = self.section(deed), self.place.audit(deed.which)
        draft = self.opinions(one).get(section.key)
        version = draft.version_id if draft else 0
        form: dict[str, object] = {"version": version if deed.fresh else version + 1}
        may = self.judges(one, deed, *OPEN) and deed.fresh
        if deed.choice % 2:
            before = self.stands(audit, deed.tier).get(section.key)
            form |= {"decision": "override", "grade": self.grade(deed), "reason_code": "new_information"}
            form |= {"reason": "The record says more.", "evidence_supports": "no"}
            may = may and self.grade(deed) != before
        else:
            form |= {"decision": "agree", "evidence_supports": "yes", "reason": ""}
        return f"/moderations/{one.id}/sections/{section.key}/decide", form, may

    def agree_with_rest(self, deed: Deed) -> Ask | None:
        """Agree with every section that is left."""
        if (one := self.moderation(deed)) is None:
            return None
        drafts = self.opinions(one)
        seen = all(s.key in drafts and drafts[s.key].opened_at for s in self.place.tool.tool.sections)
        may = self.judges(one, deed, "deciding") and seen and deed.fresh
        return f"/moderations/{one.id}/agree-with-rest", {"version": one.version_id + (0 if deed.fresh else 1)}, may

    def rate(self, deed: Deed) -> Ask | None:
        """Say how good the audit itself is."""
        if (one := self.moderation(deed)) is None:
            return None
        quality = self.place.tool.tool.quality
        form: dict[str, object] = {f"quality-{c.key}": quality.scale.keys[deed.choice % 2] for c in quality.criteria}
        form |= {"with_auditor": "yes", "words": "", "version": one.version_id + (0 if deed.fresh else 1)}
        form |= {"together_on": [today().day, today().month, today().year], "present": "the social worker"}
        return f"/moderations/{one.id}/quality/rate", form, self.judges(one, deed, *OPEN) and deed.fresh

    def finish(self, deed: Deed) -> Ask | None:
        """Finish a moderation."""
        if (one := self.moderation(deed)) is None:
            return None
        drafts, audit = self.opinions(one), self.place.audit(deed.which)
        before = self.stands(audit, deed.tier)

        def complete(key: str) -> bool:
            draft = drafts.get(key)
            if draft is None or draft.decision is None:
                return False
            return draft.decision == "agree" or (bool(draft.reason) and draft.grade != before.get(key))

        whole = all(complete(s.key) for s in self.place.tool.tool.sections) and bool(one.quality)
        whole = whole and all(added.words for added in one.added)
        may = self.judges(one, deed, *OPEN) and whole and deed.fresh
        return f"/moderations/{one.id}/finish", {"version": self.edition(one) + (0 if deed.fresh else 1)}, may

    def send_back(self, deed: Deed) -> Ask | None:
        """Send an audit back to its auditor."""
        if (one := self.moderation(deed)) is None:
            return None
        form = {"version": one.version_id + (0 if deed.fresh else 1), "confirmed": "yes", "reason": "It is thin."}
        return f"/moderations/{one.id}/send-back", form, self.judges(one, deed, *OPEN) and deed.fresh

    def take_back(self, deed: Deed) -> Ask | None:
        """Take an audit from its moderator."""
        if (one := self.moderation(deed)) is None:
            return None
        at_work = self.place.audit(deed.which).stage == WITH[deed.tier] and one.phase != "done"
        may = deed.who == "officer" and at_work and one.committed_at is None
        address = f"/rounds/{self.place.round_id}/moderation/{one.id}/take-back"
        return address, {"reason": "They are away."}, may

    def reopen(self, deed: Deed) -> Ask | None:
        """Open a finished moderation again."""
        if (one := self.moderation(deed)) is None:
            return None
        audit = self.place.audit(deed.which)
        head = deed.who == "head" and audit.auditor_id != self.place.id_of("head") and not self.blind_to("head", audit)
        may = head and one.phase == "done" and audit.stage == JUDGED[deed.tier]
        return f"/audits/{audit.id}/moderation/{deed.tier}/reopen", {"reason": "New facts came to light."}, may

    def blind_to(self, who: str, audit: Audit) -> bool:
        """Whether somebody judges an audit blind just now."""
        rows = select(Assignment).filter_by(audit_id=audit.id, person_id=self.place.id_of(who), hidden=True)
        return any(one.ended_at is None for one in db.session.execute(rows).scalars())

    def withdraw(self, deed: Deed) -> Ask:
        """Take an audit out before it is handed in."""
        audit = self.place.audit(deed.which)
        may = deed.who == "officer" and audit.stage in ("allocated", "in_progress")
        return f"/audits/{audit.id}/withdraw", {"reason": "The case moved to another council."}, may

    def void(self, deed: Deed) -> Ask:
        """Take a handed-in audit out of the figures."""
        audit, second = self.place.audit(deed.which), self.place.id_of(deed.whom)
        handed_in = audit.stage not in ("allocated", "in_progress", "withdrawn", "void")
        seen = deed.who == "head" and not self.blind_to("head", audit) and handed_in
        whom = self.place.person(deed.whom).actor(today())
        agrees = whom.reaches(Permission.READ_AUDITS, audit.unit.path) and deed.whom != "head"
        may: bool | None = seen and agrees and audit.auditor_id not in (second, self.place.id_of("head"))
        if may:
            may = None  # who may agree to it is a list of the page's own
        return f"/audits/{audit.id}/void", {"reason": "It was the wrong case.", "second": str(second)}, may

    def reply(self, deed: Deed) -> Ask:
        """Reply to an outcome."""
        audit = self.place.audit(deed.which)
        mine = audit.auditor_id == self.place.id_of(deed.who)
        may = mine and audit.stage in ("moderated", "with_external", "validated")
        return f"/audits/{audit.id}/reply", {"tier": deed.tier, "words": "I see it otherwise."}, may

    # Trying

    def open_section(self, deed: Deed) -> None:
        """Look at a section as its moderator, which is remembered."""
        one = self.moderation(deed)
        if one is not None:
            self.place.clients[deed.who].get(f"/moderations/{one.id}/sections/{self.section(deed).key}")
            self.tried += 1

    def draw_blind(self, deed: Deed) -> bool:
        """Draw one audit for blind moderation by one person, as the officer sees and confirms it."""
        whom, day = self.place.id_of(deed.whom), today()
        asked: list[tuple[str, str]] = [
            ("tier", "senior"), ("seniors", str(whom)), ("size", "number"), ("number", "1"), ("blind", "blind"),
            ("due_on", str(day.day)), ("due_on", str(day.month)), ("due_on", str(day.year)),
            ("seed", f"seed {deed.choice}"), ("exercise", ""), ("percent", ""),
        ]  # fmt: skip
        address = f"/rounds/{self.place.round_id}/moderation/draw"
        seen = self.place.clients["officer"].get(f"{address}/preview", query_string=asked).text
        mark = 'name="digest" value="'
        found = seen.partition(mark)[2].partition('"')[0] if mark in seen else "none"
        form: dict[str, object] = {}
        for name, value in [*asked, ("digest", found if deed.fresh else "stale")]:
            form.setdefault(name, [])
            form[name].append(value)  # type: ignore[attr-defined]
        audits = [self.place.audit(n) for n in (0, 1)]
        able = [a for n, a in enumerate(audits) if self.can_be_given(a, Deed("draw", "officer", n, whom=deed.whom))]
        may = None if deed.who == "officer" and deed.fresh and able else False
        return self.send(deed, (address, form, may))

    def do(self, deed: Deed) -> bool:
        """Try a deed; gives whether it succeeded."""
        if deed.name == "open_section":
            self.open_section(deed)
            return True
        if deed.name == "draw_blind":
            return self.draw_blind(deed)
        method: Callable[[Deed], Ask | None] | None = getattr(self, deed.name, None)
        ask = method(deed) if method is not None else (CHALLENGING | BESIDE | BOUNDING)[deed.name](self, deed)
        return self.send(deed, ask) if ask is not None else False

    def send(self, deed: Deed, ask: Ask) -> bool:
        """Send a form, and hold what comes of it against what may come of it."""
        address, form, may = ask
        before, known = digest(), entries()
        form = {"csrf_token": self.place.tokens[deed.who], **form}
        answer = self.place.clients[deed.who].post(address, data=form)
        db.session.expire_all()
        self.tried += 1
        if answer.status_code in ACCEPTED:
            self.succeeded += 1
            if may is False:
                raise Broken(f"{deed} was accepted")
            return True
        if answer.status_code not in REFUSED:
            raise Broken(f"{deed} was answered {answer.status_code}")
        if may is True:
            raise Broken(f"{deed} was refused with {answer.status_code}")
        if digest() != before:
            raise Broken(f"{deed} was refused, and changed something")
        if [kind for _, kind in entries()[len(known) :] if kind not in ("access.refused", "audit.opened")]:
            raise Broken(f"{deed} was refused, and is in the record as done")
        return False
