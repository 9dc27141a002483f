"""How a case was chosen, or why it was not, in plain sentences."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from audit_app.sampling.describing import STRATA
from audit_app.sampling.exclusions import ExclusionReason, counted
from audit_app.sampling.frame import NOT_RECORDED, FrameCase
from audit_app.sampling.policy import STRATIFIED, Method, Policy
from audit_app.sampling.quotas import StratumKey
from audit_app.sampling.selection import (
    Drawn,
    DrawnCase,
    Replacement,
    Stratum,
    chance_in_draw,
    chance_of,
    position_in_stratum,
)


def explain(drawn: Drawn, reference: str) -> tuple[str, ...]:
    """Answer “how was this case chosen?”, or why it was not."""
    case = next((case for case in drawn.frame.cases if case.reference == reference), None)
    if case is None:
        return (f"Case {reference} is not on the list that this sample was drawn from.",)
    if reference in drawn.left_out:
        reasons = (ended(one.words) for one in drawn.exclusions if one.reference == reference)
        return (f"Case {reference} was left out before the draw.", *reasons, *_about_list(drawn))
    removal = next((one for one in drawn.replacements if one.removed.reference == reference), None)
    held = next((one for one in drawn.cases if one.reference == reference), None)
    return (
        _outcome(reference, held, removal),
        *_about_list(drawn),
        _about_order(drawn),
        *_about_place(drawn, case),
        *_about_family(drawn, case),
        *_about_change(drawn, held or (removal.removed if removal else None), removal),
    )


def policy_words(policy: Policy) -> str:
    """The policy in a sentence."""
    if policy.size is not None:
        much = counted(policy.size, "case")
    else:
        much = f"{chance_words(Fraction(policy.share or 0))} of the list"
    return f"The policy asks for {much}, {method_words(policy)}."


def method_words(policy: Policy) -> str:
    """How places are given out, as part of a sentence."""
    if policy.method is Method.SIMPLE:
        return "each case with the same chance"
    if policy.method is Method.WEIGHTED:
        return f"weighted by {listed([attribute_words(name) for name in sorted(policy.weights)])}"
    least = f", with at least {policy.minimum:,} from each group" if policy.method is Method.MINIMUM else ""
    return f"in proportion by {listed([attribute_words(name) for name in policy.strata])}{least}"


def times_words(times: Fraction) -> str:
    """A weight in words: “twice as likely”."""
    named = {Fraction(1): "as likely as usual", Fraction(2): "twice as likely", Fraction(1, 2): "half as likely"}
    return named.get(times) or f"{times.numerator / times.denominator:,.10g} times as likely"


def attribute_words(attribute: str) -> str:
    """An attribute's name as people read it in a sentence: “case status”."""
    return STRATA[attribute].lower() if attribute in STRATA else attribute


def stratum_words(key: StratumKey) -> str:
    """The name of a stratum, as the list's own values."""
    return ", ".join(value or NOT_RECORDED for value in key) if key else "all cases"


def chance_words(chance: Fraction) -> str:
    """A chance as a percentage to one decimal, half up; only none is 0% and only certain is 100%."""
    tenths = floor(chance * 1000 + Fraction(1, 2))
    if chance in (0, 1):
        return f"{tenths // 10}%"
    if tenths == 0:
        return "under 0.1%"
    if tenths == 1000:
        return "over 99.9%"
    return f"{tenths // 10}.{tenths % 10}%"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: “a, b and c”."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _outcome(reference: str, held: DrawnCase | None, removal: Replacement | None) -> str:
    """What became of the case."""
    if held is not None and held.replaces is not None:
        return f"Case {reference} is in the sample. It took the place of case {held.replaces}."
    if held is not None:
        return f"Case {reference} was drawn."
    if removal is not None:
        return f"Case {reference} was drawn, and later taken out of the sample."
    return f"Case {reference} could have been drawn, but was not."


def _about_list(drawn: Drawn) -> tuple[str, ...]:
    """What was drawn from, and what was asked for."""
    total, left_out = len(drawn.frame.cases), len(drawn.left_out)
    eligible = total - left_out
    what = f"The list has {counted(total, 'case')} (fingerprint {drawn.frame_hash[:12]})."
    were = "was" if left_out == 1 else "were"
    rest = f"{left_out:,} {were} left out before the draw, so {eligible:,} could be drawn." if left_out else ""
    short = "Fewer than that could be drawn, so every one of them was." if drawn.asked > eligible else ""
    return tuple(words for words in (what, rest, policy_words(drawn.policy), short) if words)


