"""What a piece of evidence is called in one short line, and the rest of its name for the line below (pure)."""

from dataclasses import dataclass

from audit_app.evaluation.said import Kind

LONGEST = 70
THEMES = " in audits with themes, "


@dataclass(frozen=True, slots=True)
class Caption:
    """What was cited, and of what it is."""

    what: str
    of: str


def caption(kind: Kind, label: str, figure: str = "") -> Caption:
    """A name in two: what it is, and of which unit, plan or round; figure is what a cited figure is called."""
    match kind:
        case Kind.FIGURE if figure and label.startswith(f"{figure}, "):
            return Caption(figure, label[len(figure) + 2 :])
        case Kind.ROUND if ": " in label:
            of, _, what = label.rpartition(": ")
            return Caption(what, of)
        case Kind.THEME if THEMES in label:
            what, _, unit = label.partition(THEMES)
            return Caption(what, f"Audits with themes, {unit}")
        case Kind.READING | Kind.ACTION:
            return _part_of_plan(label)
        case _:
            return Caption(label, "")


def _part_of_plan(label: str) -> Caption:
    """A part of a plan stands with the plan and its ref in brackets at its end; a plan's name may have some itself."""
    start = _last_bracket(label)
    what, of = (label[:start].rstrip(), label[start + 1 : -1]) if start > 0 else (label, "")
    if len(what) <= LONGEST:
        return Caption(what, of)
    short = what[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:")
    return Caption(f"{short} …", f"{what} ({of})" if of else what)


def _last_bracket(label: str) -> int:
    """Where the bracket opens that closes at the end; 0 where none does."""
    depth = 0
    for place in range(len(label) - 1, 0, -1):
        depth += {")": 1, "(": -1}.get(label[place], 0)
        if not depth:
            return place if label[place] == "(" else 0
    return 0
