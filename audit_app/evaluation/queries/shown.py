"""An edition as somebody reads it: each statement with its evidence, what it said and says, and the signs of age."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.evaluation.areas import Area, areas_with
from audit_app.evaluation.captions import Caption, caption
from audit_app.evaluation.model import Citation, Edition, Statement
from audit_app.evaluation.queries import related
from audit_app.evaluation.queries.today import Now, Today, months_of, span_of
from audit_app.evaluation.said import Kind, Said
from audit_app.evaluation.staleness import Sign, signs_of, unseen
from audit_app.frameworks.named import Named
from audit_app.improvement.operations.figures import name_of
from audit_app.improvement.queries.figures import address_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation with what it says today, where that may be seen, and why it should be looked at again."""

    citation: Citation
    caption: Caption
    now: Said | None
    compared: bool
    signs: tuple[Sign, ...]
    link: tuple[str, dict[str, Any]] | None
    cited_span: str
    now_span: str

    @property
    def stale(self) -> bool:
        """Whether it no longer bears what it is cited for."""
        return any(sign.stale for sign in self.signs)


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement with its evidence; sealed where its evidence counts an audit that the reader judges blind."""

    statement: Statement
    evidence: tuple[Evidence, ...]
    sealed: bool

    @property
    def stale(self) -> int:
        """How many pieces of its evidence have gone stale."""
        return sum(one.stale for one in self.evidence)


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question of an area with what is said to it."""

    question: Named
    statements: tuple[ShownStatement, ...]


@dataclass(frozen=True, slots=True)
class ShownArea:
    """An area with its questions."""

    area: Area
    questions: tuple[ShownQuestion, ...]

    @property
    def statements(self) -> tuple[ShownStatement, ...]:
        """All that is said of it."""
        return tuple(one for question in self.questions for one in question.statements)


def shown_edition(edition: Edition, actor: Actor, today: dt.date, *, only: str = "") -> list[ShownArea]:
    """The areas of an edition, or one of them."""
    seen = Today(actor, today)
    used = {(one.area, one.question) for one in edition.statements}
    wanted = [area for area in areas_with(used) if only in ("", area.key)]
    return [_area(area, edition, seen) for area in wanted]


def _area(area: Area, edition: Edition, seen: Today) -> ShownArea:
    questions = []
    for question in area.questions:
        mine = [one for one in edition.statements if (one.area, one.question) == (area.key, question.key)]
        questions.append(ShownQuestion(question, tuple(shown_statement(one, seen) for one in mine)))
    return ShownArea(area, tuple(questions))


def shown_statement(statement: Statement, seen: Today) -> ShownStatement:
    """A statement as somebody reads it."""
    sealed = is_sealed(statement, seen.sealed)
    evidence = () if sealed else tuple(_evidence(one, seen) for one in statement.citations)
    return ShownStatement(statement, evidence, sealed)


def is_sealed(statement: Statement, sealed: Iterable[int]) -> bool:
    """Whether a statement rests on an audit that somebody judges blind."""
    held = set(sealed)
    return bool(held) and not statement.audits.isdisjoint(held)


def gone_stale(one: Citation, seen: Today) -> bool:
    """Whether evidence no longer bears what it is cited for; it is not looked up where its age says so already."""
    return any(sign.stale for sign in _of_age(one, seen)) or any(
        sign.stale for sign in _signs(one, seen, *_looked_up(one, seen))
    )


def _of_age(one: Citation, seen: Today) -> tuple[Sign, ...]:
    months = one.statement.edition.months
    return unseen(cited_on=one.cited_on, today=seen.day, months=months, copied=one.copied)


def _looked_up(one: Citation, seen: Today) -> tuple[bool, Now | None]:
    """Whether somebody may compare it with today, and what it says today."""
    compared = seen.sees_today(one.of, one.what)
    return compared, seen.now(one.of, one.what) if compared else None


def _signs(one: Citation, seen: Today, compared: bool, found: Now | None) -> tuple[Sign, ...]:
    if not compared:
        return _of_age(one, seen)
    said, months = found.said if found is not None else None, one.statement.edition.months
    return signs_of(one.of, one.cited, said, cited_on=one.cited_on, today=seen.day, months=months, copied=one.copied)


def _evidence(one: Citation, seen: Today) -> Evidence:
    kind = one.of
    compared, found = _looked_up(one, seen)
    now, signs = found.said if found is not None else None, _signs(one, seen, compared, found)
    return Evidence(
        one, _caption(one), now, compared, signs, _link(one, seen.actor, found.path if found is not None else None),
        span_of(kind, one.what, one.cited_on), span_of(kind, one.what, seen.day),
    )  # fmt: skip


def _caption(one: Citation) -> Caption:
    return caption(one.of, one.label, name_of(one.what["key"]) if one.of is Kind.FIGURE else "")


def _link(one: Citation, actor: Actor, path: str | None) -> tuple[str, dict[str, Any]] | None:
    """Where the evidence stands, for whoever can open it there."""
    what = one.what
    if path is None:
        return None
    match one.of:
        case Kind.FIGURE:
            first, last = months_of(what, one.cited_on)
            return "measures.index", address_of(what) | {"first": first.isoformat(), "last": last.isoformat()}
        case Kind.ROUND:
            return "reporting.round_show", {"round_id": what["round"]}
        case Kind.THEME:
            return "feedback.gathered", {}
        case Kind.READING if related(actor, Permission.SEE_PLANS, path):
            return "improvement.indicator", {"plan_id": what["plan"], "indicator_id": what["indicator"]}
        case Kind.ACTION if related(actor, Permission.SEE_PLANS, path):
            return "improvement.action", {"plan_id": what["plan"], "action_id": what["action"]}
        case _:
            return None
