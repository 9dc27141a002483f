"""Self-evaluations for tests, made through the product's own operations."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

from audit_app.clock import today
from audit_app.db import db
from audit_app.evaluation import operations
from audit_app.evaluation.model import Citation, Edition, PublishedEvaluation, Statement
from audit_app.evaluation.queries.contents import contents_of
from audit_app.evaluation.said import Kind
from audit_app.improvement.model import Plan
from audit_app.improvement.operations.figures import Bound
from audit_app.improvement.snapshot import frozen, hash_of
from tests import make
from tests.improvement import doing as planning

WORDS = "Plans are clearer than a year ago, and families say so."
AREA, QUESTION = "help_and_protection", "delivered"


def edition(made: make.Authority, first: dt.date | None = None, months: int = 3) -> Edition:
    """An edition of an authority, of a quarter that begins this month unless another is given."""
    return operations.begin(made.root, first or today().replace(day=1), months, by=made.officer.id)


def statement(made: make.Authority, of: Edition, words: str = WORDS, **place: str) -> Statement:
    """A statement of an edition."""
    area, question = place.get("area", AREA), place.get("question", QUESTION)
    kept = operations.write(of, area, question, words, by=made.officer.id)
    db.session.refresh(of, ["every_statement"])
    return kept


def figure(made: make.Authority, to: Statement, key: str = "good_as_stands", months: int = 1) -> Citation:
    """A figure of the whole authority, cited by a statement."""
    return cited(made, to, Kind.FIGURE, asdict(Bound(key, made.root.id, months)))


def action(made: make.Authority, to: Statement, plan: Plan, ref: str = "1a") -> Citation:
    """An action of a plan, cited by a statement."""
    return cited(made, to, Kind.ACTION, {"plan": plan.id, "action": planning.action(plan, ref).id})


def cited(made: make.Authority, to: Statement, kind: Kind, what: Mapping[str, object]) -> Citation:
    """Something that a statement cites as it is today."""
    kept = operations.cite(to, kind, what, by=make.actor(made.officer))
    db.session.refresh(to, ["every_citation"])
    return kept


def seen(made: make.Authority, of: Edition) -> str:
    """The mark of an edition as the officer looks at it."""
    return hash_of(frozen(contents_of(of, make.actor(made.officer), today())))


def publish(made: make.Authority, of: Edition) -> PublishedEvaluation:
    """Publish an edition as it stands."""
    copy = operations.publish(of, seen(made, of), of.version_id, by=make.actor(made.officer))
    db.session.refresh(of, ["copies"])
    return copy


def published(made: make.Authority, plan: Plan) -> PublishedEvaluation:
    """An edition with a figure and an action behind its statement, published; it can be written on."""
    of = edition(made)
    said = statement(made, of)
    figure(made, said)
    action(made, said, plan)
    return publish(made, of)
