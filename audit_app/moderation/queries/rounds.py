"""What is asked of a round's moderations by whoever gives them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.auditing.ledger import as_audited, standing
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import WHOLE, hidden_from, ledger_of
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.auditing.workflow import BEFORE_HAND_IN, COUNTED, TABLE, Stage
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks.scale import Level
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.moderation.model import NOT_DONE, Draw, Moderation, Opinion, Phase
from audit_app.moderation.progress import Coverage
from audit_app.moderation.queries.past import past_of
from audit_app.moderation.rules import GIVING, PERMISSION, refusal_to_stay
from audit_app.organisation.queries import authority_of
from audit_app.programmes.model import Round
from audit_app.web.paging import Page, page

STATES = ("", "none", "under_way", "done")  # of the senior moderation of an audit


def of_round(round_id: int) -> Select[Moderation]:
    """The moderations of a round's audits."""
    audits = select(Audit.id).where(Audit.round_id == round_id)
    return select(Moderation).where(Moderation.audit_id.in_(audits)).options(joinedload(Moderation.moderator))


def moderation_of_round_or_404(round_: Round, moderation_id: int, *, to_write: bool = False) -> Moderation:
    """One moderation of a round that somebody runs; any other does not exist."""
    rows = of_round(round_.id).where(Moderation.id == moderation_id)
    rows = rows.options(joinedload(Moderation.audit).options(*WHOLE), selectinload(Moderation.opinions))
    if to_write:
        rows = rows.with_for_update(of=Moderation)
    found = db.session.execute(rows).unique().scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def moderators(round_: Round, tier: str) -> list[Person]:
    """The people of a round's authority who may moderate in a tier today, by name."""
    people = people_of_unit(authority_of(round_.programme.unit).path)
    return [person for person in people if person.actor(today()).may(PERMISSION[tier])]


