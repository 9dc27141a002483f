"""Policies as people read them: each group with what it holds for (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from audit_app.access.table import Role
from audit_app.frameworks.content import CATEGORIES
from audit_app.programmes.chasing import chasing_pairs
from audit_app.programmes.policies import Policies

METHODS: Final = {
    "simple": "Every case has the same chance",
    "proportional": "Each group in proportion to its size",
    "minimum": "In proportion, with at least a few from every group",
    "weighted": "Some cases are likelier than others",
}
STRATA: Final = {
    "team": "Team",
    "category": "Case status",
    "age_band": "Age",
    "gender": "Gender",
    "ethnicity": "Ethnic group",
    "disability": "Disability",
    "worker": "Practitioner",
}
LEFT_OUT: Final = {
    "leave_out_complaints": "Cases with an open complaint",
    "leave_out_legal_hold": "Cases under a legal hold",
    "leave_out_waiting_elsewhere": "Cases drawn in another round and not audited yet",
    "one_of_a_family": "All but one of a family, where the list says who belongs together",
}
TIERS: Final = {"senior": "Senior managers", "external": "External auditors"}
WHO: Final = {role.value: f"{role.words}s" for role in Role} | {Role.HEAD_OF_SERVICE.value: "Heads of service"}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Policies that belong together, and what a change of them holds for."""

    key: str
    title: str
    holds: str
    rows: tuple[Pair, ...]


def groups(policies: Policies, grades: Mapping[str, str]) -> tuple[Group, ...]:
    """All policies, in words; grades are those of the programme's tool, by key."""
    draws = "A change holds for cases that are drawn from now on, in rounds that are open too."
    gives = "A change holds for audits that are given to auditors from now on."
    moderates = "A change holds for audits that are handed in, and moderations that are given, from now on."
    reminds = "A change holds from the next morning, for audits that are with their auditors too."
    waits = "A change holds for audits that are graded so from now on."
    return (
        Group("sample", "The sample", draws, _sample(policies)),
        Group("left-out", "Who is left out", draws, _left_out(policies)),
        Group("auditors", "Who audits", gives, _auditors(policies)),
        Group("moderation", "Moderation", moderates, _moderation(policies, grades)),
        Group("reminders", "Reminders", reminds, chasing_pairs(policies.chasing)),
        Group("escalation", "What cannot wait", waits, _escalation(policies, grades)),
    )


def _sample(policies: Policies) -> tuple[Pair, ...]:
    rows = [("How cases are drawn", METHODS[policies.method]), ("How many", size_words(policies))]
    if policies.method in ("proportional", "minimum"):
        rows.append(("Groups", _listed(STRATA.get(key, key) for key in policies.strata)))
    if policies.method == "minimum":
        rows.append(("Fewest of each group", str(policies.minimum)))
    if policies.method == "weighted":
        weights = (
            f"{STRATA.get(name, name)} {value}: {times}"
            for name, by_value in policies.weights.items()
            for value, times in by_value.items()
        )
        rows.append(("Weights", "; ".join(weights)))
    return tuple(rows)


def size_words(policies: Policies) -> str:
    """How many cases a round draws."""
    if policies.sized_by == "share":
        return f"{percent_of(policies.share)}% of the list"
    if policies.sized_by == "per_auditor":
        return f"{policies.per_auditor} for each auditor"
    return "Decided at each draw" if policies.size is None else str(policies.size)


def percent_of(share: str | None) -> str:
    """A share of the list as a percentage."""
    return f"{Decimal(share or 0) * 100:f}".rstrip("0").rstrip(".") if share else ""


def _left_out(policies: Policies) -> tuple[Pair, ...]:
    since, weeks = policies.months_since_audit, policies.weeks_open
    also = [words for name, words in LEFT_OUT.items() if getattr(policies, name)]
    return (
        ("Audited lately", f"In the last {_counted(since, 'month')}" if since else "Not left out"),
        ("New cases", f"Open for less than {_counted(weeks, 'week')}" if weeks else "Not left out"),
        ("Also left out", "; ".join([*also[:1], *(one[0].lower() + one[1:] for one in also[1:])]) or "Nothing more"),
        ("Kinds of case", _listed(CATEGORIES[key] for key in policies.categories) or "All"),
    )


def _auditors(policies: Policies) -> tuple[Pair, ...]:
    each, cap = policies.per_auditor, policies.cap
    return (
        ("Who takes part", _listed(WHO[role] for role in policies.auditors)),
        ("Expected of each", f"{_counted(each, 'audit')} a round" if each else "No set number"),
        ("Most for one auditor", f"{_counted(cap, 'audit')} a round" if cap else "No limit"),
    )


def _moderation(policies: Policies, grades: Mapping[str, str]) -> tuple[Pair, ...]:
    of = "of each auditor’s audits" if policies.share_of == "each_auditor" else "of all audits"
    rows = [(TIERS[tier], f"{share}% {of}" if share else "None at random") for tier, share in policies.shares.items()]
    for tier, keys in policies.always.items():
        names = _listed(grades.get(key, key) for key in keys)
        to = f", by a {Role(policies.always_by).words.lower()}" if tier == "senior" else ""
        rows.append((f"Always, by {TIERS[tier].lower()}", f"Audits graded {names}{to}"))
    first = policies.first_of_new_auditor
    blind = _listed(TIERS[tier] for tier, yes in policies.blind.items() if yes)
    when = "As they are handed in" if policies.as_they_come else "When the audit officer draws or gives them"
    return (
        ("When audits go to moderators", when),
        *rows,
        ("New auditors", f"Their first {_counted(first, 'audit')}" if first else "As everybody"),
        ("Flagged by the auditor", "Moderated" if policies.flagged else "As any other audit"),
        ("Blind", f"{blind}, in random draws" if blind else "Nobody"),
        ("Time to challenge an outcome", f"{policies.challenge_days} working days"),
    )


def _escalation(policies: Policies, grades: Mapping[str, str]) -> tuple[Pair, ...]:
    lowest = next(iter(grades.values()), "the lowest grade")
    names = _listed(grades.get(key, key) for key in policies.escalates) or f"{lowest}, the lowest grade"
    months, more = policies.re_audit_months, _listed(grades.get(key, key) for key in policies.re_audits)
    shown = "Shown to an auditor once their own grades are in"
    return (
        ("A head of service signs off", f"Audits whose overall grade is {names}"),
        ("Time to sign off", _counted(policies.sign_off_days, "working day")),
        ("The case is audited again", f"After {_counted(months, 'month')}" if months else "Not for that"),
        ("Also audited again", f"Audits graded {more}" if more and months else "No other audits"),
        ("Earlier audits of the case", "Shown from the start" if policies.earlier_at_once else shown),
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _counted(count: int, one: str) -> str:
    return one if count == 1 and one != "audit" else f"{count} {one}{'' if count == 1 else 's'}"


def differences(kept: Policies, typed: Policies, grades: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Where two sets of policies differ: what it is, how it is kept, how it was typed."""
    now, mine = ({key: value for group in groups(one, grades) for key, value in group.rows} for one in (kept, typed))
    names = dict.fromkeys([*now, *mine])
    return [
        (name, now.get(name, "Not set"), mine.get(name, "Not set")) for name in names if now.get(name) != mine.get(name)
    ]
