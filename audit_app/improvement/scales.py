"""The two scales of a plan, read from files: delivery of actions, and impact on indicators (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from audit_app.improvement.positions import Position, State, month_beside

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "improvement.yaml"
FURTHER: Final = SHIPPED.parent / "plan_scales"  # a file for each other set that a plan can choose
TONES: Final = ("grey", "light-blue", "blue", "turquoise", "green", "yellow", "orange", "pink", "purple")


USUAL: Final = "The usual words"


class WrongScale(ValueError):
    """The file of the scales says something that cannot be."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One level of how far an action is."""

    key: str
    name: str
    tone: str
    finished: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """The words of one state of an indicator: of all its targets, and of one of them."""

    key: str
    words: str
    dated: str
    tone: str


@dataclass(frozen=True, slots=True)
class Scales:
    """Both scales; the usual ones have no key."""

    delivery: tuple[Delivery, ...]
    impact: tuple[Impact, ...]
    key: str = ""
    name: str = USUAL

    def level(self, key: str) -> Delivery:
        """A level of delivery by its key; the first, where a plan was written with another."""
        return next((one for one in self.delivery if one.key == key), self.delivery[0])

    def said(self, position: Position, rows: str = "") -> str:
        """A position in the words of the papers."""
        impact = self._impact(position.state)
        dated = impact.dated if position.milestone is not None else ""
        month = month_beside(position.milestone, position.stated_on) if position.milestone is not None else ""
        return (dated or impact.words).replace("{milestone}", month).replace("{rows}", rows or "teams")

    def tone(self, position: Position) -> str:
        """The colour of a position."""
        return self._impact(position.state).tone

    def _impact(self, state: State) -> Impact:
        return next(one for one in self.impact if one.key == state.value)


@cache
def every_scales() -> tuple[Scales, ...]:
    """The scales that plans can choose from, the usual ones first."""
    usual = scales_in(SHIPPED.read_text(encoding="utf-8"))
    further = [scales_in(file.read_text(encoding="utf-8")) for file in sorted(FURTHER.glob("*.yaml"))]
    if not all(one.key for one in further) or len({one.key for one in further}) != len(further):
        raise WrongScale("Each further set of scales needs a key of its own.")
    if len({one.name.lower() for one in (usual, *further)}) != len(further) + 1:
        raise WrongScale("Two sets of scales have the same name.")
    return (usual, *further)


def scales(key: str = "") -> Scales:
    """The scales that a plan chose; the usual ones, where it chose none or where its set is gone."""
    return next((one for one in every_scales() if one.key == key), every_scales()[0])


def refusal_to_change(used: Iterable[str], chosen: Scales) -> str:
    """Why a plan cannot go over to other scales: updates say levels that those have not; empty where it can."""
    known = {one.key for one in chosen.delivery}
    if set(used) <= known:
        return ""
    return f"An action stands at a level of delivery that “{chosen.name}” does not have. Say how far it is anew first."


def scales_in(text: str) -> Scales:
    """The scales that a file describes; raises `WrongScale` with the first thing that cannot be."""
    try:
        written = yaml.safe_load(text)
        delivery = tuple(
            Delivery(str(one["key"]), str(one["name"]), str(one["tone"]), bool(one["finished"]))
            for one in written["delivery"]
        )
        impact = tuple(
            Impact(str(one["key"]), str(one["words"]), str(one.get("dated", "")), str(one["tone"]))
            for one in written["impact"]
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise WrongScale(f"The file of the scales cannot be read: {error}") from error
    if [one.key for one in impact] != [state.value for state in State]:
        raise WrongScale("The impact scale has each state once, from the least to the most.")
    if not delivery or all(one.finished for one in delivery) or not any(one.finished for one in delivery):
        raise WrongScale("The delivery scale needs a level that is finished, and one that is not.")
    if len({one.key for one in delivery}) != len(delivery):
        raise WrongScale("Two levels of delivery have the same key.")
    wrong = sorted(({one.tone for one in delivery} | {one.tone for one in impact}) - set(TONES))
    if wrong:
        raise WrongScale(f"There is no tone {', '.join(wrong)}.")
    return Scales(delivery, impact, str(written.get("key", "")), str(written.get("name", USUAL)))
