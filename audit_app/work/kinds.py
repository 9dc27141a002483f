"""The kinds of long work and of periodic work that this program knows how to carry out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from audit_app.work.times import Times, times

Work = Callable[..., Mapping[str, Any] | None]
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of long work: what carries it out, and whether it may simply be started again."""

    name: str
    function: Work
    repeatable: bool
    refusals: tuple[type[Exception], ...]


@dataclass(frozen=True, slots=True)
class Periodic:
    """Work that nobody asks for: it is done at its times."""

    name: str
    function: Callable[[], object]
    times: Times


KINDS: dict[str, Kind] = {}
PERIODIC: dict[str, Periodic] = {}


def carries_out(
    kind: str, *, repeatable: bool = True, refusals: tuple[type[Exception], ...] = ()
) -> Callable[[Function], Function]:
    """Say that a function carries out a kind of work: f(progress, **given) → {"go_to": …, "said": …} or None.

    `refusals` are exceptions whose words may be shown to the person who asked (`Refused` always may).
    """

    def register(function: Function) -> Function:
        _refuse_second(KINDS.get(kind), kind, function)
        KINDS[kind] = Kind(kind, function, repeatable, refusals)
        return function

    return register


def periodic(name: str, *, at: str = "", minutes: int = 0) -> Callable[[Function], Function]:
    """Say that a function is carried out every day at a time in London ("07:00"), or every so many minutes."""
    when = times(at, minutes)

    def register(function: Function) -> Function:
        _refuse_second(PERIODIC.get(name), name, function)
        PERIODIC[name] = Periodic(name, function, when)
        return function

    return register


def _refuse_second(known: Kind | Periodic | None, name: str, function: Callable[..., Any]) -> None:
    if known and (known.function.__module__, known.function.__qualname__) != (
        function.__module__,
        function.__qualname__,
    ):
        raise ValueError(f"{name} is already carried out by {known.function.__module__}.{known.function.__qualname__}")
