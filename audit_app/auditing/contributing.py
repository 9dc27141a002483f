"""Contributions of several agencies to one audit: how far they are, what is missing, and what may be done (pure)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, may
from audit_app.auditing.drafts import Draft, Gap
from audit_app.auditing.visibility import Facts
from audit_app.auditing.workflow import BEING_WRITTEN, ENDED
from audit_app.frameworks.content import Agency, Section, Tool
from audit_app.refusal import Refusal


class Asked(Protocol):
    """A contribution, as much of it as the rules need."""

    person_id: int
    agency: str
    until: dt.date
    begun_at: dt.datetime | None
    done_at: dt.datetime | None
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """How far a contribution is, in words, and the tone in which a list says it."""

    words: str
    tone: str


def state_of_contribution(one: Asked, today: dt.date) -> State:
    """Withdrawn, done, in progress or not started; late where it is wanted and not done."""
    if one.withdrawn_at is not None:
        return State("Withdrawn", "quiet")
    if one.done_at is not None:
        return State("Done", "good")
    if today > one.until:
        return State("Late", "urgent")
    return State("In progress", "info") if one.begun_at is not None else State("Not started", "quiet")


def agencies_missing(
    tool: Tool, category: str, drafts: Mapping[str, Draft], asked: Iterable[Asked]
) -> tuple[Agency, ...]:
    """The agencies of which nothing is done, though one of their sections must be written or somebody was asked."""
    running = [one for one in asked if one.withdrawn_at is None]
    done = {one.agency for one in running if one.done_at is not None}
    waited_for = {one.agency for one in running}

    def needed(agency: Agency) -> bool:
        apply = [s for s in tool.agency_sections(category, agency.key) if not drafts.get(s.key, Draft()).not_applicable]
        return bool(apply) and (agency.key in waited_for or any(s.required for s in apply))

    return tuple(a for a in tool.agencies_for(category) if a.key not in done and needed(a))


class Written(Asked, Protocol):
    """A contribution with what was written in it."""

    @property
    def drafts(self) -> Mapping[str, Draft]:
        """What they wrote, by section."""
        ...


def answered_by_agency(asked: Iterable[Written], section: str) -> Mapping[str, str]:
    """The answers that an agency's people have finished for a section; those of the first to be asked go first."""
    found: dict[str, str] = {}
    for one in asked:
        if one.done_at is not None and section in one.drafts:
            found = {**one.drafts[section].questions, **found}
    return found


def contribution_gaps(sections: Iterable[Section], passages: Mapping[str, Draft]) -> tuple[Gap, ...]:
    """What a contributor has yet to write before they can say that they are done."""
    found = []
    for section in sections:
        passage = passages.get(section.key, Draft())
        if not passage.evidence.strip():
            words = "write what your agency knew and did, or that it knows nothing"
            found.append(Gap(section.key, "evidence", f"{section.name}: {words}"))
        unanswered = [q for q in section.questions if passage.questions.get(q.key) not in ("yes", "no", "na")]
        if unanswered:
            noun = "question" if len(unanswered) == 1 else "questions"
            place = f"question-{unanswered[0].key}"
            found.append(Gap(section.key, place, f"{section.name}: answer {len(unanswered)} {noun}"))
    return tuple(found)


def asks_for(facts: Facts, actor: Actor) -> bool:
    """Whether somebody may ask for contributions and see how far they are: the lead auditor and the audit officer."""
    leads = facts.auditor_id == actor.id and actor.may(Permission.AUDIT) and not facts.handed_back
    return leads or actor.reaches(Permission.RUN_ROUNDS, facts.path)


def refusal_to_ask(facts: Facts, actor: Actor) -> Refusal | None:
    """Why somebody may not ask for a contribution, or take one back."""
    if not asks_for(facts, actor):
        return Refusal("Only the lead auditor and the audit officer ask for contributions.")
    if facts.stage not in BEING_WRITTEN:
        return Refusal(f"This audit is {facts.stage.words.lower()}, so contributions can no longer change.")
    return None


def refusal_to_be_asked(facts: Facts, person: Actor, until: dt.date, today: dt.date) -> Refusal | None:
    """Why a person may not be asked to contribute to an audit until a day."""
    if person.id == facts.auditor_id:
        return Refusal("The lead auditor cannot contribute to their own audit: they write in its sections.")
    if any(holding.person_id == person.id for holding in facts.holdings):
        return Refusal(f"{person.name} judges this audit, so they cannot contribute to it.")
    running = [g for g in person.grants if may(g.role, Permission.CONTRIBUTE) and facts.path.startswith(g.path)]
    if not running:
        return Refusal(f"{person.name} has no role that lets them contribute for this team. Ask an administrator.")
    if until < today:
        return Refusal("The day must be today or later.")
    if not any(g.runs(until) for g in running):
        last = max(g.until for g in running if g.until is not None)
        return Refusal(f"The access of {person.name} ends on {last:%-d %B %Y}. Choose that day or an earlier one.")
    return None


def refusal_to_contribute(facts: Facts, one: Asked, actor: Actor, *, changing: bool = True) -> Refusal | None:
    """Why a contributor may not write in their contribution just now."""
    if one.person_id != actor.id or not actor.may(Permission.CONTRIBUTE):
        return Refusal("Only whoever was asked can write here.")
    if one.withdrawn_at is not None:
        return Refusal("You are no longer asked to contribute to this audit.")
    if facts.auditor_id == actor.id:
        return Refusal("This audit is now yours to write, so you contribute to it no more.")
    if facts.stage in ENDED:
        return Refusal("This audit was taken out, so nothing more is asked of you.")
    if facts.stage not in BEING_WRITTEN:
        return Refusal("This audit is handed in, so contributions can no longer change.")
    if changing and one.done_at is not None:
        return Refusal("You said that you are done. To go on writing, choose “Change it again”.")
    return None


def refusal_to_finish(facts: Facts, one: Asked, actor: Actor, missing: int) -> Refusal | None:
    """Why a contributor may not say that they are done."""
    if (refused := refusal_to_contribute(facts, one, actor)) is not None:
        return refused
    if missing:
        noun = "thing is" if missing == 1 else "things are"
        return Refusal(f"{missing} {noun} missing. Each is listed with a link to where it belongs.")
    return None


def refusal_to_withdraw_contribution(facts: Facts, one: Asked, actor: Actor, reason: str) -> Refusal | None:
    """Why a contribution may not be taken back from whoever was asked for it."""
    if (refused := refusal_to_ask(facts, actor)) is not None:
        return refused
    if one.withdrawn_at is not None:
        return Refusal("This contribution is withdrawn already.")
    if one.done_at is not None:
        return Refusal("This contribution is done, so it belongs to the audit.")
    return None if reason.strip() else Refusal("Say why it is withdrawn.")


def refusal_to_share(facts: Facts, one: Asked, actor: Actor) -> Refusal | None:
    """Why what the agencies have finished may not be shared with a contributor."""
    if facts.auditor_id != actor.id:
        return Refusal("Only the lead auditor shares what the agencies have written.")
    if one.withdrawn_at is not None:
        return Refusal("This contribution is withdrawn.")
    return refusal_to_ask(facts, actor)


def refusal_to_go_without(missing: Iterable[Agency], because: str) -> Refusal | None:
    """Why an audit may not be handed in without what some agencies were to contribute."""
    names = [agency.name for agency in missing]
    if not names or because.strip():
        return None
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return Refusal(f"Nothing is done of {listed}. Say why the audit goes on without it.")
