"""Who audits which case: at random, within the rules of independence, with loads as even as the rules allow."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit_app.refusal import Refusal
from audit_app.sampling.draws import KEY_SPACE, Purpose, number_of, seed_problem, seeded_order
from audit_app.sampling.obstacles import Room, obstacles

LOTS = 1 << 64
Placing = dict[str, str]
Node = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Auditor:
    """Somebody who may audit, with what keeps them from a case and how much they can take on.

    `teams` are their own and those they supervise, `workers` the practitioners they are or supervised, `cases` those
    they worked on. `in_hand` counts the audits they have in this round already, towards both capacity and evenness.
    """

    key: str
    teams: frozenset[str]
    workers: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    capacity: int | None = None
    on_leave: bool = False
    away: str = ""  # the days, in words
    in_hand: int = 0
    recent_workers: frozenset[str] = frozenset()
    name: str = ""
    contributed: frozenset[str] = frozenset()  # the cases to whose audits they contributed for an agency

    @property
    def called(self) -> str:
        """The auditor's name, or key where there is none."""
        return self.name or self.key


@dataclass(frozen=True, slots=True)
class CaseToAllocate:
    """A drawn case that needs an auditor; the practitioner may not be recorded."""

    reference: str
    team: str
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A case and its auditor."""

    reference: str
    auditor: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """Cases with their auditors, those left over, and why in plain words; loads count audits in hand as well."""

    pairs: tuple[Pair, ...]
    unplaced: tuple[str, ...]
    explanation: tuple[str, ...]
    loads: dict[str, int] = field(default_factory=dict)


def conflict(case: CaseToAllocate, auditor: Auditor) -> str | None:
    """Why an auditor is not independent of a case, or None."""
    if not case.team:
        return f"Case {case.reference} has no team, so nobody can be shown to be independent of it."
    if case.team in auditor.teams:
        return (
            f"{auditor.called} can't audit case {case.reference}: it belongs to their own team or one they supervise."
        )
    if case.worker and case.worker in auditor.workers:
        return f"{auditor.called} can't audit case {case.reference}: they are, or supervised, its practitioner."
    if case.reference in auditor.cases:
        return f"{auditor.called} can't audit case {case.reference}: they worked on it."
    if case.reference in auditor.contributed:
        return f"{auditor.called} can't audit case {case.reference}: they contributed to its audit for an agency."
    return None


def room_of(auditor: Auditor, cap: int | None = None) -> int | None:
    """How many more audits an auditor can take; None where nothing limits them."""
    limits = [limit for limit in (auditor.capacity, cap) if limit is not None]
    if auditor.on_leave:
        return 0
    return max(0, min(limits) - auditor.in_hand) if limits else None


def refusal_to_allocate(case: CaseToAllocate, auditor: Auditor, *, cap: int | None = None) -> Refusal | None:
    """Why a case can't go to an auditor, or None: the rule for allocation by hand and at random alike."""
    words = conflict(case, auditor)
    if words:
        return Refusal(words)
    if auditor.on_leave:
        return Refusal(f"{auditor.called} is on leave{f' ({auditor.away})' if auditor.away else ''}.")
    if room_of(auditor, cap) == 0:
        return Refusal(f"{auditor.called} has no room for another audit in this round.")
    return None


def allocate(
    cases: Sequence[CaseToAllocate], auditors: Sequence[Auditor], seed: str, *, cap: int | None = None
) -> Allocation:
    """Give each case an auditor at random, as far as the rules allow, with loads even and practitioners varied."""
    problem = seed_problem(seed) or _listed_twice(cases, auditors)
    if problem:
        raise ValueError(problem)
    people = sorted(auditors, key=lambda auditor: auditor.key)
    files = sorted(cases, key=lambda case: case.reference)
    permitted = {
        case.reference: frozenset(one.key for one in people if refusal_to_allocate(case, one, cap=cap) is None)
        for case in files
    }
    placed = _place(files, people, permitted, seed, cap)
    order = seeded_order((case.reference for case in files), seed, Purpose.ALLOCATION)
    unplaced = tuple(reference for reference in order if reference not in placed)
    loads = Counter(placed.values())
    rooms = {one.key: Room(one.called, room_of(one, cap)) for one in people}
    independent = {
        case.reference: frozenset(one.key for one in people if conflict(case, one) is None)
        for case in files
        if case.reference in unplaced
    }
    teamless = frozenset(case.reference for case in files if not case.team)
    return Allocation(
        pairs=tuple(Pair(reference, placed[reference]) for reference in order if reference in placed),
        unplaced=unplaced,
        explanation=obstacles(permitted, placed, rooms, independent, teamless),
        loads={one.key: one.in_hand + loads[one.key] for one in people},
    )


