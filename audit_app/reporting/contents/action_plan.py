"""A board’s action plan as councils print it: each recommendation with targets, positions and actions (pure).

Everything in it is what was frozen for a meeting: the same contents give the same paper, whatever is said since.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit_app.improvement.published import HIDDEN, NOTE
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import Callout, Column, Document, Facts, Heading, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, month, percent

MOST_DAYS = 3  # a column for each day of a target, as long as there are no more than so many
NO_TARGET, NO_READING, NO_UPDATE = "No target", "No reading yet", "Nothing said yet"
NOT_YET = "This is a draft. What the meeting is shown is not frozen yet, and can still change."
TWO_SCALES = (
    "Progress says where a measure stands towards its targets. Delivery says how far an action is. They are two scales "
    "and are not added up. A position is worked out from the reading, the targets and the baseline; where a person "
    "states another, both stand here with the reason."
)
ACTIONS = (
    Column("Ref", width_share=0.5),
    Column("What we will do", width_share=3),
    Column("Lead person", width_share=1.7),
    Column("Complete by", width_share=1.2),
    Column("Progress to date", width_share=3.4),
    Column("Delivery", width_share=1.1),
)


def action_plan(
    contents: Mapping[str, Any], audience: Audience, *, council: str, produced_at: dt.datetime, frozen: str
) -> Document:
    """What a meeting is shown of its plans, as a paper; frozen is the hash of its contents, empty for a draft."""
    plans: Sequence[Mapping[str, Any]] = contents["plans"]
    one = plans[0] if len(plans) == 1 else None
    held_on = dt.date.fromisoformat(contents["held_on"])
    return Document(
        title=one["name"] if one else "Action plans",
        subtitle=f"{contents['board']}, meeting of {day(held_on)}",
        marking=audience.marking if audience.published else Audience.BOARD.marking,
        status="FINAL" if frozen else "DRAFT",
        council=council,
        version="",
        produced_at=produced_at,
        parts=tuple(_parts(contents, alone=one is not None, frozen=bool(frozen))),
        receipt=f"contents {frozen}" if frozen else None,
        wide=True,
    )


def _parts(contents: Mapping[str, Any], *, alone: bool, frozen: bool) -> Iterator[Part]:
    if not frozen:
        yield Callout("Not frozen yet", NOT_YET)
    for plan in contents["plans"]:
        if not alone:
            yield Heading(1, plan["name"])
        yield _about(plan, contents)
        if plan.get("about"):
            yield Text(plan["about"])
        for at, part in enumerate(plan["recommendations"]):
            yield from _recommendation(part, plan, at == 0)
    yield Heading(1, "How to read this plan")
    yield Text(TWO_SCALES)
    if _hides(contents):
        yield Text(NOTE)


def _about(plan: Mapping[str, Any], contents: Mapping[str, Any]) -> Facts:
    rows: list[tuple[str, Cell]] = [("Answers", plan["source"]), ("Covers", plan["unit"])]
    if plan.get("starts_on"):
        first, last = (dt.date.fromisoformat(plan[key]) for key in ("starts_on", "ends_on"))
        rows.append(("Runs from", f"{day(first)} to {day(last)}"))
    if told := _latest(plan):
        rows.append(("Progress updates", f"Up to {day(told)}"))
    rows.append(("Stated for", day(dt.date.fromisoformat(contents["stated_on"]))))
    return Facts(tuple(row for row in rows if row[1]))


def _latest(plan: Mapping[str, Any]) -> dt.date | None:
    """The day of the latest reading or update in a plan."""
    said = [one["read_on"] for part in plan["recommendations"] for one in part["indicators"]]
    said += [one["told_on"] for part in plan["recommendations"] for one in part["actions"]]
    days = [dt.date.fromisoformat(one) for one in said if one]
    return max(days, default=None)


def _recommendation(part: Mapping[str, Any], plan: Mapping[str, Any], first: bool) -> Iterator[Part]:
    yield Heading(1, f"Recommendation {part['ref']}: {part['wording']}")
    facts: list[tuple[str, Cell]] = []
    if part["theme"]:
        facts.append((plan["themes_called"] or "Theme", part["theme"]))
    if part["source"] and part["source"] != plan["source"]:
        facts.append(("Recommended by", part["source"]))
    if part["found"]:
        facts.append(("What inspectors found", part["found"]))
    if facts:
        yield Facts(tuple(facts))
    if part["indicators"]:
        yield _targets(part)
        yield _positions(part)
    else:
        yield Text("No measure shows yet whether this got better.")
    if part["actions"]:
        yield Table(f"Actions for recommendation {part['ref']}", ACTIONS, tuple(map(_action, part["actions"])), True)
    else:
        yield Text("No action answers this yet.")


def _targets(part: Mapping[str, Any]) -> Table:
    """Where each measure stood at first, and a column for each day of a target."""
    days = _days(part["indicators"])
    columns = [Column("Measure", width_share=2.4), Column("Baseline", width_share=2.6)]
    if days:
        columns += [Column(f"Target for {said}", width_share=1.7) for said in days.values()]
    else:
        columns.append(Column("Targets", width_share=3.4))
    rows = []
    for one in part["indicators"]:
        targets = _by_day(one, days) if days else ("\n".join(one["targets"]) or NO_TARGET,)
        rows.append((_name(one), _baseline(one), *targets))
    return Table(f"Baseline and targets of recommendation {part['ref']}", tuple(columns), tuple(rows), True)


def _days(indicators: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The days of all targets, in order, with their words; none where they are too many or were frozen without."""
    if any(one["targets"] and "milestones" not in one for one in indicators):
        return {}
    found = {on: said for one in indicators for on, said, _ in one.get("milestones", ())}
    return dict(sorted(found.items())) if len(found) <= MOST_DAYS else {}


