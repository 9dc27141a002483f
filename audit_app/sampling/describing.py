"""What a case list says of a case, in the words and the groups that samples are drawn and compared by."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from audit_app.cases.codes import ANSWERS, CATEGORIES, ETHNIC_GROUPS, GENDERS
from audit_app.cases.mapping import RESERVED
from audit_app.cases.values import AGE_BANDS

COMPARED = {
    "team": "Team",
    "category": "Case status",
    "age_band": "Age",
    "gender": "Gender",
    "ethnicity": "Ethnic group",
    "disability": "Disability",
}
STRATA = {**COMPARED, "worker": "Practitioner"}
LONGEST_NAME = 60
GROUP_OF_CODE = {code: group for group, codes in ETHNIC_GROUPS.items() for code in codes}
ORDERS = {
    "category": tuple(CATEGORIES.values()),
    "age_band": tuple(AGE_BANDS.values()),
    "gender": tuple(GENDERS.values()),
    "ethnicity": tuple(ETHNIC_GROUPS),
    "disability": tuple(ANSWERS.values()),
}


def described(
    team: str, category: str, said: Mapping[str, object], *, worker: str = "", also: Collection[str] = ()
) -> dict[str, str]:
    """What a list says of a case as a sample keeps it: what is compared, and what else this sample groups by."""
    words = {
        "team": team,
        "category": CATEGORIES.get(category, category),
        "age_band": _word(AGE_BANDS, said.get("age_band")),
        "gender": _word(GENDERS, said.get("gender")),
        "ethnicity": _word(GROUP_OF_CODE, said.get("ethnicity")),
        "disability": _word(ANSWERS, said.get("disability")),
    }
    if "worker" in also:
        words["worker"] = " ".join(worker.split())
    words |= {name: str(said.get(name) or "") for name in also if name not in STRATA}
    return {name: word for name, word in words.items() if word}


def of_their_own(names: Iterable[str]) -> tuple[str, ...]:
    """The columns of an authority's own among the names of what a list says, by name."""
    return tuple(sorted(name for name in set(names) if name not in RESERVED and len(name) <= LONGEST_NAME))


def attribute_title(name: str) -> str:
    """What to call something that a list says of its cases."""
    return STRATA.get(name, name)


def _word(words: Mapping[str, str], code: object) -> str:
    return words.get(str(code), str(code)) if code else ""


def team_names(names: Mapping[int, str], parents: Mapping[int, str]) -> dict[int, str]:
    """What to call each team so that no two are called the same: its name, if need be with the unit above it."""
    times = Counter(names.values())
    longer = {key: f"{name} ({parents.get(key, key)})" if times[name] > 1 else name for key, name in names.items()}
    twice = Counter(longer.values())
    return {key: f"{name} ({key})" if twice[name] > 1 else name for key, name in longer.items()}
