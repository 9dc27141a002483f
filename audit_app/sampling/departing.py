"""Where the terms of a draw differ from the programme's policy: shown before the draw, and kept with it (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from audit_app.cases.codes import CATEGORIES
from audit_app.programmes.policies import Policies
from audit_app.sampling.describing import attribute_title
from audit_app.sampling.exclusions import counted
from audit_app.sampling.explanation import listed, times_words
from audit_app.sampling.policy import STRATIFIED, Method
from audit_app.sampling.terms import DrawTerms

METHODS = {
    "simple": "From the whole list",
    "proportional": "In proportion, by group",
    "minimum": "In proportion, with a least number from each group",
    "weighted": "By weight",
}


@dataclass(frozen=True, slots=True)
class Departure:
    """One thing that a draw does otherwise than the programme's policy says."""

    about: str
    here: str
    policy: str


def departures_of(terms: DrawTerms, policies: Policies) -> tuple[Departure, ...]:
    """Everything that terms do otherwise than the policy; a size that the policy leaves open departs from nothing."""
    usual = DrawTerms.from_policies(policies, terms.seed, terms.auditors)
    here, there = _said(terms), _said(usual)
    if usual.sized_by == "number" and usual.size is None:
        del there["How many cases"]
    return tuple(
        Departure(about, here[about], there[about]) for about in here if here[about] != there.get(about, here[about])
    )


def _said(terms: DrawTerms) -> dict[str, str]:
    """The terms in words; what the method does not use is left out by saying that it is not used."""
    grouped, least = terms.method in STRATIFIED, terms.method == Method.MINIMUM
    return {
        "How the cases are drawn": METHODS.get(terms.method, terms.method),
        "Grouped by": listed([attribute_title(name).lower() for name in sorted(terms.strata)])
        if grouped and terms.strata
        else "nothing",
        "Least from each group": f"{terms.minimum:,}" if least else "not used",
        "Weights": "; ".join(weights_words(terms.weights)) if terms.method == Method.WEIGHTED else "not used",
        "How many cases": size_words(terms),
        "Left out if audited in the last": counted(terms.months, "month") if terms.months else "not left out",
        "Left out if open for less than": counted(terms.weeks, "week") if terms.weeks else "not left out",
        "Cases with an open complaint": _out(terms.complaints),
        "Cases under a legal hold": _out(terms.legal_hold),
        "Cases that wait in another round": _out(terms.elsewhere),
        "Brothers and sisters": "one of each family" if terms.family else "all can be drawn",
        "Case statuses": listed([CATEGORIES.get(one, one).lower() for one in sorted(terms.categories)])
        if terms.categories
        else "all",
    }


def _out(left: bool) -> str:
    return "left out" if left else "not left out"


def size_words(terms: DrawTerms) -> str:
    """How large the sample is to be."""
    if terms.sized_by == "share":
        return f"{(Decimal(terms.share or '0') * 100).normalize():f}% of the list"
    if terms.sized_by == "per_auditor":
        return f"{counted(terms.per_auditor or 0, 'case')} for each auditor"
    return counted(terms.size or 0, "case")


def weights_words(weights: Mapping[str, Mapping[str, str]]) -> Sequence[str]:
    """Weights in words: “Child protection plan: twice as likely”."""
    return [
        f"{value or 'not recorded'}: {times_words(Fraction(times))}"
        for _, by_value in sorted(weights.items())
        for value, times in sorted(by_value.items())
        if Fraction(times) != 1
    ]


def departures_data(departures: Sequence[Departure]) -> list[dict[str, str]]:
    """Departures as JSON can hold them."""
    return [{"about": one.about, "here": one.here, "policy": one.policy} for one in departures]