def _by_day(one: Mapping[str, Any], days: Mapping[str, str]) -> tuple[str, ...]:
    amounts = {on: amount for on, _, amount in one.get("milestones", ())}
    return tuple(amounts.get(on, NO_TARGET) for on in days)


def _name(one: Mapping[str, Any]) -> str:
    return f"{one['ref']} {one['name']}"


def _baseline(one: Mapping[str, Any]) -> str:
    return "\n".join(filter(None, (one["baseline"] or "Not known", one["baseline_note"])))


def _positions(part: Mapping[str, Any]) -> Table:
    read_in = {month(dt.date.fromisoformat(one["read_on"])) for one in part["indicators"] if one["read_on"]}
    when = f" in {read_in.pop()}" if len(read_in) == 1 else ""
    columns = (
        Column("Measure", width_share=2.4),
        Column(f"Position{when} in relation to targets", width_share=3.6),
        Column("Progress relative to targets", width_share=2.8),
    )
    rows = tuple((_name(one), _position(one), _progress(one)) for one in part["indicators"])
    return Table(f"Position and progress of recommendation {part['ref']}", columns, rows, True)


def _position(one: Mapping[str, Any]) -> str:
    if not one["read_on"]:
        return NO_READING
    said = [one["figure"], *(f"{name}: {value}" for name, value in one["rows"]), one["words"], _sure(one)]
    said.append(
        f"Read on {day(dt.date.fromisoformat(one['read_on']))}" + (f". {one['source']}" if one["source"] else "")
    )
    return "\n".join(filter(None, said))


def _sure(one: Mapping[str, Any]) -> str:
    """The interval of a live figure, or why it has none."""
    low, high = one["interval"] or (None, None)
    if low is not None and high is not None:
        return f"Likely between {percent(low)} and {percent(high)}"
    return str(one["why"])


def _progress(one: Mapping[str, Any]) -> str:
    said = [one["progress"]]
    if one["reason"]:
        said.append(f"Stated by a person. Worked out: {one['computed']}. Reason: {one['reason']}")
    said += [f"{words}: {names}" for words, names in one.get("sides", ())]  # frozen without, once
    return "\n".join(said)


def _action(one: Mapping[str, Any]) -> tuple[Cell, ...]:
    told = f" ({day(dt.date.fromisoformat(one['told_on']))})" if one["told_on"] else ""
    progress = f"{one['progress']}{told}" if one["progress"] else NO_UPDATE
    if one["evidence"]:
        progress = f"{progress}\nEvidence: {one['evidence']}"
    delivery = f"{one['delivery']}\nOverdue" if one["late"] else one["delivery"]
    return (one["ref"], one["wording"], one["lead"], one["due"] or "Not said", progress, delivery)


def _hides(contents: Mapping[str, Any]) -> bool:
    return any(
        HIDDEN in (one["figure"], one["baseline"], *(value for _, value in one["rows"]))
        for plan in contents["plans"]
        for part in plan["recommendations"]
        for one in part["indicators"]
    )
