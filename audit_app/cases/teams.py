"""Which unit a case list means by what it calls a team."""

from collections import Counter
from collections.abc import Iterable, Mapping


def folded_label(label: str) -> str:
    """What a list calls a team, however it is spaced and capitalised."""
    return " ".join(label.split()).casefold()


def units_meant(
    labels: Iterable[str], units: Iterable[tuple[int, str]], remembered: Mapping[str, int]
) -> dict[str, int]:
    """The unit that each label means: the remembered one, else the only unit of that name; other labels are left out.

    `remembered` is by folded label. A remembered unit that is not among the units (it was closed) counts for nothing.
    """
    names = {unit_id: folded_label(name) for unit_id, name in units}
    times = Counter(names.values())
    by_name = {name: unit_id for unit_id, name in names.items() if times[name] == 1}
    found: dict[str, int] = {}
    for label in labels:
        key = folded_label(label)
        known = remembered.get(key)
        unit_id = known if known in names else by_name.get(key)
        if key and unit_id is not None:
            found[label] = unit_id
    return found
