"""Figures as plain sentences (pure)."""

from audit_app.measures.figures import Figure, PairFigures
from audit_app.measures.statistics import FEWEST_AUDITS
from audit_app.web.formats import percent, plural

WHO = {"senior": "the senior moderator", "external": "the external auditor"}


def times(count: int) -> str:
    """How often, as people say it: never, once, twice, 7 times."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def likely(figure: Figure) -> str:
    """How sure a share is, in a clause."""
    if figure.low is not None and figure.high is not None:
        low, high = percent(figure.low, 0), percent(figure.high, 0)
        return f"; the true figure is likely between {low} and {high}"
    return ""


def agreement_sentence(pair: PairFigures) -> str:
    """The headline of a pairing."""
    exact, who = pair.exact, WHO[pair.later]
    if exact.value is None:
        return f"No judgement drawn at random has been {'validated' if pair.later == 'external' else 'moderated'} yet."
    what = plural(exact.total, "judgement")
    if exact.tentative:
        agreed = f"{exact.count} of {what} were agreed by {who}: too few to say more."
    else:
        agreed = f"{percent(exact.value, 0)} of {what} were agreed by {who}{likely(exact)}."
    earlier = "Auditors" if pair.earlier == "auditor" else "What stood internally"
    verb = "graded" if pair.earlier == "auditor" else "was graded"
    return f"{agreed} {earlier} {verb} higher {times(pair.over.count)} and lower {times(pair.under.count)}."


def good_sentence(audited: Figure, stands: Figure) -> str:
    """The headline of the grades."""
    if audited.value is None or stands.value is None:
        return "No audit with an overall grade has been handed in yet."
    if audited.total < FEWEST_AUDITS:
        of = plural(audited.total, "audit")
        return (
            f"{audited.count} of {of} graded good or better as audited, {stands.count} of {stands.total} as it stands."
        )
    return (
        f"{percent(audited.value, 0)} of {plural(audited.total, 'audit')} were good or better as audited, "
        f"and {percent(stands.value, 0)} as it stands after moderation and validation."
    )


def gap_sentence(gap: Figure) -> str:
    """What moderation changed, on the same audits."""
    if gap.value is None:
        return "No audit has been moderated yet, so nothing can be said about over-optimism."
    if gap.value == 0:
        return f"On {plural(gap.total, 'moderated audit')}, moderation left the share of good or better as it was."
    way = "fewer" if gap.value > 0 else "more"
    points = percent(abs(gap.value)).removesuffix("%")
    return (
        f"On {plural(gap.total, 'moderated audit')}, {points} percentage points {way} were good or better after "
        "moderation than as audited."
    )


def coverage_sentence(covered: Figure) -> str:
    """How much was moderated."""
    if covered.value is None:
        return "No audit has been handed in yet."
    verb = "has" if covered.total == 1 else "have"
    return f"{covered.count} of {plural(covered.total, 'audit')} ({percent(covered.value, 0)}) {verb} been moderated."