def _about_order(drawn: Drawn) -> str:
    """Where the order came from."""
    return (
        f"The seed “{drawn.seed}” and a case's own reference gave each case its place in a random order "
        f"(method {drawn.algorithm}). Nobody could choose the place, and anyone can work it out again."
    )


def _about_place(drawn: Drawn, case: FrameCase) -> tuple[str, ...]:
    """The case's place in the order, and the chance it had."""
    stratum = next(one for one in drawn.strata if one.key == drawn.policy.stratum_of(case))
    position = position_in_stratum(drawn, case.reference)
    chance = chance_in_draw(drawn, case.reference)
    if drawn.policy.method is Method.WEIGHTED:
        return _about_weight(drawn, case, position, chance)
    where = f" in its group ({stratum_words(stratum.key)})" if drawn.policy.method in STRATIFIED else ""
    place = f"This case came {position:,} of {stratum.eligible:,}{where}."
    return (place, _about_target(stratum), f"Its chance of being drawn was {chance_words(chance)}.")


def _about_family(drawn: Drawn, case: FrameCase) -> tuple[str, ...]:
    """That the case was kept out of a family by lot, and what that makes of its chance."""
    lot = drawn.lots.get(case.reference)
    if lot is None:
        return ()
    others = [
        one.reference
        for one in drawn.exclusions
        if one.reason is ExclusionReason.SIBLING and one.instead == case.reference
    ]
    shared = f"case {others[0]}" if len(others) == 1 else f"cases {listed(others)}"
    return (
        f"It has the same family reference as {shared}. The seed kept one of the {lot.denominator} before the draw, "
        f"each with the same chance; with that, its chance was {chance_words(chance_of(drawn, case.reference))}.",
    )


def _about_target(stratum: Stratum) -> str:
    """How many from the head of the order were drawn."""
    if stratum.target == 0:
        return "The group's share of the places came to less than one, and no place fell to it."
    first = "The first was drawn" if stratum.target == 1 else f"The first {stratum.target:,} were drawn"
    if stratum.expected == stratum.target:
        return f"{first}."
    return f"{first}. The seed decided one more place between groups with an equal claim."


def _about_weight(drawn: Drawn, case: FrameCase, position: int, chance: Fraction) -> tuple[str, ...]:
    """What the case weighed, and how weight became chance."""
    applied = [
        f"{attribute_words(attribute)} {case.value(attribute) or NOT_RECORDED}: {by_value[case.value(attribute)]}"
        for attribute, by_value in sorted(drawn.policy.weights.items())
        if case.value(attribute) in by_value
    ]
    weight = drawn.policy.weight_of(drawn.policy.weighed_values(case))
    shown = f"{weight.numerator / weight.denominator:,.10g}"
    because = f" ({'; '.join(applied)})" if applied else ""
    weighed = f"Its weight in the draw was {shown}{because}; the usual weight is 1."
    if chance == 1:
        return (weighed, "Cases of its weight were certain to be drawn.")
    return (
        weighed,
        f"It came {position:,} of {drawn.strata[0].eligible:,} in the order. The order was walked in equal steps of "
        "weight from a start that the seed gave, and each case that a step fell on was drawn.",
        f"Its chance of being drawn was {chance_words(chance)}, in proportion to its weight.",
    )


def _about_change(drawn: Drawn, case: DrawnCase | None, removal: Replacement | None) -> tuple[str, ...]:
    """Why a replacement came in, and what took the place of a case taken out."""
    words = []
    if case is not None and case.replaces is not None:
        origin = next(one for one in drawn.replacements if one.added == case.reference)
        words.append(f"Case {case.replaces} was taken out: {ended(origin.reason)}")
        words.append("This case was next among those not drawn.")
    if removal is not None:
        after = f"Case {removal.added} took its place." if removal.added else "No case was left to take its place."
        words += [f"It was taken out: {ended(removal.reason)}", after]
    return tuple(words)


def ended(sentence: str) -> str:
    """Words with a full stop at their end."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
