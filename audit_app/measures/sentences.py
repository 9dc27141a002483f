"""Figures as plain sentences (pure)."""

from decimal import Decimal

from audit_app.auditing.ledger import EXTERNAL, INTERNAL, SENIOR
from audit_app.measures.counts import Counts
from audit_app.measures.definitions import POINTS, definition, pairing
from audit_app.measures.figures import Figure, PairFigures
from audit_app.measures.statistics import FEWEST_AUDITS
from audit_app.web.formats import percent, plural, rounded, signed

WHO = {SENIOR: "the senior moderator", EXTERNAL: "the external auditor"}
AUDITORS, BOTH = "Auditors", "Auditors and moderators"
ALWAYS, HARDLY_EVER = 0.995, 0.001  # a chance past these is told in words


def times(count: int) -> str:
    """How often, as people say it: never, once, twice, 7 times."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


def likely(figure: Figure) -> str:
    """How sure a share is, in a clause."""
    if figure.low is not None and figure.high is not None:
        low, high = percent(figure.low, 0), percent(figure.high, 0)
        return f"; the true figure is likely between {low} and {high}"
    return ""


def said(figure: Figure) -> str:
    """A figure in grade steps or percentage points, with how sure it is."""
    unit = definition(figure.key).unit
    if figure.value is None:
        return figure.why
    factor, places = (100, 1) if unit == POINTS else (1, 2)
    higher = _higher(figure, rounded(figure.value * factor, places))
    if unit == POINTS:
        words = f"percentage points{higher} on {plural(figure.total, 'moderated audit')}"
    else:
        words = f"grade steps{higher} over {plural(figure.total, 'judgement')}"
        words += f" in {plural(figure.audits, 'audit')}" if figure.audits else ""
    if figure.low is not None and figure.high is not None:
        low, high = signed(figure.low * factor, places), signed(figure.high * factor, places)
        words += f", likely between {low} and {high}"
    elif figure.why:
        words += f" – {figure.why}"
    return f"{signed(figure.value * factor, places)} {words}"


def _higher(figure: Figure, shown: Decimal) -> str:
    """Who graded higher on average, where anybody did."""
    words = pairing(figure.key)
    if not shown:
        return ""
    earlier, later = ("auditor", "moderator") if words is None else (words.earlier.lower(), words.later.lower())
    return f" ({earlier if shown > 0 else later} higher)"


def uneven_sentence(pair: PairFigures) -> str:
    """How likely so uneven a split of over- and under-grading would be by chance; nothing where that says little."""
    if pair.sign is None or pair.exact.tentative or pair.over.count == pair.under.count:
        return ""
    often = f"{percent(pair.sign)} of the time"
    if pair.sign >= ALWAYS:
        often = "nearly always"
    elif pair.sign < HARDLY_EVER:
        often = "less than once in 1,000 times"
    return f"Were over- and under-grading equally likely, so uneven a split would come up by chance {often}."


def weighing_sentence(pair: PairFigures) -> str:
    """What weighted shares are, where some are."""
    if not pair.exact.weighted:
        return ""
    return (
        "Weighted: some audits had a larger chance of being drawn than others, so those with a small chance count for "
        f"more. Counted plainly, the same grade is {percent(pair.exact.count / pair.exact.total)}."
    )


def agreement_sentence(pair: PairFigures, *, ways: bool = True, graders: str = AUDITORS) -> str:
    """The headline of a pairing: how many were agreed, how sure that is, and which way the others went, if asked."""
    exact, internal = pair.exact, pair.earlier == INTERNAL
    if exact.value is None:
        return f"No judgement drawn at random has been {'validated' if pair.later == EXTERNAL else 'moderated'} yet."
    what = plural(exact.total, "validated judgement" if internal else "judgement")
    if exact.audits:
        what += f" in {plural(exact.audits, 'audit')}"
    verb = "was" if exact.total == 1 else "were"
    agreed = f"{verb} agreed" if internal else f"{verb} agreed by {WHO[pair.later]}"
    if exact.tentative:
        first = f"{exact.count:,} of {what} {agreed}: too few to say more."
    else:
        weighed = ", weighed by their chance of being drawn" if exact.weighted else ""
        plain = percent(exact.count / exact.total, 0)
        if exact.weighted and plain != percent(exact.value, 0):
            weighed += f" (counted plainly, {plain})"
        first = f"{percent(exact.value, 0)} of {what} {agreed}{weighed}{likely(exact)}."
    if not ways:
        return first
    than = "the validator" if internal else WHO[pair.later]
    return f"{first} {graders} graded higher than {than} {times(pair.over.count)} and lower {times(pair.under.count)}."


def headlines(counts: Counts, tier: str = "") -> list[str]:
    """The headline of a population: grades, how far opinions agreed, what moderation changed, how much there was."""
    audited, stands, gap, covered = counts.shares[:4]
    said = [good_sentence(audited, stands)]
    said += [
        agreement_sentence(pair, graders=graders(counts, pair))
        for pair in counts.random[:2]
        if tier in ("", pair.later)
    ]
    return [*said, gap_sentence(gap), coverage_sentence(covered)]


def graders(counts: Counts, pair: PairFigures) -> str:
    """Who gave the earlier grades of a pairing: what stood is the auditors' own where moderation changed none."""
    own = counts.random[2]
    same = (own.over.count, own.under.count, own.exact.total) == (pair.over.count, pair.under.count, pair.exact.total)
    return AUDITORS if pair.earlier != INTERNAL or same else BOTH


