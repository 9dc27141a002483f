"""What would become of a case list if it were loaded: what its page says before anything is stored."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from audit_app.cases.difference import Difference
from audit_app.cases.placement import HELD, REFUSED, Placement
from audit_app.cases.summary import difference_summary, summary_of

FIRST = 5  # of each kind of problem, as examples beside the counts
MOST_REASONS = 20
KINDS = ("new", "changed", "closed", "gone")
VALUES = {
    "category": "Case status",
    "team": "Team",
    "worker": "Worker",
    "care_leaver": "Care leaver",
    "age_band": "Age band",
}


def preview_of(
    placement: Placement, found: Difference | None, against: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The preview of a list, and the details behind its counts, both as JSON can hold them."""
    problems: list[list[Any]] = [
        [one.outcome, one.problem.sheet, one.problem.row, one.problem.column, one.problem.value, one.problem.expected]
        for one in placement.problems()
    ]
    cases = Counter((unit_id, row.category or "") for row, unit_id in placement.placed())
    unknown = Counter(row.team for row in placement.read.rows if row.team and row.team not in placement.meant)
    reasons = Counter((outcome, column, expected.split(": row ")[0]) for outcome, _, _, column, _, expected in problems)
    shown = {
        **summary_of(placement.read),
        "read": placement.cases,
        "held": placement.held,
        "refused": placement.refused,
        "cases": [[unit_id, category, count] for (unit_id, category), count in sorted(cases.items())],
        "unknown_teams": [[label, count] for label, count in unknown.most_common()],
        "reasons": [[*reason, count] for reason, count in reasons.most_common(MOST_REASONS)],
        "first": {
            outcome: [problem[1:] for problem in problems if problem[0] == outcome][:FIRST]
            for outcome in (HELD, REFUSED)
        },
        "difference": None if found is None or against is None else difference_summary(found, against),
    }
    return shown, {"problems": problems, "differences": differences_of(found) if found else {}}


def differences_of(found: Difference) -> dict[str, list[list[Any]]]:
    """Every case that differs, by the kind of difference: its reference, and each value that was and is."""
    return {
        "new": [[reference, []] for reference in found.new],
        "changed": [[change.reference, [list(value) for value in change.values]] for change in found.changed],
        "closed": [[reference, []] for reference in found.closed],
        "gone": [[reference, []] for reference in found.gone],
    }


def value_in_words(name: str) -> str:
    """What a value of a case is called."""
    return VALUES.get(name, name.replace("_", " ").capitalize())
