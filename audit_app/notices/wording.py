"""The words of letters, which are data: read, checked, and filled in (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

from audit_app.notices.kinds import Kind
from audit_app.notices.rules import Chasing, chasing_from
from audit_app.programmes.chasing import LINE_OF_ACTIONS, USUAL_OF_ACTIONS, USUAL_OF_BOARDS, chasing_problems
from audit_app.wording.placeholders import problems_of

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "letters" / "usual.yaml"
FRAME: Final = "letter-around"  # what stands around the news of every letter, as a piece that is edited
OWN: Final = "letters.yaml"  # in the instance folder
IN_MAIL: Final = frozenset(
    {"count", "month", "due", "days", "meets", "auditor", "owner", "name", "service", "link", "settings"}
)
ON_PAGE: Final = IN_MAIL | {"case", "about"}
SHORTEST_KEPT: Final = 30  # days: a letter a day still finds what was said in the week before it
LONGEST_KEPT: Final = 3650


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said of one kind of news: in a letter of one thing and of several, and on a page."""

    subject: str
    subject_many: str
    one: str
    many: str
    page: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the news in a letter."""

    opening: str
    closing: str
    subject_of_several: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days what people were told is kept once it is over, and letters once they are sent."""

    notices: int
    letters: int


@dataclass(frozen=True, slots=True)
class Words:
    """All words of letters, and when audits are asked for."""

    frame: Frame
    letters: Mapping[Kind, Wording]
    chasing: Chasing
    actions: Chasing  # when actions for children are asked for
    boards: Chasing  # when updates for a board are asked for
    keeping: Keeping


class Unusable(Exception):
    """Words that cannot be used, with every reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def read_words(text: str) -> Words:
    """The words that a file holds; raises `Unusable` with everything that is wrong.

    What a file leaves out is said and done as usual, so that one that was written for an earlier release still holds.
    """
    data = completed(_read(text))
    if problems := words_problems(data):
        raise Unusable(problems)
    letters = {Kind(name): Wording(**_trimmed(said)) for name, said in data["letters"].items()}
    keeping, chasing = Keeping(**data["keeping"]), chasing_from(data["chasing"])
    boards = chasing_from(data.get("boards", {}), chasing_from(USUAL_OF_BOARDS))
    return Words(Frame(**_trimmed(data["frame"])), letters, chasing, _of_actions(data), boards, keeping)


def _of_actions(data: Mapping[str, Any]) -> Chasing:
    return chasing_from(data.get("actions", {}), chasing_from(USUAL_OF_ACTIONS, line=LINE_OF_ACTIONS), LINE_OF_ACTIONS)


def _read(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Unusable(["The file cannot be read as YAML."]) from error


def completed(data: Any) -> Any:
    """What a file says, with the usual words for kinds of news that it does not know."""
    if not isinstance(data, Mapping) or not isinstance(data.get("letters"), Mapping):
        return data
    usual = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return {"keeping": usual["keeping"], **data, "letters": {**usual["letters"], **data["letters"]}}


def _trimmed(said: Mapping[str, str]) -> dict[str, str]:
    return {name: words.strip() for name, words in said.items()}


def words_of(instance: Path) -> Words:
    """The words in use: the authority's own where there are any, else those that come with the service."""
    own = instance / OWN
    return read_words((own if own.exists() else SHIPPED).read_text(encoding="utf-8"))


def words_problems(data: object) -> list[str]:
    """Everything that is wrong with the words of letters, each with where it stands."""
    if not isinstance(data, Mapping) or set(data) - {"actions", "boards"} != {"frame", "letters", "chasing", "keeping"}:
        return ["The file must have the parts frame, letters and chasing, and may have actions, boards and keeping."]
    problems = _part("frame", data["frame"], Frame, {"subject_of_several"}, set())
    letters = data["letters"]
    if not isinstance(letters, Mapping) or set(letters) != {kind.value for kind in Kind}:
        return [*problems, f"letters must have no other parts than: {', '.join(kind.value for kind in Kind)}."]
    for kind, said in letters.items():
        problems += _part(f"letters, {kind}", said, Wording, {"subject", "subject_many"}, {"page"})
    problems += [f"chasing: {problem}" for problem in chasing_problems(data["chasing"])]
    of_actions = chasing_problems(data.get("actions", {}), LINE_OF_ACTIONS)
    problems += [f"actions: {problem}" for problem in of_actions]
    # Nobody is above whoever updates a plan: nothing is escalated.
    problems += [f"boards: {problem}" for problem in chasing_problems(data.get("boards", {}), ())]
    return problems + _keeping_problems(data["keeping"])


def _keeping_problems(data: object) -> list[str]:
    names = {one.name for one in fields(Keeping)}
    if not isinstance(data, Mapping) or set(data) != names:
        return [f"keeping must have exactly these parts: {', '.join(sorted(names))}."]
    return [
        f"keeping, {name}: it must be a whole number of days from {SHORTEST_KEPT} to {LONGEST_KEPT}."
        for name, days in data.items()
        if not isinstance(days, int) or isinstance(days, bool) or not SHORTEST_KEPT <= days <= LONGEST_KEPT
    ]


def _part(where: str, said: object, kind: type[Any], subjects: set[str], pages: set[str]) -> list[str]:
    names = {one.name for one in fields(kind)}
    if not isinstance(said, Mapping) or set(said) != names:
        return [f"{where}: it must have exactly these parts: {', '.join(sorted(names))}."]
    problems = []
    for name, words in said.items():
        allowed = ON_PAGE if name in pages else IN_MAIL
        problems += [f"{where}, {name}: {one}" for one in problems_of(words, allowed, one_line=name in subjects)]
    return problems


def with_edited(words: Words, edited: Mapping[str, Mapping[str, str]]) -> Words:
    """The words of letters with those that an audit officer edited in place of them."""
    letters = {kind: _edited(said, edited.get(piece_of(kind))) for kind, said in words.letters.items()}
    return replace(words, frame=_edited(words.frame, edited.get(FRAME)), letters=letters)


Said = TypeVar("Said", Frame, Wording)


def _edited(said: Said, own: Mapping[str, str] | None) -> Said:
    """Some words with one's own in place of them; what a later release knows no more is passed over."""
    known = {one.name for one in fields(said)}
    return replace(said, **{name: words for name, words in (own or {}).items() if name in known})


def piece_of(kind: Kind) -> str:
    """What the words of a letter are called as a piece that is edited."""
    return f"letter-{kind.value.replace('_', '-')}"