def own_sentences(counts: Counts) -> list[str]:
    """An auditor's own figures, said to them."""
    audited = counts.shares[0]
    if not audited.total:
        return ["None of your audits is counted for what you chose."]
    said = [f"You graded {audited.count:,} of {plural(audited.total, 'audit')} good or better."]
    for pair in counts.random[:2]:
        exact, who = pair.exact, "The validator" if pair.earlier == INTERNAL else "The senior moderator"
        if exact.value is None:
            continue
        sure = ": too few to say more" if exact.tentative else likely(exact)
        said.append(
            f"{who} gave the same grade on {exact.count:,} of {plural(exact.total, 'judgement')}{sure}."
            f"{_own_ways(pair)}"
        )
    if len(said) == 1:
        said.append("No second opinion that was drawn at random is finished on them yet.")
    return said


def _own_ways(pair: PairFigures) -> str:
    over, under = pair.over.count, pair.under.count
    if not over and not under:
        return ""
    who = "What stood was" if pair.earlier == INTERNAL else "You graded"
    return f" {who} higher {times(over)} and lower {times(under)}."


def good_sentence(audited: Figure, stands: Figure) -> str:
    """The headline of the grades."""
    if audited.value is None or stands.value is None:
        return "No audit with an overall grade has been handed in yet."
    of = plural(audited.total, "audit")
    verb = "was" if audited.total == 1 else "were"
    if audited.total < FEWEST_AUDITS:
        same = "" if stands.total == audited.total else f" of {stands.total}"
        return f"{audited.count} of {of} {verb} good or better as audited, and {stands.count}{same} as it stands."
    return (
        f"{percent(audited.value, 0)} of {of} {verb} good or better as audited, "
        f"and {percent(stands.value, 0)} as it stands after moderation and validation."
    )


def gap_sentence(gap: Figure) -> str:
    """What moderation changed, on the same audits."""
    if gap.value is None:
        return "No audit has been moderated yet, so nothing can be said about over-optimism."
    of = plural(gap.total, "moderated audit")
    if gap.count == 0:
        return f"On {of}, moderation left the share of good or better as it was."
    way = "fewer" if gap.count > 0 else "more"
    if gap.tentative:
        verb = "was" if abs(gap.count) == 1 else "were"
        return f"Of {of}, {abs(gap.count)} {way} {verb} good or better after moderation: too few to say more."
    points = rounded(abs(gap.value) * 100, 0) or rounded(abs(gap.value) * 100, 1)
    noun = "percentage point" if points == 1 else "percentage points"
    return f"On {of}, {points} {noun} {way} were good or better after moderation than as audited."


def coverage_sentence(covered: Figure) -> str:
    """How much was moderated."""
    if covered.value is None:
        return "No audit has been handed in yet."
    verb = "has" if covered.total == 1 else "have"
    return f"{covered.count:,} of {plural(covered.total, 'audit')} ({percent(covered.value, 0)}) {verb} been moderated."
