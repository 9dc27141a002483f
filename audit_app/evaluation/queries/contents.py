"""What an edition would publish now: words that do not change any more, with small numbers left out."""

import datetime as dt
from typing import Any

from flask import current_app
from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.db import db
from audit_app.evaluation.model import Citation, Edition, Statement
from audit_app.evaluation.queries.shown import Evidence, ShownArea, ShownStatement, shown_edition

FORMAT = 1


def contents_of(edition: Edition, actor: Actor, today: dt.date) -> dict[str, Any]:
    """An edition as a board reads it; of what moved it only says so: two numbers would give small ones away."""
    return {
        "format": FORMAT,
        "council": current_app.extensions["settings"].council_name,
        "unit": edition.unit.name,
        "period": edition.period,
        "stated_on": today.isoformat(),
        "areas": [_area(one) for one in shown_edition(edition, actor, today) if one.statements],
    }


def _area(one: ShownArea) -> dict[str, Any]:
    return {
        "key": one.area.key,
        "name": one.area.name,
        "questions": [
            {
                "key": each.question.key,
                "name": each.question.name,
                "statements": [_statement(said) for said in each.statements],
            }
            for each in one.questions
            if each.statements
        ],
    }


def _statement(one: ShownStatement) -> dict[str, Any]:
    return {"words": one.statement.words, "evidence": [_evidence(each) for each in one.evidence]}


def _evidence(one: Evidence) -> dict[str, Any]:
    cited = one.citation.cited
    return {
        "kind": one.citation.of.words,
        "label": one.citation.label,
        "what": one.caption.what,
        "of": one.caption.of,
        "months": one.cited_span,
        "said": cited.published,
        "hidden": cited.is_small,
        "read_on": cited.read_on,
        "cited_on": one.citation.cited_on.isoformat(),
        "signs": [sign.words for sign in one.signs],
    }


def audits_behind(edition: Edition) -> list[int]:
    """Every audit that the evidence of an edition counts."""
    said = select(Citation.audits).join(Citation.statement)
    said = said.where(Statement.edition_id == edition.id, Statement.taken_out_at.is_(None))
    return sorted({audit for audits in db.session.execute(said).scalars() for audit in audits})
