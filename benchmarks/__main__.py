"""`make bench`: each goal of speed as a ratio of two things measured in turn, in one run on one machine.

`make bench SIZE=1000000` takes a larger authority, `KEEP=folder` keeps what was generated for the next time, and
`ONLY="G1 G7"` measures these alone.
"""

import argparse
import gc
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import case_list_import, figures, hand_ins, memory, pages, papers
from benchmarks.machine import described
from benchmarks.pairs import Finding
from benchmarks.places import Places, places

SMALL, LARGE, WRITTEN_TO = 10_000, 100_000, 2_000
LABEL_STUDIO = "not measured: needs Label Studio in an environment of its own"


def main() -> None:
    """Measure, and print one line each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=LARGE, help="audits of the large authority")
    asked.add_argument("--small", type=int, default=SMALL, help="audits of the small one")
    asked.add_argument("--pairs", type=int, default=15)
    asked.add_argument("--keep", type=Path, help="a folder in which generated authorities are kept")
    asked.add_argument("--only", nargs="*", default=[], help="goals, such as G1 G7")
    options = asked.parse_args()
    print(described())
    gc.freeze()  # as the application does with what was loaded
    with places(options.keep) as found:
        for goals, measure in _groups(found, options):
            if not options.only or goals.intersection(options.only):
                for finding in measure():
                    print(finding, flush=True)


def _groups(found: Places, options: argparse.Namespace) -> Iterator[tuple[set[str], Callable[[], Iterator[Finding]]]]:
    yield {"G4", "G5"}, lambda: pages.measured(options.pairs)
    yield {"G1", "G2", "G3", "G6", "G17"}, lambda: figures.measured(found, options.small, options.size, options.pairs)
    yield {"G7", "G8", "G9", "G16", "G17"}, lambda: hand_ins.measured(found, WRITTEN_TO)
    yield {"G10"}, lambda: iter([Finding("G10", "beside Label Studio Community", LABEL_STUDIO)])
    yield {"G11"}, lambda: case_list_import.goals(1_000, 10_000, 5)
    yield {"G12", "G14", "G15"}, lambda: papers.measured(options.pairs)
    yield {"G13"}, lambda: memory.measured(found, WRITTEN_TO)


if __name__ == "__main__":
    main()
