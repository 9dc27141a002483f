"""What is true of every audit at every moment, whatever was tried."""

from fractions import Fraction

from sqlalchemy import select

from audit_app.auditing.ledger import standing
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.queries import lines_of
from audit_app.auditing.workflow import TABLE, Stage, Step
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.history.queries import entries_of
from audit_app.measures.operations import fold_all
from audit_app.measures.operations import verify as recounted
from audit_app.measures.pairings import pair_figures
from audit_app.measures.queries import Filters, population
from audit_app.moderation.model import Lot, Moderation
from audit_app.sampling.draws import is_drawn
from audit_app.work.progress import Progress
from tests import make
from tests.life.challenging import JUDGED, challenges, points
from tests.life.deeds import Broken, Deeds

STEPS = {step.value for step in Step}
COUNTED = ("submitted", "with_senior", "moderated", "with_external", "validated")
LEDGER = ("id", "audit_id", "section", "tier", "phase", "grade", "not_applicable", "decision", "reason", "by_id")


class Truths:
    """Holds a place against what must be true, remembering the ledger as it was seen last."""

    def __init__(self, deeds: Deeds) -> None:
        self.deeds, self.place = deeds, deeds.place
        self.ledger: list[tuple[object, ...]] = []
        self.lots: dict[int, tuple[object, ...]] = {}

    def hold(self) -> None:
        """What is cheap to look at after every deed."""
        self.ledger_only_grows()
        for audit_id in self.place.audits:
            audit = db.session.get_one(Audit, audit_id, populate_existing=True)
            self.stage_follows_from_the_record(audit)
            self.nobody_judges_twice(audit)
            self.challenges_have_two_sides_and_a_third(audit)
            self.its_lot_is_drawn_once(audit)
            self.what_stands(audit)

    def ledger_only_grows(self) -> None:
        """A line is never changed nor taken out; blind ones included."""
        rows = select(*(getattr(Judgement, name) for name in LEDGER)).order_by(Judgement.id)
        now = [tuple(row) for row in db.session.execute(rows.where(Judgement.audit_id.in_(self.place.audits)))]
        if now[: len(self.ledger)] != self.ledger:
            raise Broken("a line of the ledger was changed")
        self.ledger = now

    def stage_follows_from_the_record(self, audit: Audit) -> None:
        """Where an audit stands is where the record says that it was taken."""
        stage, told = Stage.ALLOCATED, entries_of(audit.subject)
        kinds = [entry.kind.removeprefix("audit.") for entry in told]
        for entry, kind in zip(reversed(told), reversed(kinds), strict=True):
            if kind in STEPS:
                before, stage = stage, TABLE[stage, Step(kind)]
                if entry.body is None or (entry.body["from"], entry.body["to"]) != (before.value, stage.value):
                    raise Broken(f"the record says of {kind}: {entry.body}")
        if audit.at is not stage:
            raise Broken(f"the stage {audit.stage} does not follow from the record: {kinds[:3]}")

    def nobody_judges_twice(self, audit: Audit) -> None:
        """The people of the tiers of one audit are different people."""
        rows = select(Moderation.moderator_id).filter_by(audit_id=audit.id)
        people = [audit.auditor_id, *db.session.execute(rows).scalars()]
        if len(set(people)) != len(people):
            raise Broken("somebody judges an audit in two tiers")
        for line in self.deeds.lines(audit):
            if line.tier == "auditor" and line.by_id != audit.auditor_id:
                raise Broken("a grade of the auditor is somebody else's")

    def its_lot_is_drawn_once(self, audit: Audit) -> None:
        """Drawn as it came in, once and for all, by the recorded seed; else by the first rule that asks for it."""
        rows = select(Lot).filter_by(audit_id=audit.id).execution_options(populate_existing=True)
        lots = list(db.session.execute(rows).scalars())
        if len(lots) != (self.place.as_they_come and audit.first_handed_in_at is not None):
            raise Broken(f"an audit that was handed in has {len(lots)} lots")
        for lot in lots:
            known = (lot.id, lot.chance, lot.drawn, lot.otherwise)
            if self.lots.setdefault(audit.id, known) != known:
                raise Broken("a lot was drawn again")
            told = entries_of(f"round:{audit.round_id}", kinds=("moderation.seed_made",))
            if [entry.body and entry.body["seed"] for entry in told] != [lot.lottery.seed]:
                raise Broken("the seed of a lottery is not the recorded one")
            if (lot.chance, lot.drawn) != ("1/2", is_drawn(lot.lottery.seed, str(audit.id), Fraction(1, 2))):
                raise Broken("a lot does not follow from seed and audit")
            first = next(one for one in self.deeds.lines(audit) if one.overall)
            lowest = first.grade == self.place.tool.tool.scale.keys[0]
            asked = "grade" if lowest else "flagged" if audit.moderation_asked_because else None
            if lot.otherwise != asked:
                raise Broken(f"asked for otherwise by {lot.otherwise}, not {asked}")
            self.lot_is_followed(audit, lot)

    def lot_is_followed(self, audit: Audit, lot: Lot) -> None:
        """What was drawn is moderated as that, blind only then; what waits says why, unless it was taken back."""
        rows = select(Moderation).filter_by(audit_id=audit.id, tier="senior")
        one = db.session.execute(rows.execution_options(populate_existing=True)).scalar_one_or_none()
        if one is not None:
            drawn = lot.fell or one.draw_id is not None  # as it came in, or in a draw after that
            if (one.route == "random") != drawn:
                raise Broken(f"moderated as {one.route}, and was {'' if drawn else 'not '}drawn")
            if one.draw is not None and audit.id not in one.draw.frame:
                raise Broken("moderated by a draw that it was not in")
            if one.blind and not drawn:
                raise Broken("judged blind without a random draw")
        waits = one is None and lot.route is not None and audit.stage == "submitted"
        if waits and not lot.waits_because and not entries_of(audit.subject, kinds=("moderation.taken_back",)):
            raise Broken("an audit that is to be moderated waits, and nothing says why")

    def challenges_have_two_sides_and_a_third(self, audit: Audit) -> None:
        """Whoever resolves is neither side and judged nothing; while one is open, the outcome is the last word."""
        for tier, stage in JUDGED.items():
            found = challenges(audit.id, tier)
            if sum(one.ended_at is None for one in found) > (audit.stage == stage):
                raise Broken(f"a challenge to the {tier} tier is open while the audit is {audit.stage}")
            for one in found:
                if one.resolver_id in (audit.auditor_id, one.moderator_id):
                    raise Broken("a side resolves its own challenge")
        resolved = [one for one in self.deeds.lines(audit) if one.phase == "resolved"]
        ended = [one for tier in JUDGED for one in challenges(audit.id, tier) if one.phase == "resolved"]
        count = sum(len(points(one)) for one in ended)
        if len(resolved) != count:
            raise Broken("what was resolved is not what was challenged")

    def what_stands(self, audit: Audit) -> None:
        """What the product says stands is what stands, counted by hand."""
        told = {key: line.grade for key, line in standing(lines_of(audit)).items()}
        if told != self.deeds.stands(audit):
            raise Broken(f"what stands is told as {told}")

    def hold_at_the_end(self) -> None:
        """What takes longer: the figures against a count by hand, and the whole chain of the record."""
        self.hold()
        self.figures()
        self.tallies()
        if found := verify():
            raise Broken(f"the record does not hold: {found[:3]}")

    def tallies(self) -> None:
        """What is kept of the figures is what a recount from the ledger gives."""
        fold_all()
        if found := list(recounted(Progress())):
            raise Broken(f"the tallies differ: {found[:3]}")

    def figures(self) -> None:
        """Pairs of auditor and senior on these audits, and how many are equal, as the figures page counts them."""
        gone, total, equal = self.deeds.retracted(), 0, 0
        for audit_id in self.place.audits:
            audit = db.session.get_one(Audit, audit_id)
            if audit.stage not in COUNTED:
                continue
            first, second = dict[str, str | None](), dict[str, str | None]()
            blind = {j.section: j.grade for j in self.deeds.lines(audit) if j.phase == "blind" and j.tier == "senior"}
            for line in self.deeds.lines(audit):
                if line.tier == "auditor":
                    first.setdefault(line.section, line.grade)
                elif line.tier == "senior" and line.phase == "settled" and line.id not in gone:
                    second[line.section] = line.grade
            second |= blind
            both = [(first[key], grade) for key, grade in second.items()]
            total, equal = total + len(both), equal + sum(one == other for one, other in both)
        head = make.actor(self.place.person("head"))
        counted = population(Filters(round=self.place.round_id, every_section=True), head)
        mine = [audit for audit in counted if audit.id in self.place.audits]
        found = [pair_figures(mine, "auditor", "senior", every_section=True, random=r).exact for r in (True, False)]
        if any(self.deeds.blind_to("head", self.place.audit(n)) for n in (0, 1)):
            return  # the head of service's own figures leave out what they judge blind just now
        if (sum(one.total for one in found), sum(one.count for one in found)) != (total, equal):
            raise Broken(f"the figures count {[(one.count, one.total) for one in found]}, by hand {(equal, total)}")