def _listed_twice(cases: Sequence[CaseToAllocate], auditors: Sequence[Auditor]) -> str | None:
    """Which case or auditor is there twice, if any."""
    twice = [key for key, times in Counter(case.reference for case in cases).items() if times > 1]
    if twice:
        return f"Case {twice[0]} is listed twice."
    twice = [key for key, times in Counter(auditor.key for auditor in auditors).items() if times > 1]
    return f"Auditor {twice[0]} is listed twice." if twice else None


def _place(
    cases: Sequence[CaseToAllocate],
    auditors: Sequence[Auditor],
    permitted: dict[str, frozenset[str]],
    seed: str,
    cap: int | None,
) -> Placing:
    """The cheapest flow from cases to auditors, with the ceiling on loads raised until nobody presses against it."""
    if not cases or not auditors:
        return {}
    held = sum(auditor.in_hand for auditor in auditors)
    ceiling = (len(cases) + held) // len(auditors) + 2
    while True:
        # A low ceiling keeps the network small; where nobody reaches it, lifting it could not make the answer cheaper.
        rooms = {one.key: room_of(one, cap) for one in auditors}
        lowered = {one.key: max(0, ceiling - one.in_hand) for one in auditors}
        limits = {key: lowered[key] if room is None else min(room, lowered[key]) for key, room in rooms.items()}
        placed = _cheapest(cases, auditors, permitted, limits, seed)
        loads = Counter(placed.values())
        pressed = [key for key, room in rooms.items() if loads[key] == lowered[key] and room != lowered[key]]
        if not pressed or ceiling > len(cases) + held:
            return placed
        ceiling *= 2


def _cheapest(
    cases: Sequence[CaseToAllocate],
    auditors: Sequence[Auditor],
    permitted: dict[str, frozenset[str]],
    limits: dict[str, int],
    seed: str,
) -> Placing:
    """The placing of least cost: fewest left over, then loads most even, then most variety, then by lot."""
    import networkx as nx

    # Each cost outweighs all that can be saved on the ones after it; Python's whole numbers have no limit.
    repeat = LOTS * (len(cases) + 1)
    uneven = repeat * (len(cases) + 1) ** 2
    left_over = uneven * (2 * max(one.in_hand + limits[one.key] for one in auditors) + 1) * (len(cases) + 1)
    end: Node = ("end", "", "")
    flow: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
    flow.add_node(end, demand=len(cases))
    for case in cases:
        flow.add_node(("case", case.reference, ""), demand=-1)
        flow.add_edge(("case", case.reference, ""), end, capacity=1, weight=left_over + _lot(seed, case.reference, ""))
    of_worker = Counter(case.worker for case in cases if case.worker)
    for one in auditors:
        person: Node = ("auditor", one.key, "")
        for nth in range(one.in_hand, one.in_hand + limits[one.key]):
            # The square of a load grows by 2n + 1: the sum of squares is least when loads are as even as they can be.
            flow.add_edge(person, end, capacity=1, weight=uneven * (2 * nth + 1))
        varied = {worker for worker, times in of_worker.items() if times > 1 or worker in one.recent_workers}
        for worker in sorted(varied):
            before = int(worker in one.recent_workers)
            for nth in range(min(of_worker[worker], limits[one.key])):
                flow.add_edge(("worker", one.key, worker), person, capacity=1, weight=repeat * (nth + before))
        for case in cases:
            if one.key in permitted[case.reference]:
                through: Node = ("worker", one.key, case.worker) if case.worker in varied else person
                lot = _lot(seed, case.reference, one.key)
                flow.add_edge(("case", case.reference, ""), through, capacity=1, weight=lot)
    _, paths = nx.network_simplex(flow)
    placed = {}
    for case in cases:
        for through, edges in paths["case", case.reference, ""].items():
            if through != end and sum(edges.values()):
                placed[case.reference] = through[1]
    return placed


def _lot(seed: str, reference: str, key: str) -> int:
    """The lot drawn for a case and an auditor: lots leave one cheapest placing only, so any exact solver finds it."""
    return number_of(seed, Purpose.ALLOCATION, f"{reference}\0{key}") * LOTS // KEY_SPACE