def unfinished_counts(people: Iterable[Person]) -> Mapping[int, int]:
    """How many moderations people have in hand, everywhere."""
    rows = select(Moderation.moderator_id, func.count()).where(Moderation.phase.in_(NOT_DONE))
    rows = rows.where(Moderation.moderator_id.in_([p.id for p in people])).group_by(Moderation.moderator_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def may_be_given(round_: Round, tier: str) -> list[Audit]:
    """The audits of a round that stand where they can be given in a tier, and were not given in it yet."""
    stages = [stage.value for (stage, step) in TABLE if step is GIVING[tier]]
    given = select(Moderation.audit_id).where(Moderation.tier == tier)
    rows = select(Audit).where(Audit.round_id == round_.id, Audit.stage.in_(stages), Audit.id.not_in(given))
    return list(db.session.execute(rows.options(*WHOLE).order_by(Audit.id)).unique().scalars())


def coverage(round_: Round, actor: Actor) -> Coverage:
    """How much of a round seniors moderated; audits that this person judges blind just now are left out."""
    audits = select(Audit.id).where(Audit.round_id == round_.id, Audit.stage.in_([stage.value for stage in COUNTED]))
    audits = audits.where(Audit.id.not_in(hidden_from(actor)))
    counted = db.session.execute(select(func.count()).select_from(audits.subquery())).scalar_one()
    rows = select(Moderation.phase).where(Moderation.tier == "senior", Moderation.audit_id.in_(audits))
    phases = Counter(phase == Phase.DONE.value for phase in db.session.execute(rows).scalars())
    return Coverage(phases[True], phases[False], counted, round_.programme.moderation_percent)


def hidden_count(round_: Round, actor: Actor) -> int:
    """How many audits of a round this person judges blind just now."""
    rows = select(func.count()).where(Audit.round_id == round_.id, Audit.id.in_(hidden_from(actor)))
    return db.session.execute(rows).scalar_one()


def _handed_in(round_: Round, actor: Actor, state: str) -> Select[Audit]:
    over = [stage.value for stage in (*BEFORE_HAND_IN, Stage.VOID)]
    rows = select(Audit).where(Audit.round_id == round_.id, Audit.stage.not_in(over))
    seniors = select(Moderation.audit_id).where(Moderation.tier == "senior")
    if state == "none":
        rows = rows.where(Audit.id.not_in(seniors))
    elif state == "under_way":
        rows = rows.where(Audit.id.in_(seniors.where(Moderation.phase.in_(NOT_DONE))))
    elif state == "done":
        rows = rows.where(Audit.id.in_(seniors.where(Moderation.phase == Phase.DONE.value)))
    if state:
        rows = rows.where(Audit.id.not_in(hidden_from(actor)))
    return rows


def counts(round_: Round, actor: Actor) -> dict[str, int]:
    """How many handed-in audits of a round stand in each state of senior moderation."""
    return {state: _count(_handed_in(round_, actor, state)) for state in STATES}


def _count(rows: Select[Audit]) -> int:
    return db.session.execute(rows.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()


@dataclass(frozen=True, slots=True)
class Row:
    """One audit in the list of a round: its moderations, and its grades where this person may see them."""

    audit: Audit
    senior: Moderation | None
    external: Moderation | None
    hidden: bool
    audited: Level | None
    stands: Level | None


def page_of(round_: Round, actor: Actor, state: str, *, after: str, before: str) -> Page[Row]:
    """A page of the handed-in audits of a round with their moderations."""
    rows = _handed_in(round_, actor, state).options(*WHOLE)
    found = page(rows, (Audit.id,), lambda a: (a.id,), total=_count(rows), after=after, before=before)
    return Page(rows_of(found.items, actor), found.total, found.older, found.newer, found.first)


def rows_of(audits: Iterable[Audit], actor: Actor) -> list[Row]:
    """Audits with their moderations and overall grades; nothing of those that this person judges blind."""
    audits = list(audits)
    ids = [audit.id for audit in audits]
    given: dict[int, dict[str, Moderation]] = defaultdict(dict)
    moderations = (
        select(Moderation)
        .where(Moderation.audit_id.in_(ids))
        .options(joinedload(Moderation.moderator).selectinload(Person.grants))
    )
    for one in db.session.execute(moderations).scalars():
        given[one.audit_id][one.tier] = one
    ledgers = ledger_of(select(Audit.id).where(Audit.id.in_(ids)), overall_only=True)
    rows = []
    for audit in audits:
        sight = sight_of(audit.facts, actor)
        lines = ledgers.get(audit.id, []) if sight is Sight.FULL else []
        levels = [
            audit.tool.scale.level(line.grade) if line.grade else None
            for found in (as_audited(lines), standing(lines))
            for line in found.values()
        ]
        first, last = levels if len(levels) == 2 else (None, None)
        hidden = sight is Sight.BLIND
        both = {} if hidden else given[audit.id]
        rows.append(Row(audit, both.get("senior"), both.get("external"), hidden, first, last))
    return rows


def stopped(moderations: Iterable[Moderation]) -> dict[int, str]:
    """Those of some moderations in hand that their moderators can no longer carry out, with why."""
    moderations = list(moderations)
    past = past_of({one.audit for one in moderations})
    found = {}
    for one in moderations:
        who = one.moderator.actor(today())
        connected = past[one.audit_id].is_connected(who.id, who.name)
        refused = refusal_to_stay(one.audit.facts, who, connected=connected)
        if refused is not None:
            found[one.id] = refused.reason
    return found


def draws_of(round_: Round) -> list[tuple[Draw, Person | None]]:
    """The random draws made in a round, newest first, with who made each."""
    rows = select(Draw, Person).outerjoin(Person, Person.id == Draw.drawn_by).where(Draw.round_id == round_.id)
    return [(draw, person) for draw, person in db.session.execute(rows.order_by(Draw.id.desc()))]


def decided_counts(moderations: Iterable[Moderation]) -> Mapping[int, int]:
    """How many sections moderators have written on, by moderation: that somebody is at work, not what they found."""
    rows = select(Opinion.moderation_id, func.count()).where(Opinion.saved_at.is_not(None))
    rows = rows.where(Opinion.moderation_id.in_([one.id for one in moderations])).group_by(Opinion.moderation_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}
