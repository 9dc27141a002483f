"""What each round keeps back so that no other is given away, when all are read beside their total (pure)."""

from collections.abc import Collection, Sequence

from audit_app.measures.counts import Counts
from audit_app.measures.figure import Figure
from audit_app.measures.pairings import ENDINGS
from audit_app.measures.suppression import hidden_counts, hidden_shares, hidden_together
from audit_app.measures.withheld import is_kept_back, withheld

AUDITS = "audits"  # stands for how many audits a round has: where that is kept back, so is everything
GRADED = ("good_as_audited", "good_as_stands", "coverage")
ALONE = (
    "on_time",
    "completed",
    "evidence_supports",
    "practitioner_involved",
    "feedback_obtained",
    "actions_on_time",
    "loop_closed",
)
DIRECTIONS = ("exact", "over", "under")
STEPS = ("within_one", "bias")


def kept_back(rounds: Sequence[Counts]) -> tuple[frozenset[str], ...]:
    """By round, the keys of the figures that it does not tell: its own small ones, and what would give one away.

    Whoever reads the total of all rounds and every round but one knows that one. Grades and coverage are kept back
    together, and with them how far the moderators agreed; of a pairing, same, higher and lower.
    """
    told = [withheld(one) for one in rounds]
    found: list[set[str]] = [set() for _ in rounds]
    few = hidden_counts([_figure(one, "coverage").total for one in rounds])
    pairs = [tuple(f"{name}_{ending}" for name in (*DIRECTIONS, *STEPS)) for ending in ENDINGS.values()]
    for at in few:
        found[at].update((AUDITS, *GRADED, "inflation_gap", *ALONE, *(key for keys in pairs for key in keys)))

    def keep(keys: Sequence[str], besides: Collection[int], goes_with: Sequence[str] = ()) -> frozenset[int]:
        places = [at for at, one in enumerate(rounds) if any(_figure(one, key).total for key in keys)]
        gone = {at for at in places if at in besides or any(is_kept_back(_figure(told[at], key)) for key in keys)}
        columns = [[_share(_figure(rounds[at], key)) for at in places] for key in keys]
        own = [number for number, at in enumerate(places) if at in gone]
        hidden = hidden_together(columns, own) if len(keys) > 1 else hidden_shares(columns[0], own)
        for number in hidden:
            found[places[number]].update((*keys, *goes_with))
        return frozenset(places[number] for number in hidden)

    together = keep(GRADED, few, ["inflation_gap"])
    for key in ALONE:
        keep([key], few)
    for at, keys in enumerate(pairs):
        keep(keys[: len(DIRECTIONS)], few if at else few | together, keys[len(DIRECTIONS) :])
    return tuple(frozenset(keys) for keys in found)


def _figure(counts: Counts, key: str) -> Figure:
    return counts.figure(key) or Figure(key, 0, 0, None)


def _share(figure: Figure) -> tuple[int, int]:
    return figure.count, figure.total
